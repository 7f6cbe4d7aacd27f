import { beforeAll, describe, expect, it } from 'vitest';
import type { EventOf } from '../../../events/contract.ts';
import { DealStuck } from '../../../events/deal-stuck.ts';
import { LeadMissed } from '../../../events/lead-missed.ts';
import { LeadOverdue } from '../../../events/lead-overdue.ts';
import { LeadsHandedOver } from '../../../events/leads-handed-over.ts';
import { TaskReminded } from '../../../events/task-reminded.ts';
import { tellOfTask } from '../../../functions/escalation/tasks.ts';
import type { Telling } from '../../../functions/notification/compose.ts';
import { supervisorsOf } from '../../../functions/notification/supervisor.ts';
import { tellingsOf } from '../../../functions/notification/tellings-of.ts';
import { defaultJourneyRules } from '../../../shared/journey/standard.ts';
import { addTask, newTaskId } from '../../../shared/journey/tasks/store.ts';
import { setTask } from '../../../shared/journey/tasks/task.ts';
import type { Lead } from '../../../shared/lead/lead.ts';
import { timeline } from '../../../shared/lead/store.ts';
import { languages } from '../../../shared/notice/languages/index.ts';
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

describe('a reminder of what was agreed with a customer', () => {
  const dueAt = '2026-11-03T02:00:00.000Z';
  const owned = (repId: string) => ({ status: 'contacted', owner: { repId, name: repId } }) as Partial<Lead>;
  const nobodys: Partial<Lead> = { status: 'manual', cause: 'owner-left', since: monday.toISOString() };

  /** What is told when a task is due that was agreed by a rep, of a lead as it is by then. */
  async function reminded(by: string, but: Partial<Lead>): Promise<Telling[]> {
    const lead = scoredLead(undefined, but);
    const taskId = newTaskId(lead.leadId, monday);
    const agreed = { taskId, leadId: lead.leadId, repId: by, kind: 'next-step', text: 'call', from: 'i' } as const;
    await leadsExist(table(), lead);
    await commit(table(), [addTask(setTask(agreed, dueAt, defaultJourneyRules.tasks, monday))]);
    await tellOfTask(table(), taskId, () => new Date(dueAt));
    const event = (await timeline(table(), lead.leadId)).find(({ type }) => type === 'TaskReminded');
    const detail = event?.detail as EventOf<typeof TaskReminded>;
    return tellingsOf(table(), { type: TaskReminded.type, detail });
  }

  /** The words of it that its first reader gets. */
  const said = ([first]: Telling[]) => first?.values({ language: languages.en, clock: (at) => at });

  it('goes to whoever has the lead now, even to one who came back to another', async () => {
    expect(told(await reminded('under-active', owned('alone')))).toEqual(['alone']);
    expect(said(await reminded('alone', owned('alone')))).toMatchObject({ task: 'call', idle: '' });
  });

  it('goes to the supervisor while nobody has the lead, or who has it left; to the admins without the customer', async () => {
    const toSupervisor = await reminded('under-active', nobodys);
    expect(told(toSupervisor)).toEqual(['sup-active']);
    expect(said(toSupervisor)).toMatchObject({ task: 'call', idle: expect.stringContaining('Nobody has it now') });
    await hire(table(), 'gone', { status: 'left', managerId: 'sup-active' });
    expect(told(await reminded('gone', owned('gone')))).toEqual(['sup-active']);
    const toAdmins = await reminded('under-left', nobodys);
    expect(told(toAdmins)).toEqual(['admins']);
    expect(said(toAdmins)).not.toMatchObject({ task: 'call' });
    expect(said(toAdmins)).not.toHaveProperty('reach');
  });
});
