import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HealthRow, healthOf } from '../../../shared/journey/health/health.ts';
import { cycleTargetHours, targetHours } from '../../../shared/journey/rules.ts';
import { openStages } from '../../../shared/journey/stages.ts';
import { defaultJourneyRules } from '../../../shared/journey/standard.ts';

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
const targets = {
  stage: (name: string) => targetHours(defaultJourneyRules, name),
  cycle: cycleTargetHours(defaultJourneyRules),
};
const stage = (rows: HealthRow[], name = 'first-contact') =>
  healthOf(rows, targets).stages.find((each) => each.stage === name);

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
        expect(healthOf(spread, targets)).toEqual(healthOf([one(all, '2026-11-01')], targets));
        const sorted = [...all].sort((a, b) => a - b);
        const middle =
          ((sorted[Math.floor((all.length - 1) / 2)] ?? 0) + (sorted[Math.floor(all.length / 2)] ?? 0)) / 2;
        expect(stage(spread)?.medianHours).toBeCloseTo(middle / 60, 1);
      }),
    );
  });

  it('counts as within a target what took less, and as going on only what went to a later stage', () => {
    const of = (left: [number, number][], to: [string, number][]) =>
      stage([row({ stage: 'needs-diagnosis', left: new Map(left), to: new Map(to) })], 'needs-diagnosis');
    const three = 3 * 24 * 60;
    expect(
      of(
        [
          [three - 1, 1],
          [three, 1],
        ],
        [],
      )?.withinTarget,
    ).toBe(0.5);
    const went: [string, number][] = [
      ['first-contact', 1],
      ['needs-diagnosis', 1],
      ['lost', 1],
      ['payment-confirmed', 1],
    ];
    expect(of([[1, 4]], went)?.conversion).toBe(0.25);
    expect(healthOf([], targets).stages.map((each) => each.stage)).toEqual(openStages);
    expect(
      healthOf([row({ left: new Map([[5, 1]]) })], { stage: () => null, cycle: null }).stages[0]?.withinTarget,
    ).toBeNull();
  });

  it('is nothing where nothing was counted', () => {
    const { cycle, contacts, lostReasons } = healthOf([], targets);
    expect(cycle).toEqual({ deals: 0, meanHours: null, medianHours: null, targetHours: 576, withinTarget: null });
    expect(contacts).toEqual({ logged: 0, ineffective: 0, ineffectiveShare: null, perClosedDeal: null });
    expect(lostReasons).toEqual([]);
    expect(stage([row({ left: new Map([[60, 0]]) })])?.medianHours).toBeNull();
  });

  it('names what deals were lost for most first, and of equals by their names', () => {
    const lostFor = new Map([
      ['timing', 1],
      ['price', 1],
      ['no need', 2],
      ['budget', 1],
    ]);
    expect(healthOf([row({ lostFor })], targets).lostReasons.map(({ reason }) => reason)).toEqual([
      'no need',
      'budget',
      'price',
      'timing',
    ]);
  });

  it('says why deals were lost, how long won ones took, and how many contacts reached nobody', () => {
    const health = healthOf(
      [
        row({
          lostFor: new Map([
            ['price', 1],
            ['no budget', 2],
          ]),
          contacts: 9,
          ineffective: 3,
        }),
        row({ stage: 'contract-negotiation', cycles: new Map([[1440, 1]]), cycled: 24 * 3600_000, contacts: 3 }),
      ],
      targets,
    );
    expect(health.lostReasons).toEqual([
      { reason: 'no budget', deals: 2 },
      { reason: 'price', deals: 1 },
    ]);
    // 80 % of a month, which is what it takes in the industry.
    expect(health.cycle).toEqual({ deals: 1, meanHours: 24, medianHours: 24, targetHours: 576, withinTarget: 1 });
    expect(health.contacts).toEqual({ logged: 12, ineffective: 3, ineffectiveShare: 0.25, perClosedDeal: 3 });
  });
});
