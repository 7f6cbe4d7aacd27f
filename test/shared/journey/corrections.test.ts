import { describe, expect, it } from 'vitest';
import { contacted, uncontacted } from '../../../shared/journey/contact.ts';
import { retasked } from '../../../shared/journey/corrections/tasks.ts';
import type { Interaction } from '../../../shared/journey/interaction.ts';
import { goneOn, setBack, TWO_WEEKS } from '../../../shared/journey/progress.ts';
import { defaultJourneyRules } from '../../../shared/journey/standard.ts';
import { end, postpone, setTask } from '../../../shared/journey/tasks/task.ts';
import { become, type Lead } from '../../../shared/lead/lead.ts';
import { defaultSlaRules, slaRules } from '../../../shared/sla/rules.ts';
import { monday, scoredLead } from '../../histories.ts';

const HOUR = 3600 * 1000;
const at = (hours: number): string => new Date(monday.getTime() + hours * HOUR).toISOString();
const owner = { repId: 'rep-li', name: '李雷', teamId: 'east' };
const given: Lead = become(scoredLead('lead'), { status: 'assigned', owner });
const reachedAfter = (hours: number, lead: Lead = given) => contacted(lead, at(hours)).lead;

describe('a contact that never was', () => {
  it('lets the lead wait as before, by the deadlines from its receipt', () => {
    const { lead, reopened } = uncontacted(reachedAfter(1), undefined, defaultSlaRules, new Date(at(5)));
    expect([lead.status, reopened, lead.sla.level]).toEqual(['assigned', true, 'none']);
    expect(lead.sla).toMatchObject({ firstContactAt: null, supervisorDueAt: at(2), exceptionDueAt: at(4) });
  });

  it('leaves what was told as told', () => {
    const told = { ...given, sla: { ...given.sla, level: 'supervisor' as const } };
    const { lead } = uncontacted(reachedAfter(3, told), undefined, defaultSlaRules, new Date(at(5)));
    expect(lead.sla.level).toBe('supervisor');
  });

  it('gives the owner as long as at first until somebody else gets the lead', () => {
    const rules = slaRules.parse({ ...defaultSlaRules, reassignAfter: 'PT6H' });
    const { lead } = uncontacted(reachedAfter(1), undefined, rules, new Date(at(20)));
    expect(lead.sla.reassignDueAt).toBe(at(26));
  });

  it('makes the next one the first, and the exception known that it hid, without telling anybody', () => {
    const late = uncontacted(reachedAfter(1), at(5), defaultSlaRules, new Date(at(9)));
    expect(late).toMatchObject({ missed: true, reopened: false, lead: { status: 'contacted' } });
    expect(late.lead.sla).toMatchObject({ firstContactAt: at(5), level: 'exception' });
    const inTime = uncontacted(reachedAfter(1), at(1.5), defaultSlaRules, new Date(at(9)));
    expect([inTime.missed, inTime.lead.sla.level]).toEqual([false, 'none']);
  });

  it('was no progress either: the deal turns red by what remains', () => {
    const deal = goneOn(reachedAfter(1), new Date(at(100)));
    const due = (hours: number) => new Date(Date.parse(at(hours)) + TWO_WEEKS).toISOString();
    expect(setBack(deal, at(100), at(1)).sla.stuckDueAt).toBe(due(1));
    expect(setBack(deal, at(100), undefined).sla).not.toHaveProperty('stuckDueAt');
    const moved = { ...deal, stage: { ...deal.stage, since: at(50) } };
    expect(setBack(moved, at(100), at(1)).sla.stuckDueAt).toBe(due(50));
    // Something happened after it: nothing changes.
    expect(setBack(deal, at(40), at(1))).toBe(deal);
  });
});

describe('the tasks of a contact that was otherwise', () => {
  const rules = defaultJourneyRules.tasks;
  const now = new Date(at(10));
  const contact = (but: Partial<Interaction> = {}): Interaction => ({
    interactionId: 'right',
    at: at(1),
    channel: 'phone',
    minutes: 1,
    summary: 'x',
    outcome: 'x',
    ...but,
  });
  const step = { text: 'send the offer', dueAt: at(30) };
  const wrong = contact({ interactionId: 'wrong', nextStep: step });
  const task = setTask(
    { taskId: 'lead.1', leadId: 'lead', repId: 'rep-li', kind: 'next-step', text: step.text, from: 'wrong' },
    step.dueAt,
    rules,
    new Date(at(1)),
  );
  const made = (right: Interaction, reached = true, tasks = [task], was = wrong) =>
    retasked(tasks, new Set(['wrong']), { wrong: was, right, reached }, rules, now);

  it('end with a next step that was not agreed, and change with one that was agreed otherwise', () => {
    expect(made(contact({ retracted: true }), false).changed[0]?.after.state).toBe('cancelled');
    expect(made(contact()).changed[0]?.after.state).toBe('cancelled');
    const other = { text: 'send the contract', dueAt: at(50) };
    expect(made(contact({ nextStep: other })).changed[0]?.after).toMatchObject({ ...other, state: 'open' });
    expect(made(contact({ nextStep: step })).changed).toEqual([]);
    expect(made(contact({ nextStep: step }), true, [], contact({ interactionId: 'wrong' })).added).toEqual(step);
  });

  it('are left alone where they are of other contacts, over, or no next steps', () => {
    const retracted = contact({ retracted: true });
    const was = (but: Partial<typeof task>) => made(retracted, false, [{ ...task, ...but }]).changed;
    expect(was({})).toHaveLength(1);
    expect(was({ from: 'another' })).toEqual([]);
    expect(was({ kind: 'decision' })).toEqual([]);
    expect(was({ state: 'cancelled', endedBy: 'ann' })).toEqual([]);
    expect(was({ state: 'done', endedBy: 'another' })).toEqual([]);
    expect(was({ state: 'cancelled', endedBy: 'wrong' })).toEqual([]);
  });

  it('change by a step’s words or its time, and are told of anew', () => {
    const late = postpone(task, at(40), rules, new Date(at(5)));
    const changed = (step: { text: string; dueAt: string }) =>
      made(contact({ nextStep: step }), true, [late]).changed[0]?.after;
    expect(changed({ ...step, text: 'call' })).toMatchObject({ text: 'call', dueAt: at(30), postponed: 1, version: 0 });
    expect(changed({ ...step, dueAt: at(60) })).toMatchObject({ text: step.text, dueAt: at(60), remindAt: at(59) });
    expect(changed(step)).toBeUndefined();
    expect(made(contact({ nextStep: step })).added).toBeUndefined();
    expect(made(contact(), true, [], contact({ interactionId: 'wrong' })).added).toBeUndefined();
    expect(
      made(contact({ nextStep: step, retracted: true }), false, [], contact({ interactionId: 'wrong' })).added,
    ).toBeUndefined();
  });

  it('are open again when only it had fulfilled them', () => {
    const done = end({ ...task, from: 'earlier' }, 'done', 'wrong', new Date(at(2)));
    const [again] = made(contact({ retracted: true }), false, [done], contact({ interactionId: 'wrong' })).changed;
    expect(again?.after).toMatchObject({ state: 'open', dueAt: at(30) });
    expect(again?.after).not.toHaveProperty('endedBy');
    expect(made(contact(), true, [done], contact({ interactionId: 'wrong' })).changed).toEqual([]);
  });
});
