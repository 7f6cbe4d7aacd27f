import { type BreakerRules, isDue, trying } from '../../shared/breaker/breaker.ts';
import { free, heldFor, holdFor, noteTrial, readBreaker, reset } from '../../shared/breaker/store.ts';
import { current } from '../../shared/config/store.ts';
import type { Lead } from '../../shared/lead/lead.ts';
import { read, save } from '../../shared/lead/store.ts';
import { type Change, commit, reconsider } from '../../shared/platform/commit.ts';
import type { Table } from '../../shared/platform/table.ts';
import type { FailureCause } from '../../shared/routing/failure.ts';
import { release } from '../../shared/routing/store.ts';

/** A lead that the manual group has because of this breaker, and nobody has dealt with since. */
const isHeld = (lead: Lead | undefined, cause: string): lead is Extract<Lead, { status: 'manual' }> =>
  lead?.status === 'manual' && lead.held === true && lead.cause === cause;

async function releasing(table: Table, lead: Lead, cause: string, reason: string, at: Date): Promise<Change[]> {
  return [...release(lead, reason, undefined, await current(table), at), free(cause, lead.leadId, at)];
}

/** Tries an open breaker with the longest held lead, if it is time; closes it when none is held any more. */
export async function tryOut(table: Table, cause: FailureCause, rules: BreakerRules, at: Date): Promise<void> {
  if (!isDue(await readBreaker(table, cause), at)) return;
  for (const leadId of await heldFor(table, cause)) {
    const lead = await read(table, leadId);
    if (!isHeld(lead, cause)) {
      await commit(table, [free(cause, leadId, at)]);
      continue;
    }
    const trial = { ...lead, trial: cause };
    const changes = await releasing(table, trial, cause, 'breaker-trial', at);
    await noteTrial(
      table,
      cause,
      (seen) => (isDue(seen, at) ? trying(seen, leadId, at, rules) : undefined),
      changes,
      at,
    );
    return;
  }
  await reset(table, cause, 'nobody held', at);
}

/**
 * Holds leads that the manual group got before their breaker opened, so that they go on with the others; not those with which somebody
 * has dealt since.
 */
export async function holdToo(
  table: Table,
  cause: FailureCause,
  leads: readonly { leadId: string }[],
  now: () => Date,
): Promise<void> {
  for (const { leadId } of leads) {
    await reconsider(async () => {
      const lead = await read(table, leadId);
      if (lead?.status !== 'manual' || lead.cause !== cause || lead.held) return;
      await commit(table, [save(lead, { ...lead, held: true }), holdFor(cause, leadId, now())]);
    });
    await freeIfClosed(table, cause, leadId, now);
  }
}

/** Lets all held leads be assigned anew. Can be stopped anywhere and run again. */
export async function freeAll(table: Table, cause: string, now: () => Date): Promise<void> {
  for (const leadId of await heldFor(table, cause)) await freeOne(table, cause, leadId, now);
}

/** Lets a lead be assigned anew that was held while its breaker closed: all others went on before it was among them. */
export async function freeIfClosed(table: Table, cause: string, leadId: string, now: () => Date): Promise<void> {
  if ((await readBreaker(table, cause)).state === 'closed') await freeOne(table, cause, leadId, now);
}

const freeOne = (table: Table, cause: string, leadId: string, now: () => Date): Promise<void> =>
  reconsider(async () => {
    const lead = await read(table, leadId);
    const changes = isHeld(lead, cause)
      ? await releasing(table, lead, cause, 'breaker-closed', now())
      : [free(cause, leadId, now())];
    await commit(table, changes);
  });
