import { beforeAll, describe, expect, it } from 'vitest';
import type { EventOf } from '../../../events/contract.ts';
import { DealStuck } from '../../../events/deal-stuck.ts';
import { LeadMissed } from '../../../events/lead-missed.ts';
import { LeadOverdue } from '../../../events/lead-overdue.ts';
import { LeadsHandedOver } from '../../../events/leads-handed-over.ts';
import type { Telling } from '../../../functions/notification/compose.ts';
import { supervisorsOf } from '../../../functions/notification/supervisor.ts';
import { tellingsOf } from '../../../functions/notification/tellings-of.ts';
import { countReleased } from '../../../shared/org/handover/store.ts';
import { readRep, readReps } from '../../../shared/org/store.ts';
import { commit } from '../../../shared/platform/commit.ts';
import { leadsExist, monday, scoredLead } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';
import { hire } from '../api/asked.ts';

const { table } = useRealTable();
const statuses = ['active', 'on-leave', 'leaving', 'left'] as const;
const { leadId } = scoredLead();

/** To whom something is told. */
const told = (tellings: readonly Telling[]): string[] =>
  tellings.map(({ to }) => (typeof to === 'string' ? to : 'repId' in to ? to.repId : 'a customer'));

beforeAll(async () => {
  for (const status of statuses) {
    await hire(table(), `sup-${status}`, { status });
    await hire(table(), `under-${status}`, { managerId: `sup-${status}` });
  }
  await hire(table(), 'own', { managerId: 'own' });
  await hire(table(), 'alone');
  await leadsExist(table(), scoredLead(leadId));
});

describe('what a supervisor is told', () => {
  it.each(statuses)('of one who is %s goes to them if they are there, else to the admins', async (status) => {
    const repId = `under-${status}`;
    const to = status === 'active' ? [`sup-${status}`] : ['admins'];
    const overdue = { ...LeadOverdue.sample, leadId, repId } as EventOf<typeof LeadOverdue>;
    expect(told(await tellingsOf(table(), { type: 'LeadOverdue', detail: overdue }))).toEqual(to);
    const missed = { ...LeadMissed.sample, leadId, repId } as EventOf<typeof LeadMissed>;
    const both = status === 'active' ? ['admins', ...to] : ['admins'];
    expect(told(await tellingsOf(table(), { type: 'LeadMissed', detail: missed }))).toEqual(both);
    const stuck = { ...DealStuck.sample, leadId, repId } as EventOf<typeof DealStuck>;
    expect(told(await tellingsOf(table(), { type: 'DealStuck', detail: stuck }))).toEqual(to);
    const handover = { repId, reason: 'owner-left', of: '' };
    await commit(table(), [countReleased(handover, 'A', monday)]);
    const over = { ...LeadsHandedOver.sample, ...handover } as EventOf<typeof LeadsHandedOver>;
    expect(told(await tellingsOf(table(), { type: 'LeadsHandedOver', detail: over }))).toEqual(to);
  });

  it('is never of one’s own, and of whoever has none goes to nobody', async () => {
    const reps = await readReps(table(), ['own', 'alone', 'under-active', 'under-left']);
    const found = await supervisorsOf(table(), [...reps.values()]);
    expect([...found.keys()]).toEqual(['under-active']);
    expect((await readRep(table(), 'own'))?.managerId).toBe('own');
  });
});
