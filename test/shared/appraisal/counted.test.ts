import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countingsOfContact } from '../../../shared/appraisal/counted-contact.ts';
import { countingsOfAnswer, countingsOfMove } from '../../../shared/appraisal/counted-deal.ts';
import { sumOf } from '../../../shared/appraisal/facts.ts';
import type { Interaction } from '../../../shared/journey/interaction.ts';
import { stages } from '../../../shared/journey/stages.ts';
import type { Lead } from '../../../shared/lead/lead.ts';

const received = Date.parse('2026-11-02T01:00:00.000Z');
const hour = (hours: number): string => new Date(received + hours * 3600_000).toISOString();
const lead = (stage: Lead['stage']['name'] = 'first-contact', firstContactAt: string | null = null): Lead =>
  ({
    leadId: 'lead-1',
    status: 'contacted',
    owner: { repId: 'li', name: '李雷' },
    stage: { name: stage, since: hour(0) },
    sla: { receivedAt: hour(0), supervisorDueAt: hour(2), exceptionDueAt: hour(4), firstContactAt, level: 'none' },
  }) as unknown as Lead;
const contact = (at: number, but: Partial<Interaction> = {}): Interaction => ({
  interactionId: `c${at}`,
  at: hour(at),
  channel: 'phone',
  minutes: 5,
  summary: 'talked about the line',
  outcome: 'interested',
  repId: 'li',
  ...but,
});
const promise = (at: number, due: number): Interaction =>
  contact(at, { nextStep: { text: 'offer', dueAt: hour(due) } });
const facts = (made: Interaction, ...earlier: Interaction[]) =>
  sumOf(countingsOfContact(lead(), made, earlier, made.at).map((each) => each.facts));

describe('a contact', () => {
  it('counts as reached, complete or an effective visit by what was logged of it', () => {
    expect(facts(contact(1))).toEqual({ contacts: 1, records: 1, reached: 1 });
    expect(facts(contact(1, { outcome: 'no answer' }))).toEqual({ contacts: 1, records: 1, completeRecords: 1 });
    expect(facts(contact(1, { outcome: 'no answer', summary: '-' }))).toEqual({ contacts: 1, records: 1 });
    expect(facts(contact(1, { channel: 'visit' }))).toMatchObject({ visits: 1, reached: 1 });
    expect(facts(contact(1, { channel: 'visit' })).effectiveVisits).toBeUndefined();
    const photo = [{ name: 'photo', url: 'https://files.example.com/1' }];
    expect(facts(contact(1, { channel: 'visit', evidence: photo }))).toMatchObject({
      effectiveVisits: 1,
      completeRecords: 1,
    });
  });

  it('keeps a promise until a day after it was due, once, and for whoever made it', () => {
    const made = promise(1, 48);
    expect(countingsOfContact(lead(), made, [], made.at).map(({ at, facts: some }) => [at, some.stepsDue])).toEqual([
      [hour(1), undefined],
      [hour(48), 1],
    ]);
    expect(facts(contact(72), made).stepsKept).toBe(1);
    expect(facts(contact(72.1), made).stepsKept).toBeUndefined();
    expect(facts(contact(50, { outcome: 'busy' }), made).stepsKept).toBeUndefined();
    expect(facts(contact(60), made, contact(50)).stepsKept).toBeUndefined();
    const [, kept] = countingsOfContact(lead(), contact(50, { repId: 'wang' }), [made], hour(50));
    expect(kept).toMatchObject({ repId: 'li', at: hour(48), facts: { stepsKept: 1 } });
  });

  it('never has more promises kept than there were, in whatever order contacts are logged', () => {
    const some = fc.array(fc.record({ at: fc.nat(200), due: fc.option(fc.nat(60), { nil: undefined }) }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(some, (all) => {
        const logged: Interaction[] = [];
        const kept: string[] = [];
        let due = 0;
        for (const [at, each] of all.entries()) {
          const made = {
            ...(each.due === undefined ? contact(each.at) : promise(each.at, each.at + each.due)),
            interactionId: `c${at}`,
          };
          for (const counting of countingsOfContact(lead(), made, logged, made.at)) {
            due += counting.facts.stepsDue ?? 0;
            if (counting.facts.stepsKept) kept.push(counting.of.id);
          }
          logged.push(made);
        }
        expect(new Set(kept).size).toBe(kept.length);
        expect(kept.length).toBeLessThanOrEqual(due);
      }),
    );
  });
});

describe('a move of a deal', () => {
  const moved = (from: Lead['stage']['name'], to: Lead['stage']['name'], reason?: string) =>
    sumOf(countingsOfMove(lead(from), to, reason, hour(1), 'm').map((each) => each.facts));
  it('counts what it is', () => {
    expect(moved('first-contact', 'needs-diagnosis')).toEqual({ forward: 1, claims: 1 });
    expect(moved('contract-negotiation', 'payment-confirmed')).toEqual({
      forward: 1,
      won: 1,
      closed: 1,
      newCustomers: 1,
    });
    expect(moved('solution-demo', 'lost', 'too dear')).toEqual({ lost: 1, closed: 1 });
    for (const reason of ['there was no need', 'not a real lead', '客户无需求', '虚报意向'])
      expect(moved('solution-demo', 'lost', reason), reason).toEqual({ lost: 1, closed: 1, falseClaims: 1 });
    expect(moved('first-contact', 'lost', 'there was no need')).toEqual({ lost: 1, closed: 1 });
  });
  it('to and fro counts nothing', () => {
    const open = fc.constantFrom(...stages.slice(0, -1));
    fc.assert(
      fc.property(open, open, (a, b) => {
        const both = sumOf([moved(a, b), moved(b, a)]);
        expect([both.forward ?? 0, both.claims ?? 0]).toEqual([0, 0]);
      }),
    );
  });
});

describe('a first contact', () => {
  const answered = (before: string | null, after: string) =>
    countingsOfAnswer(lead('first-contact', before), lead('first-contact', after), hour(9), 'a').map(
      (each) => each.facts,
    );
  it('is in time before the supervisor would be told; an earlier one that is logged later puts it right', () => {
    expect(answered(null, hour(1))).toEqual([{ answered: 1, answerMinutes: 60, answeredInTime: 1 }]);
    expect(answered(null, hour(3))).toEqual([{ answered: 1, answerMinutes: 180 }]);
    expect(answered(hour(3), hour(1))).toEqual([{ answerMinutes: -120, answeredInTime: 1 }]);
    expect(answered(hour(1), hour(1))).toEqual([]);
  });
});
