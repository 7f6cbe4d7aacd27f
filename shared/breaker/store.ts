import { BreakerClosed } from '../../events/breaker-closed.ts';
import { BreakerOpened } from '../../events/breaker-opened.ts';
import { announce, type OutgoingEvent } from '../../events/contract.ts';
import { LeadsStranded } from '../../events/leads-stranded.ts';
import type { Lead } from '../lead/lead.ts';
import { expiry, iso } from '../platform/clock.ts';
import { type Change, commit, outbox, put, reconsider, update } from '../platform/commit.ts';
import { get, getMany, query, type Table } from '../platform/table.ts';
import { type FailureCause, failureCauses } from '../routing/failure.ts';
import { type Breaker, type BreakerRules, closed, failed, stranded, toldOf, tried } from './breaker.ts';

/** Causes that have a breaker: all but the one that is no failure. */
export const breakingCauses = failureCauses.filter((cause) => cause !== 'owner-left');

const MONTH = 30 * 24 * 3600 * 1000;
const partition = (cause: string): string => `BREAKER#${cause}`;
const keyOf = (cause: string) => ({ pk: partition(cause), sk: 'STATE' });
const HELD = 'HELD#';
/** The partitions in which breakers lie. */
export const breakerPartitions: ReadonlySet<string> = new Set(breakingCauses.map(partition));

/** A breaker as it was read; `version` 0: nothing was heard of it yet. */
interface Seen {
  breaker: Breaker;
  version: number;
}

async function readSeen(from: Table, cause: string): Promise<Seen> {
  const item = await get(from, keyOf(cause));
  return item ? { breaker: item.breaker as Breaker, version: item.version as number } : { breaker: closed, version: 0 };
}

/** The breaker of a cause. */
export const readBreaker = async (from: Table, cause: string): Promise<Breaker> =>
  (await readSeen(from, cause)).breaker;

/** The causes whose breakers are to be looked at: those that are not closed, and those of whose leads the admins are yet to be told. */
export async function causesToLookAt(from: Table): Promise<FailureCause[]> {
  const items = await getMany(from, breakingCauses.map(keyOf), 'eventually');
  const waits = ({ state, untold }: Breaker): boolean => state !== 'closed' || untold !== undefined;
  const waiting = new Set(items.flatMap(({ pk, breaker }) => (waits(breaker as Breaker) ? [pk] : [])));
  return breakingCauses.filter((cause) => waiting.has(partition(cause)));
}

/** Whether leads that fail for this cause go to the manual group at once. */
export const isOpen = async (from: Table, cause: FailureCause): Promise<boolean> =>
  (await readBreaker(from, cause)).state !== 'closed';

const saveBreaker = (cause: string, { version }: Seen, breaker: Breaker): Change =>
  put(
    'breaker',
    { ...keyOf(cause), breaker, version: version + 1 },
    {
      expression: 'attribute_not_exists(pk) OR #version = :seen',
      names: { '#version': 'version' },
      values: { ':seen': version },
    },
  );

/** Turns a breaker, if somebody else did not meanwhile, and announces what came of it. */
const turn = (
  table: Table,
  cause: string,
  at: Date,
  how: (breaker: Breaker) => { next: Breaker; news?: OutgoingEvent | undefined; with?: Change[] } | undefined,
): Promise<Breaker> =>
  reconsider(async () => {
    const seen = await readSeen(table, cause);
    const turned = how(seen.breaker);
    if (!turned || turned.next === seen.breaker) return seen.breaker;
    const told = turned.news ? [outbox(partition(cause), turned.news, at)] : [];
    await commit(table, [saveBreaker(cause, seen, turned.next), ...told, ...(turned.with ?? [])]);
    return turned.next;
  });

const tellOf = (cause: string, leadIds: string[]): OutgoingEvent | undefined =>
  leadIds.length > 0 ? announce(LeadsStranded, { cause, leadIds }) : undefined;

