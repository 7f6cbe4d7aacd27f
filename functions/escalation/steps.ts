import { announce } from '../../events/contract.ts';
import { DealStuck } from '../../events/deal-stuck.ts';
import { LeadMissed } from '../../events/lead-missed.ts';
import { LeadOverdue } from '../../events/lead-overdue.ts';
import { LeadReminded } from '../../events/lead-reminded.ts';
import { countOverdueOf } from '../../shared/appraisal/facts/store.ts';
import { isOpen, type Lead, ownerOf, waitsUntil } from '../../shared/lead/lead.ts';
import { leadPartition } from '../../shared/lead/partition.ts';
import { save } from '../../shared/lead/store.ts';
import { iso, WHENEVER } from '../../shared/platform/clock.ts';
import { type Change, outbox } from '../../shared/platform/commit.ts';
import type { Table } from '../../shared/platform/table.ts';
import { rulesNow } from '../../shared/routing/facts/store.ts';
import { release, toPool } from '../../shared/routing/store.ts';
import { type Due, taken } from '../../shared/sla/clock.ts';
import { lasting } from '../../shared/sla/duration.ts';
import { whyMissed } from '../../shared/sla/lead-clock.ts';
import { recordException } from '../../shared/sla/store.ts';

const events = { remind: LeadReminded, supervisor: LeadOverdue, exception: LeadMissed };

/** What was done about what an index says is due: its step was taken, and maybe the next is due as well. */
export type Acted = 'nothing' | 'done' | 'more';

/** A step was taken; `more`: the next one is due already. */
export const done = (more: boolean): Acted => (more ? 'more' : 'done');

/** All that a step does to a lead that nobody contacted, for one transaction. */
export async function take(table: Table, lead: Lead, { step, dueAt }: Due, at: Date): Promise<Change[]> {
  const after = { ...lead, sla: taken(lead.sla, step) };
  if (step === 'reassign') return reassign(table, lead, after, at);
  if (step === 'pool') return pool(table, lead, after, at);
  if (step === 'stuck') return [save(lead, after), ...(isOpen(lead) ? [stuck(lead, dueAt, at)] : [])];
  const repId = ownerOf(lead)?.repId;
  // Where nobody has the lead, nobody is reminded, and nothing says so.
  if (step === 'remind' && repId === undefined) return [save(lead, after)];
  // Whoever was reminded has time left.
  const overdue = step === 'remind' ? { lead: after, changes: [] } : countOverdueOf(after, at);
  const event = announce(events[step], { leadId: lead.leadId, dueAt, ...(repId ? { repId } : {}) });
  return [
    save(lead, overdue.lead),
    outbox(leadPartition(lead.leadId), event, at),
    ...overdue.changes,
    ...(step === 'exception'
      ? [recordException({ leadId: lead.leadId, at: iso(at), dueAt, repId, why: whyMissed(lead) })]
      : []),
  ];
}

/** The supervisor is told once that nothing happens with a deal. */
const stuck = (lead: Lead, since: string, at: Date): Change => {
  const { leadId } = lead;
  const repId = ownerOf(lead)?.repId;
  const event = announce(DealStuck, { leadId, stage: lead.stage.name, since, ...(repId ? { repId } : {}) });
  return outbox(leadPartition(leadId), event, at);
};

/** Takes a lead from an owner who let it lie, unless it was given to others as often as it may be. */
async function reassign(table: Table, lead: Lead, after: Lead, at: Date): Promise<Change[]> {
  const { sla, versions } = await rulesNow(table);
  const letLie = lead.letLieBy ?? [];
  if (lead.status !== 'assigned' || letLie.length >= sla.reassignAtMost) return [save(lead, after)];
  const { repId } = lead.owner;
  const offline = sla.offline ? WHENEVER : undefined;
  return release({ ...after, letLieBy: [...letLie, repId] }, 'let-lie', undefined, versions, at, offline);
}

/** Whether the shift has begun for which the lead waited. */
export const hasShift = (lead: Lead, at: Date): boolean => (waitsUntil(lead) ?? WHENEVER) <= iso(at);

/** Lets a lead be assigned that waited for a shift: it has begun, or else (`early`) somebody may be able to take the lead before. */
export const letGoOn = async (
  table: Table,
  lead: Lead,
  at: Date,
  early: 'staff-or-rules-changed' | 'rep-has-room' = 'staff-or-rules-changed',
): Promise<Change[]> =>
  release(lead, hasShift(lead, at) ? 'shift-began' : early, undefined, (await rulesNow(table)).versions, at);

/** Puts a lead into the pool that nobody took, or whose owner let it lie; one that is on its way goes on. */
async function pool(table: Table, lead: Lead, after: Lead, at: Date): Promise<Change[]> {
  if (lead.status !== 'assigned' && lead.status !== 'contacted' && lead.status !== 'manual') return [save(lead, after)];
  const { sla, versions } = await rulesNow(table);
  const reason = { assigned: 'let-lie', contacted: 'nothing-happened', manual: 'nobody-took-it' }[lead.status];
  return toPool(after, { reason, by: undefined, coolDown: lasting(sla.pool.coolDown) }, versions, at);
}
