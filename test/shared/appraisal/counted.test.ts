import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countingsOfContact } from '../../../shared/appraisal/counted-contact.ts';
import { countingsOfAnswer, countingsOfMove } from '../../../shared/appraisal/counted-deal.ts';
import { countOverdue } from '../../../shared/appraisal/counted-overdue.ts';
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
const ownerless = ({ owner: _, ...rest }: Lead & { owner?: unknown }): Lead => ({ ...rest, status: 'manual' }) as Lead;
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

  it('counts for whoever made it, else for the lead’s owner; of nobody, nothing is counted', () => {
    const { repId: _, ...bySomebody } = contact(1);
    const made = (lead_: Lead, of: Interaction) => countingsOfContact(lead_, of, [], hour(2));
    expect(made(lead(), contact(1, { repId: 'wang' }))).toEqual([
      {
        repId: 'wang',
        at: hour(2),
        facts: { contacts: 1, records: 1, reached: 1 },
        of: { what: 'contact', id: 'c1', leadId: 'lead-1' },
      },
    ]);
    expect(made(lead(), bySomebody)[0]?.repId).toBe('li');
    expect(made(ownerless(lead()), bySomebody)).toEqual([]);
  });

  it('is a record that others can work with from six characters on, and with what comes next if it reached somebody', () => {
    expect(facts(contact(1, { outcome: 'no answer', summary: ' 123456 ' })).completeRecords).toBe(1);
    expect(facts(contact(1, { outcome: 'no answer', summary: ' 12345 ' })).completeRecords).toBeUndefined();
    expect(facts(contact(1, { nextStep: { text: 'offer', dueAt: hour(9) } }))).toMatchObject({ completeRecords: 1 });
    expect(facts(contact(1, { evidence: [] })).completeRecords).toBeUndefined();
    expect(facts(contact(1, { channel: 'meeting', nextStep: { text: 'offer', dueAt: hour(9) } }))).toMatchObject({
      visits: 1,
      effectiveVisits: 1,
    });
    const dialled = { channel: 'visit', outcome: 'no answer', nextStep: { text: 'again', dueAt: hour(9) } } as const;
    expect(facts(contact(1, dialled)).effectiveVisits).toBeUndefined();
  });

  it('keeps several promises at once, but none that was made after it', () => {
    const [one, two] = [promise(1, 48), { ...promise(1, 50), interactionId: 'other' }];
    expect(facts(contact(49), one, two).stepsKept).toBe(2);
    expect(facts(contact(1), one).stepsKept).toBeUndefined();
    const kept = countingsOfContact(lead(), contact(49), [one], hour(49)).find(({ facts: some }) => some.stepsKept);
    expect(kept?.of).toEqual({ what: 'next-step-kept', id: 'c1-c49', leadId: 'lead-1' });
  });

  it('keeps a promise of nobody’s for the lead’s owner, and until the end of the day after', () => {
    const { repId: _, ...nobodys } = promise(1, 48);
    const kept = (of: Lead) => countingsOfContact(of, contact(50, { repId: 'wang' }), [nobodys], hour(50));
    expect(kept(lead()).map(({ repId }) => repId)).toEqual(['wang', 'li']);
    expect(kept(ownerless(lead())).map(({ repId }) => repId)).toEqual(['wang']);
    // Another that came at the very last moment kept it.
    expect(facts(contact(60), promise(1, 48), contact(72)).stepsKept).toBeUndefined();
    const [, due] = countingsOfContact(lead(), promise(1, 48), [], hour(1));
    expect(due?.of).toEqual({ what: 'next-step', id: 'c1', leadId: 'lead-1' });
  });

  it('that is told late has its promise kept by who was in touch by then, once', () => {
    expect(facts(promise(1, 48), contact(50), contact(60)).stepsKept).toBe(1);
    expect(facts(promise(1, 48), contact(73)).stepsKept).toBeUndefined();
    expect(facts(promise(51, 60), contact(50)).stepsKept).toBeUndefined();
    expect(facts(contact(60), contact(50), promise(1, 48)).stepsKept).toBeUndefined();
  });

  it('that reached nobody keeps no promise, and stands in no other’s way', () => {
    expect(facts(contact(50), promise(1, 48), contact(40, { outcome: 'busy' })).stepsKept).toBe(1);
    // Somebody else was in touch, but too late for it.
    expect(facts(contact(70), promise(1, 48), contact(80)).stepsKept).toBe(1);
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
            if (counting.facts.stepsKept) kept.push(counting.of.id.split('-')[0] ?? '');
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
  it('counts for the owner, as what it is; of nobody, nothing', () => {
    const made = (from: Lead['stage']['name'], to: Lead['stage']['name']) =>
      countingsOfMove(lead(from), to, undefined, hour(1), 'm');
    expect(made('solution-demo', 'payment-confirmed')[0]).toMatchObject({
      repId: 'li',
      at: hour(1),
      of: { what: 'won', id: 'm', leadId: 'lead-1' },
    });
    expect(made('solution-demo', 'lost')[0]?.of.what).toBe('lost');
    expect(made('solution-demo', 'objection-handling')[0]?.of.what).toBe('move');
    expect(made('solution-demo', 'solution-demo')).toEqual([]);
    expect(countingsOfMove(ownerless(lead('solution-demo')), 'lost', undefined, hour(1), 'm')).toEqual([]);
  });
  it('wins a new customer where there was none before', () => {
    const [won] = countingsOfMove(
      { ...lead('contract-negotiation'), previousBy: 'company' },
      'payment-confirmed',
      undefined,
      hour(1),
      'm',
    );
    expect(won?.facts).toEqual({ forward: 1, won: 1, closed: 1 });
  });
  it('counts what was claimed and taken back', () => {
    expect(moved('first-contact', 'solution-demo')).toEqual({ forward: 2, claims: 1 });
    expect(moved('solution-demo', 'first-contact')).toEqual({ forward: -2, claims: -1 });
    expect(moved('solution-demo', 'needs-diagnosis')).toEqual({ forward: -1 });
  });
  it.each(['never had the money', 'Never was interested', 'never-interested', 'no real need', 'no actual demand'])(
    'loses what was claimed falsely: %s',
    (reason) => expect(moved('solution-demo', 'lost', reason).falseClaims).toBe(1),
  );
  it.each([
    'no need',
    'no intent',
    'not a customer',
    'fake',
    'made up',
    'made-up',
    'wrong person',
    'wrong number',
    '空号',
  ])('loses what was never there: %s', (reason) => expect(moved('solution-demo', 'lost', reason).falseClaims).toBe(1));
  it.each(['needs it later', 'never again', 'not a good fit', 'they need more', 'wrong price'])(
    'loses what was there: %s',
    (reason) => expect(moved('solution-demo', 'lost', reason).falseClaims).toBeUndefined(),
  );
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
  const answeredBy = (at: string | null, repId: string | undefined, counted?: string): Lead =>
    ({
      ...ownerless(lead('first-contact', at)),
      ...(repId === undefined ? {} : { owner: { repId, name: repId } }),
      ...(counted === undefined ? {} : { response: { row: `2026-11-02|web|east|${counted}`, minutes: 60 } }),
    }) as Lead;
  const of = (before: Lead, after: Lead) =>
    countingsOfAnswer(before, after, 'a').map(({ repId, at, facts: some }) => [repId, at, some]);
  const answered = (before: string | null, after: string) => of(answeredBy(before, 'li'), answeredBy(after, 'li'));

  it('is in time before the supervisor would be told; an earlier one that is logged later puts it right', () => {
    expect(answered(null, hour(1))).toEqual([['li', hour(1), { answered: 1, answerMinutes: 60, answeredInTime: 1 }]]);
    expect(answered(null, hour(3))).toEqual([['li', hour(3), { answered: 1, answerMinutes: 180 }]]);
    expect(answered(hour(3), hour(1))).toEqual([
      ['li', hour(3), { answered: -1, answerMinutes: -180 }],
      ['li', hour(1), { answered: 1, answerMinutes: 60, answeredInTime: 1 }],
    ]);
    expect(answered(hour(1), hour(1))).toEqual([]);
  });
  it('counts from its receipt by the whole minute, in time until the very moment', () => {
    const minutes = (at: string) => answered(null, at).map(([, , some]) => some);
    expect(minutes(new Date(Date.parse(hour(1)) + 59_999).toISOString())).toMatchObject([{ answerMinutes: 60 }]);
    expect(minutes(hour(2))).toMatchObject([{ answeredInTime: 1 }]);
    expect(minutes(hour(0))).toEqual([{ answered: 1, answeredInTime: 1 }]);
    expect(minutes(hour(-1))).toEqual([{ answered: 1, answeredInTime: 1 }]);
  });
  it('that never was is taken back from whom it was counted for', () => {
    const back = { answered: -1, answerMinutes: -60, answeredInTime: -1 };
    expect(of(answeredBy(hour(1), 'li'), answeredBy(null, 'li'))).toEqual([['li', hour(1), back]]);
    expect(of(answeredBy(hour(1), 'li', 'wang'), answeredBy(null, 'li', 'wang'))).toEqual([['wang', hour(1), back]]);
  });
  it('of a lead that changed hands meanwhile is its new owner’s, and the former’s no more', () => {
    expect(of(answeredBy(hour(3), 'li', 'wang'), answeredBy(hour(1), 'li', 'wang'))).toEqual([
      ['wang', hour(3), { answered: -1, answerMinutes: -180 }],
      ['li', hour(1), { answered: 1, answerMinutes: 60, answeredInTime: 1 }],
    ]);
    expect(of(answeredBy(hour(1), 'li', 'wang'), answeredBy(hour(1), undefined, 'wang'))).toEqual([
      ['wang', hour(1), { answered: -1, answerMinutes: -60, answeredInTime: -1 }],
    ]);
  });
  it('of nobody counts for nobody', () => {
    expect(of(answeredBy(null, undefined), answeredBy(hour(1), undefined))).toEqual([]);
    expect(of(answeredBy(hour(1), 'li', ''), answeredBy(null, 'li', ''))).toEqual([]);
    expect(of(answeredBy(null, 'li'), answeredBy(null, 'li'))).toEqual([]);
  });
  it('and what takes it back are records under names of their own', () => {
    const names = countingsOfAnswer(lead('first-contact', hour(3)), lead('first-contact', hour(1)), 'a').map(
      (each) => each.of,
    );
    expect(names).toEqual([
      { what: 'first-contact-undone', id: 'a', leadId: 'lead-1' },
      { what: 'first-contact', id: 'a', leadId: 'lead-1' },
    ]);
  });
  it('adds up to what is known of it in the end, on its own day, however often it is put right', () => {
    const times = fc.option(fc.integer({ min: -2, max: 80 }).map(hour), { nil: null });
    fc.assert(
      fc.property(fc.array(times, { minLength: 1, maxLength: 8 }), (known) => {
        const each = [null, ...known].map((at) => answeredBy(at, 'li'));
        const all = each.slice(1).flatMap((after, n) => countingsOfAnswer(each[n] as Lead, after, String(n)));
        const byDay = Map.groupBy(all, ({ at }) => at);
        const left = [...byDay].map(([at, some]) => [at, sumOf(some.map((one) => one.facts))] as const);
        const last = known.at(-1);
        expect(left.filter(([, some]) => some.answered !== 0).map(([at, some]) => [at, some.answered])).toEqual(
          last ? [[last, 1]] : [],
        );
      }),
    );
  });
});

