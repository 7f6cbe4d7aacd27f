import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { showLead } from '../../../functions/api/views.ts';
import { closed, failed, failuresBy, tried, trying } from '../../../shared/breaker/breaker.ts';
import { type ConfigurationName, configurations } from '../../../shared/config/configuration.ts';
import { goneOn, setBack } from '../../../shared/journey/progress.ts';
import { cycleTargetHours, targetHours } from '../../../shared/journey/rules.ts';
import { openStages } from '../../../shared/journey/stages.ts';
import { stageOf } from '../../../shared/journey/store.ts';
import { postpone, setTask } from '../../../shared/journey/tasks/task.ts';
import { become, type Lead } from '../../../shared/lead/lead.ts';
import { iso, after as later } from '../../../shared/platform/clock.ts';
import { protect, retime, startClock } from '../../../shared/sla/clock.ts';
import { lasting } from '../../../shared/sla/duration.ts';
import { deadlines } from '../../../shared/sla/rules.ts';
import { scoredLead } from '../../histories.ts';

const steps = { supervisorAfter: 'PT2H', exceptionAfter: 'PT4H', remindAfter: 'PT1H' };
const ladder = { ...steps, reassignAfter: 'PT5H', poolAfter: 'P1D', protectAfter: 'P9D' };
const office = { shifts: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }] };
const { stages, cycle, tasks } = configurations.journey.defaults;
const timed = Object.fromEntries(
  openStages.map((name) => [name, { ...stages[name], target: 'P2D', stuckAfter: 'P3D' }]),
);
/** Every document of rules that names durations, with each that there can be. */
const documents = {
  sla: {
    ...ladder,
    grades: { A: ladder },
    teams: { east: { ...ladder, hours: office, grades: { A: ladder } } },
    pool: { claimsPerDay: 3, coolDown: 'P3D' },
  },
  routing: {
    ...configurations.routing.defaults,
    breaker: { leads: 1, within: 'PT9M', trialAfter: 'PT5M', atMost: 'PT1H' },
  },
  duplicates: { tellAgainAfter: 'PT1H' },
  rubbish: { ...configurations.rubbish.defaults, repeats: { others: 3, within: 'PT24H' } },
  journey: { stages: timed, cycle, productLines: { mes: { stages: timed, cycle } }, tasks },
} satisfies Partial<Record<ConfigurationName, object>>;
type Named = keyof typeof documents;
const named = Object.keys(documents) as Named[];

/** A document with what `written` says instead of each duration. */
const rewritten = <T>(value: T, written: (path: string) => string | undefined, path = ''): T => {
  if (typeof value === 'string') return ((/^PT?\d/.test(value) && written(path)) || value) as T;
  if (typeof value !== 'object' || value === null) return value;
  const inside = (key: string) => (path === '' ? key : `${path}.${key}`);
  if (Array.isArray(value)) return value.map((each, at) => rewritten(each, written, inside(String(at)))) as T;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, rewritten(each, written, inside(key))]),
  ) as T;
};
const placesOf = (document: object): string[] => {
  const places: string[] = [];
  rewritten(document, (path) => void places.push(path));
  return places;
};
const wrong = (name: Named, document: object) =>
  configurations[name].schema.safeParse(document).error?.issues.map(({ path, message }) => [path.join('.'), message]);

interface Leaf {
  type?: string;
  example?: string;
  description?: string;
  maximum?: number;
  minimum?: number;
  exclusiveMinimum?: number;
}
/** Where the description of rules speaks of a plain value, and what it says. */
function leaves(schema: Leaf & Record<string, unknown>, path = ''): [string, Leaf][] {
  const inner = Object.entries(schema).flatMap(([key, each]): [string, Leaf][] => {
    if (typeof each !== 'object' || each === null || key === 'default') return [];
    const step = ['properties', 'items', 'additionalProperties', 'anyOf', 'oneOf'].includes(key) || /^\d+$/.test(key);
    return leaves(each as Leaf & Record<string, unknown>, step ? path : path === '' ? key : `${path}.${key}`);
  });
  return schema.type === undefined || typeof schema.type !== 'string' ? inner : [[path, schema], ...inner];
}
const described = (Object.keys(configurations) as ConfigurationName[]).flatMap((name) =>
  leaves(
    z.toJSONSchema(configurations[name].schema, { io: 'input', unrepresentable: 'any' }) as Leaf &
      Record<string, unknown>,
    name,
  ),
);

