import { describe, expect, it } from 'vitest';
import { messagesFor } from '../../../functions/notification/address.ts';
import { leadRaised, leadReminded, type Telling } from '../../../functions/notification/compose.ts';
import { taskReminded } from '../../../functions/notification/compose-journey.ts';
import { saidAt } from '../../../functions/notification/standing.ts';
import { type About, isUntrue, type Standing } from '../../../functions/notification/untrue.ts';
import type { Cycle } from '../../../shared/appraisal/cycle.ts';
import { end, postpone, setTask } from '../../../shared/journey/tasks/task.ts';
import { become, type Lead, type LeadStatus } from '../../../shared/lead/lead.ts';
import { type MessageKind, messageKinds } from '../../../shared/notice/kinds.ts';
import { defaultNoticeRules } from '../../../shared/notice/rules.ts';
import { type Rep, unset } from '../../../shared/org/rep.ts';
import { monday, scoredLead } from '../../histories.ts';

const person = (repId: string): Rep => ({ ...unset, repId, name: repId, status: 'active', channels: {} });
const [ann, bob] = [person('ann'), person('bob')];
const waits = scoredLead();
const of = (repId: string, status: 'assigned' | 'contacted' | 'won' = 'assigned'): Lead => {
  const owner = { repId, name: repId };
  if (status === 'won') return become(waits, { status, owner, closedAt: monday.toISOString() });
  return become(waits, { status, owner });
};
const contacted = (lead: Lead): Lead => ({ ...lead, sla: { ...lead.sla, firstContactAt: monday.toISOString() } });
const stuck = (lead: Lead): Lead => ({ ...lead, sla: { ...lead.sla, stuckSince: monday.toISOString() } });
const lost = become(waits, {
  status: 'lost',
  owner: { repId: 'ann', name: 'Ann' },
  closedAt: monday.toISOString(),
  lostReason: 'price',
});
const merged = become(waits, { status: 'duplicate', duplicateOf: 'other' });
const pooled = become(waits, { status: 'pool', poolOf: '', since: monday.toISOString() });

/** Of a lead of which Ann was told when it had this state. */
const toAnn = (kind: MessageKind, lead: Lead, status: LeadStatus = 'assigned') =>
  isUntrue(kind, { repId: 'ann', status }, { lead });