/** A lead that failed; `isStranded`: nothing else tells the admins that the manual group has it. */
export interface FailedLead {
  leadId: string;
  at: string;
  isStranded?: boolean;
}

/** Counts a lead that failed for a cause; opens its breaker when there are too many. */
export const countFailure = (
  table: Table,
  cause: string,
  { isStranded, ...lead }: FailedLead,
  rules: BreakerRules,
  at: Date,
): Promise<Breaker> =>
  turn(table, cause, at, (breaker) => {
    const next = failed(breaker, lead, rules);
    if (next === breaker || (next.state !== 'closed' && breaker.state !== 'closed')) return { next };
    if (next.state !== 'closed') {
      // One alert for all of them.
      const leadIds = [...new Set([...(breaker.untold ?? []), ...next.recent.map(({ leadId }) => leadId)])];
      return { next, news: announce(BreakerOpened, { cause, failures: leadIds.length, leadIds }) };
    }
    if (!isStranded) return { next };
    const told = stranded(next, lead, rules);
    return { next: told.next, news: tellOf(cause, told.tell) };
  });

/** Tells the admins of all of a cause's leads of which they were not told yet, as one. */
export const tellOfStranded = (table: Table, cause: string, at: Date): Promise<Breaker> =>
  turn(table, cause, at, (breaker) => {
    if (!breaker.untold) return undefined;
    const { next, tell } = toldOf(breaker, iso(at));
    return { next, news: tellOf(cause, tell) };
  });

/** Notes with which lead a breaker is tried, together with what releases that lead. */
export const noteTrial = (
  table: Table,
  cause: string,
  next: (breaker: Breaker) => Breaker | undefined,
  release: Change[],
  at: Date,
) =>
  turn(table, cause, at, (breaker) => {
    const turned = next(breaker);
    return turned && { next: turned, with: release };
  });

const close = (cause: string, by: string, { openedAt }: Breaker) => ({
  next: closed,
  news: announce(BreakerClosed, { cause, by, ...(openedAt ? { openedAt } : {}) }),
});

/** Notes how a trial ended. */
export const noteTried = (
  table: Table,
  cause: string,
  trial: { leadId: string; passed: boolean },
  rules: BreakerRules,
  at: Date,
): Promise<Breaker> =>
  turn(table, cause, at, (breaker) => {
    const next = tried(breaker, trial, at, rules);
    return next === closed ? close(cause, 'trial', breaker) : { next };
  });

/** Closes an open breaker, as somebody says. */
export const reset = (table: Table, cause: string, by: string, at: Date): Promise<Breaker> =>
  turn(table, cause, at, (breaker) => (breaker.state === 'closed' ? undefined : close(cause, by, breaker)));

/** Notes a lead as held for a cause; for the transaction that hands it to the manual group. */
export const holdFor = (cause: string, leadId: string, at: Date): Change =>
  put('held lead', { pk: partition(cause), sk: `${HELD}${leadId}`, leadId, at: iso(at) });

/** The leads held for a cause, oldest first. */
export async function heldFor(from: Table, cause: string): Promise<string[]> {
  const items = await query(from, { pk: partition(cause), begins: HELD });
  return items.flatMap(({ leadId, freedAt }) => (freedAt === undefined ? [String(leadId)] : []));
}

/** Frees a lead that is held, if it is: somebody has dealt with it. */
export const freeIfHeld = (lead: Lead, at: Date): Change[] =>
  lead.status === 'manual' && lead.held ? [free(lead.cause, lead.leadId, at)] : [];

/** Notes that a lead is held no longer. */
export const free = (cause: string, leadId: string, at: Date): Change =>
  update(
    'held lead',
    { pk: partition(cause), sk: `${HELD}${leadId}` },
    {
      expression: 'SET freedAt = :at, expiresAt = :expiry',
      values: { ':at': iso(at), ':expiry': expiry(at, MONTH) },
    },
  );