describe('the durations in rules', () => {
  it.each(named)('of %s are refused above ten years, each by the name of its field', (name) => {
    const document = documents[name];
    const longest = name === 'rubbish' ? 'at most 30 days' : 'at most ten years (P3650D)';
    expect(wrong(name, document)).toBeUndefined();
    for (const long of ['P3650DT1S', 'P9999999999D', `P${'9'.repeat(400)}D`])
      for (const place of placesOf(document))
        expect(
          wrong(
            name,
            rewritten(document, (path) => (path === place ? long : undefined)),
          ),
        ).toEqual([[place, longest]]);
  });

  it('are described with the longest that there may be', () => {
    const durations = described.filter(([, { example }]) => /^PT?\d/.test(example ?? ''));
    expect(durations.length).toBeGreaterThanOrEqual(30);
    expect(durations.filter(([, { description }]) => !/at most/.test(description ?? ''))).toEqual([]);
  });

  it('may be ten years', () => {
    const years = (path: string) => (/exceptionAfter$/.test(path) ? 'P3650D' : 'P3649D');
    const sla = rewritten(documents.sla, (path) => (/remindAfter$/.test(path) ? 'P3648D' : years(path)));
    expect([
      wrong('sla', sla),
      wrong(
        'journey',
        rewritten(documents.journey, () => 'P3650D'),
      ),
    ]).toEqual([undefined, undefined]);
  });
});

describe('the numbers in rules', () => {
  it('have a least and a most, but for those that a lead’s own are only compared with', () => {
    const unbounded = described.filter(
      ([, { type, exclusiveMinimum = -Infinity, minimum = exclusiveMinimum, maximum = Infinity }]) =>
        (type === 'number' || type === 'integer') && (minimum < -1e12 || maximum > 1e12),
    );
    const compared =
      /^scoring\.rules\.(.*\.)?(atLeast|value|values|from|to)$|^scoring\.model$|^sources\.ocean-engine\.answer\.code$/;
    expect(unbounded.map(([path]) => path).filter((path) => !compared.test(path))).toEqual([]);
  });
});

const some = fc.oneof(fc.nat(20), fc.nat(4000), fc.constantFrom(3650, 2_900_000, 99_000_000, 9_999_999_999, 1e15));
const anyDuration = fc
  .tuple(some, fc.nat(30), fc.nat(99), fc.nat(99))
  .map(([days, hours, minutes, seconds]) => `P${days}DT${hours}H${minutes}M${seconds + 1}S`);
const anyTime = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2035, 11, 31) }).map((ms) => new Date(ms));

describe('rules of any version', () => {
  const written = fc.infiniteStream(anyDuration);
  const kept = <N extends 'sla' | 'routing' | 'duplicates' | 'journey'>(name: N, durations: Iterator<string>) =>
    configurations[name].kept.parse(
      rewritten<object>(documents[name], () => durations.next().value),
    ) as (typeof configurations)[N]['defaults'];

  it('give the clock, the breaker, the pool, tasks and deals times that there are', () => {
    fc.assert(
      fc.property(written, anyTime, fc.boolean(), (durations, at, inEast) => {
        const sla = kept('sla', durations);
        const { breaker } = kept('routing', durations);
        const { tellAgainAfter } = kept('duplicates', durations);
        const journey = kept('journey', durations);
        const due = deadlines(sla, inEast ? { teamId: 'east', grade: 'A' } : { grade: 'B' });
        const clock = startClock(at, due);
        const open = failed(closed, { leadId: 'a', at: iso(at) }, breaker);
        const trial = trying(open, 'a', at, breaker);
        const assigned = become(scoredLead('lead'), { status: 'assigned', owner: { repId: 'li', name: 'Li' } });
        const deal = { ...assigned, stage: stageOf(journey, {}, 'solution-demo', iso(at)) } as Lead;
        const target = targetHours(journey, 'solution-demo') ?? 0;
        const task = setTask(
          { taskId: 't', repId: 'li', kind: 'decision', text: 'x', from: 'y' },
          iso(at),
          journey.tasks,
          at,
        );
        const times = [
          clock,
          retime(clock, due, at, 'anew'),
          protect({ ...clock, firstContactAt: iso(at) }, due, at),
          [open, trial, tried(trial, { leadId: 'a', passed: false }, at, breaker)].map(({ tryAt }) => tryAt),
          [sla.pool.coolDown, tellAgainAfter].map((text) => iso(later(at, lasting(text)))),
          goneOn(deal, at).sla,
          setBack(goneOn(deal, at), iso(at), iso(later(at, 1))).sla,
          showLead(deal, undefined, at).stage.since,
          iso(later(at, target * 3_600_000)),
          [task, postpone(task, iso(at), journey.tasks, at)].map(({ remindAt, overdueAt }) => [remindAt, overdueAt]),
        ];
        const said = JSON.stringify(times).match(/"[^"]*\d{4}-\d\d[^"]*"/g) ?? [];
        expect(said.length).toBeGreaterThan(20);
        expect(said.filter((time) => !/^"20\d\d-\d\d-\d\dT[\d:.]{12}Z"$/.test(time))).toEqual([]);
        expect([failuresBy(open, breaker, at), cycleTargetHours(journey)].every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a lead', () => {
  it('that an earlier version let stand still for ever is shown, and no more red than another', () => {
    const assigned = become(scoredLead('lead'), { status: 'assigned', owner: { repId: 'li', name: 'Li' } });
    const at = new Date('2027-01-01T00:00:00Z');
    for (const stuckMs of [9_999_999_999 * 24 * 3_600_000, 1e300]) {
      const lead = { ...assigned, stage: { ...assigned.stage, stuckMs } } as Lead;
      expect(showLead(lead, undefined, at).stage.stuck).toBe(false);
    }
  });
});