describe('an overdue lead', () => {
  const overdue = (level: Lead['sla']['level'], firstContactAt: string | null = null, repId = 'li'): Lead => {
    const { sla, ...rest } = lead('first-contact', firstContactAt);
    return { ...rest, sla: { ...sla, level }, owner: { repId, name: repId } } as unknown as Lead;
  };
  const counted = (of: Lead, at = hour(3)) => {
    const { lead: now, countings } = countOverdue(of, at, 'o');
    return { lead: now, counts: countings.map((each) => [each.repId, each.at, each.facts.unanswered]) };
  };
  const told = counted(overdue('supervisor'), hour(2)).lead;
  const toldOf = (firstContactAt: string | null, repId = 'li'): Lead =>
    ({ ...overdue('supervisor', firstContactAt, repId), overdueOf: told.overdueOf }) as Lead;

  it('is unanswered once, for whoever has it when the supervisor is told, on the day since which it is overdue', () => {
    expect(counted(overdue('supervisor'), hour(2)).counts).toEqual([['li', hour(2), 1]]);
    expect(counted(overdue('supervisor'), hour(50)).counts).toEqual([['li', hour(2), 1]]);
    expect(counted({ ...told, sla: { ...told.sla, level: 'exception' } }).counts).toEqual([]);
    expect(counted(overdue('reminded')).counts).toEqual([]);
    expect(counted(ownerless(overdue('supervisor'))).counts).toEqual([]);
  });
  it('is an answer instead once its rep answers it, on the day on which it was overdue', () => {
    expect(counted(toldOf(hour(30)), hour(31)).counts).toEqual([['li', hour(2), -1]]);
    expect(counted(toldOf(hour(30)), hour(31)).lead.overdueOf).toBeUndefined();
  });
  it('stays unanswered by whoever let it lie when somebody else answers it', () => {
    expect(counted(toldOf(hour(30), 'wang'), hour(31)).counts).toEqual([]);
  });
  it('never was, when its customer had been contacted in time by whomever', () => {
    expect(counted(toldOf(hour(1), 'wang')).counts).toEqual([['li', hour(2), -1]]);
  });
  it('waits again when its only contact never was', () => {
    const { lead: answered } = counted(toldOf(hour(30)), hour(31));
    expect(counted({ ...answered, sla: { ...answered.sla, firstContactAt: null } }, hour(40)).counts).toEqual([
      ['li', hour(2), 1],
    ]);
  });
});