describe('a message that waited', () => {
  it.each<[MessageKind, string, Lead]>([
    ['lead-assigned', 'went to somebody else', of('bob')],
    ['lead-assigned', 'waits for anybody', waits],
    ['lead-assigned', 'lies in the pool', pooled],
    ['lead-assigned', 'was contacted by them', contacted(of('ann', 'contacted'))],
    ['lead-assigned', 'was lost', lost],
    ['lead-assigned', 'was won', of('ann', 'won')],
    ['lead-assigned', 'was merged', merged],
    ['lead-reminder', 'went to somebody else', of('bob')],
    ['lead-reminder', 'was contacted', contacted(of('ann', 'contacted'))],
    ['lead-reminder', 'was lost', lost],
    ['lead-raised', 'went to somebody else', of('bob')],
    ['lead-raised', 'was lost', lost],
    ['lead-touched', 'went to somebody else', of('bob')],
    ['call-wished', 'went to somebody else', of('bob')],
    ['lead-taken', 'came back to them', of('ann')],
    ['lead-overdue', 'was contacted', contacted(of('bob', 'contacted'))],
    ['lead-overdue', 'was merged', merged],
    ['deal-stuck', 'goes on', of('bob', 'contacted')],
    ['deal-stuck', 'was lost', stuck(lost)],
  ])('is not sent when it is a %s and its lead %s', (kind, _, lead) => expect(toAnn(kind, lead)).toBe(true));

  it.each<[MessageKind, string, Lead]>([
    ['lead-assigned', 'is still to be called by them', of('ann')],
    ['lead-assigned', 'was contacted before they got it', contacted(of('ann'))],
    ['lead-reminder', 'still waits for them', of('ann')],
    ['lead-touched', 'is theirs, though it was lost', lost],
    ['lead-taken', 'is with somebody else', of('bob')],
    ['lead-taken', 'was merged', merged],
    ['lead-overdue', 'waits, with somebody else by now', of('bob')],
    ['lead-missed', 'was contacted in the end', contacted(of('bob', 'contacted'))],
    ['deal-stuck', 'stands still', stuck(of('bob', 'contacted'))],
    ['assignment-failed', 'was placed by somebody', of('bob')],
    ['deal-moved', 'was lost', lost],
  ])('is sent when it is a %s and its lead %s', (kind, _, lead) => expect(toAnn(kind, lead)).toBe(false));

  it('is sent to whom the customer of a won deal was entrusted', () => {
    expect(toAnn('lead-assigned', of('ann', 'won'), 'won')).toBe(false);
    expect(toAnn('lead-assigned', of('bob', 'won'), 'won')).toBe(true);
  });

  it('about a task is not sent once that is done, put off, cancelled with its lead, or somebody else’s', () => {
    const rules = { remindBefore: 'PT1H', supervisorAfter: 'PT2H' } as Parameters<typeof setTask>[2];
    const about = { taskId: 't', leadId: waits.leadId, repId: 'ann', text: 'x', from: 'f' };
    const task = setTask({ ...about, kind: 'next-step' }, '2026-11-03T02:00:00.000Z', rules, monday);
    const [told] = taskReminded({ task, owner: ann, supervisor: undefined, about: undefined });
    const [message] = messagesFor(told as Telling, { rules: defaultNoticeRules, zone: 'UTC', console: '', at: monday });
    const is = (now: Standing, kind: MessageKind = 'task-reminder') => isUntrue(kind, message?.about ?? {}, now);
    const lead = of('ann');
    expect(is({ task, lead })).toBe(false);
    for (const kind of ['task-reminder', 'task-overdue'] as const) {
      expect(is({ task: end(task, 'done', 'c', monday), lead }, kind)).toBe(true);
      expect(is({ task: postpone(task, '2026-11-09T02:00:00.000Z', rules, monday), lead }, kind)).toBe(true);
      expect(is({ task, lead: lost }, kind)).toBe(true);
    }
    expect(is({ task, lead: of('bob') })).toBe(true);
    expect(is({ task: { ...task, kind: 'decision' }, lead: of('bob') })).toBe(false);
    // Their supervisor is told all the same.
    expect(is({ task, lead: of('bob') }, 'task-overdue')).toBe(false);
  });

  it('about a period or an appeal is not sent once that was opened again, or answered', () => {
    const closing = { period: '2026-10', revision: 1 };
    const cycle = { state: 'closed', revision: 1 } as Cycle;
    for (const kind of ['card-published', 'ranking-published'] as const) {
      expect(isUntrue(kind, { closing }, { cycle })).toBe(false);
      expect(isUntrue(kind, { closing }, { cycle: { ...cycle, state: 'open' } })).toBe(true);
      expect(isUntrue(kind, { closing }, { cycle: { ...cycle, revision: 2 } })).toBe(true);
    }
    expect(isUntrue('appeal-filed', {}, { isAnswered: true })).toBe(true);
    expect(isUntrue('appeal-filed', {}, { isAnswered: false })).toBe(false);
  });

  it('and that an earlier version put by is sent, as long as its lead is where it was', () => {
    const about: About = {};
    for (const kind of messageKinds)
      expect([kind, isUntrue(kind, about, { lead: stuck(of('bob')) })]).toEqual([kind, false]);
    expect(isUntrue('lead-assigned', about, { lead: lost })).toBe(true);
  });
});

describe('what a message says is yet to come', () => {
  const lead = of('ann');
  const due = '2026-11-02T09:30:00.000Z';
  const subject = {
    lead: { ...lead, sla: { ...lead.sla, supervisorDueAt: due } },
    form: { contact: { phone: '+8613900000000' }, source: { channel: 'web' } },
    owner: { ...bob, language: 'en' as const },
    supervisor: undefined,
  };
  const said = ([telling]: Telling[], minutes: number, now: Standing = { lead: subject.lead }) => {
    const [message] = messagesFor(telling as Telling, {
      rules: defaultNoticeRules,
      zone: 'UTC',
      console: 'https://x.example',
      at: monday,
    });
    return message && saidAt(message, now, new Date(Date.parse(due) + minutes * 60_000)).text;
  };

  it('is left out of a reminder once the supervisor was told', () => {
    expect(said(leadReminded(subject), -1)).toContain('still waits; your supervisor is told at 11-02 09:30 GMT+0.');
    expect(said(leadReminded(subject), 61)).toMatch(/still waits\. Please call and log it\.$/);
  });

  it('is left out of a better lead once its time has come, or it was called', () => {
    const raised = leadRaised('B')(subject);
    expect(said(raised, -1)).toContain('Please call and log it by 11-02 09:30 GMT+0.');
    expect(said(raised, 0)).not.toContain('log it by');
    expect(said(raised, -1, { lead: contacted(subject.lead) })).not.toContain('log it by');
  });
});
