import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HealthRow, healthOf } from '../../../shared/journey/health/health.ts';
import type { Interaction } from '../../../shared/journey/interaction.ts';
import { inOrder, promisesOf, standOf } from '../../../shared/journey/review.ts';

const row = (but: Partial<HealthRow> = {}): HealthRow => ({
  day: '2026-11-02',
  source: 'web',
  teamId: 'east',
  repId: 'rep-li',
  productLine: 'mes',
  stage: 'first-contact',
  left: new Map(),
  stayed: 0,
  to: new Map(),
  lostFor: new Map(),
  cycles: new Map(),
  cycled: 0,
  contacts: 0,
  ineffective: 0,
  ...but,
});
const stage = (rows: HealthRow[], name = 'first-contact') => healthOf(rows).stages.find((each) => each.stage === name);

describe('the health of a process', () => {
  it('gives mean and median time in a stage, the share within its target, and how many went on', () => {
    const rows = [
      row({
        left: new Map([
          [60, 1],
          [180, 1],
        ]),
        stayed: 4 * 3600_000,
        to: new Map([['needs-diagnosis', 2]]),
      }),
      row({
        day: '2026-11-03',
        left: new Map([[600, 2]]),
        stayed: 20 * 3600_000,
        to: new Map([
          ['lost', 1],
          ['needs-diagnosis', 1],
        ]),
      }),
    ];
    expect(stage(rows)).toEqual({
      stage: 'first-contact',
      left: 4,
      meanHours: 6,
      medianHours: 6.5,
      targetHours: 4,
      withinTarget: 0.5,
      conversion: 0.75,
    });
    expect(stage(rows, 'solution-demo')).toMatchObject({ left: 0, meanHours: null, conversion: null });
  });

  it('is the same however the counts are spread over days, reps and sources', () => {
    const minutes = fc.array(fc.nat(20_000), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(minutes, fc.array(fc.nat(4), { minLength: 60, maxLength: 60 }), (all, where) => {
        const one = (some: readonly number[], day: string) =>
          row({
            day,
            left: some.reduce(
              (counts, minute) => counts.set(minute, (counts.get(minute) ?? 0) + 1),
              new Map<number, number>(),
            ),
            stayed: some.reduce((sum, minute) => sum + minute * 60_000, 0),
            to: new Map([['needs-diagnosis', some.length]]),
          });
        const spread = [0, 1, 2, 3, 4].map((at) =>
          one(
            all.filter((_, n) => where[n] === at),
            `2026-11-0${at + 1}`,
          ),
        );
        expect(healthOf(spread)).toEqual(healthOf([one(all, '2026-11-01')]));
        const sorted = [...all].sort((a, b) => a - b);
        const middle =
          ((sorted[Math.floor((all.length - 1) / 2)] ?? 0) + (sorted[Math.floor(all.length / 2)] ?? 0)) / 2;
        expect(stage(spread)?.medianHours).toBeCloseTo(middle / 60, 1);
      }),
    );
  });

  it('says why deals were lost, how long won ones took, and how many contacts reached nobody', () => {
    const health = healthOf([
      row({
        lostFor: new Map([
          ['price', 1],
          ['no budget', 2],
        ]),
        contacts: 9,
        ineffective: 3,
      }),
      row({ stage: 'contract-negotiation', cycles: new Map([[1440, 1]]), cycled: 24 * 3600_000, contacts: 3 }),
    ]);
    expect(health.lostReasons).toEqual([
      { reason: 'no budget', deals: 2 },
      { reason: 'price', deals: 1 },
    ]);
    expect(health.cycle).toEqual({ deals: 1, meanHours: 24, medianHours: 24 });
    expect(health.contacts).toEqual({ logged: 12, ineffective: 3, ineffectiveShare: 0.25, perClosedDeal: 3 });
  });
});

const at = (day: number, hour = 2): string =>
  `2026-11-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00.000Z`;
let made = 0;
const contact = (day: number, but: Partial<Interaction> = {}): Interaction => {
  made += 1;
  return {
    interactionId: `i${made}`,
    at: at(day),
    channel: 'phone',
    minutes: 3,
    summary: 'x',
    outcome: 'reached',
    ...but,
  };
};
const promise = (day: number) => ({ nextStep: { text: 'send the quotation', dueAt: at(day) } });
const [from, to] = [new Date(at(2)), new Date(at(9))];

describe('a promise to a customer', () => {
  it('is kept by a contact until a day after it was due, broken without one, and open until then', () => {
    const kept = (contacts: Interaction[], now = to) => promisesOf(contacts, from, to, now).map((each) => each.kept);
    expect(kept([contact(1, promise(4)), contact(4)])).toEqual([true]);
    expect(kept([contact(1, promise(4)), contact(5, { at: at(5, 2) })])).toEqual([true]);
    expect(kept([contact(1, promise(4)), contact(6)])).toEqual([false]);
    expect(kept([contact(1, promise(4)), contact(4, { outcome: 'no answer' })])).toEqual([false]);
    expect(kept([contact(1, promise(4))], new Date(at(4, 12)))).toEqual([null]);
    expect(kept([contact(1, promise(20))])).toEqual([]);
  });

  it('that was made last is the next step, unless it is past', () => {
    expect(standOf([contact(3, promise(12)), contact(1, promise(4))], to)).toEqual({
      lastContactAt: at(3),
      nextStep: { text: 'send the quotation', dueAt: at(12) },
      overdue: false,
    });
    expect(standOf([contact(1, promise(4))], to)).toMatchObject({ nextStep: null, overdue: true });
    expect(standOf([contact(1, { outcome: '无人接听' })], to)).toEqual({
      lastContactAt: null,
      nextStep: null,
      overdue: false,
    });
  });
});

describe('the deals to talk about', () => {
  it('come with the gravest first, and among equals the one that stands still longest', () => {
    const deals = [
      { why: 'no-next-step' as const, since: at(1) },
      { why: 'stuck' as const, since: at(3) },
      { why: 'never-contacted' as const, since: at(5) },
      { why: 'stuck' as const, since: at(2) },
    ];
    expect(inOrder(deals).map(({ since }) => since)).toEqual([at(5), at(2), at(3), at(1)]);
  });
});
