import { stages } from '../stages.ts';

/** What times are held against, in hours; null where nothing is named. */
export interface Targets {
  stage: (name: string) => number | null;
  cycle: number | null;
  /** The name under which a reason lost is counted; as it stands, if undefined. */
  lostReason?: (said: string) => string;
}

/** What was counted of a day, source, team, rep, product line and stage. */
export interface HealthRow {
  day: string;
  source: string;
  teamId: string;
  repId: string;
  productLine: string;
  stage: string;
  /** How many deals left the stage after so many whole minutes. */
  left: ReadonlyMap<number, number>;
  /** Milliseconds that they spent in it together. */
  stayed: number;
  /** Where they went. */
  to: ReadonlyMap<string, number>;
  /** Why deals were lost in it. */
  lostFor: ReadonlyMap<string, number>;
  /** How many deals were won after so many whole minutes from their receipt, and the milliseconds of all of them. */
  cycles: ReadonlyMap<number, number>;
  cycled: number;
  /** Contacts that were logged, and those that reached nobody. */
  contacts: number;
  ineffective: number;
}

/** How a team's process is doing. Times in hours; shares of 1; null where nothing was counted. */
export interface Health {
  stages: {
    stage: string;
    left: number;
    meanHours: number | null;
    medianHours: number | null;
    targetHours: number | null;
    /** Share of those that left within the target. */
    withinTarget: number | null;
    /** Share of those that left for a later stage. */
    conversion: number | null;
  }[];
  cycle: {
    deals: number;
    meanHours: number | null;
    medianHours: number | null;
    targetHours: number | null;
    /** Share of those won that took no longer. */
    withinTarget: number | null;
  };
  lostReasons: { reason: string; deals: number }[];
  contacts: { logged: number; ineffective: number; ineffectiveShare: number | null; perClosedDeal: number | null };
}

const HOUR = 3600 * 1000;
const total = (counts: ReadonlyMap<unknown, number>): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0);
const round = (value: number, digits = 4): number => Math.round(value * 10 ** digits) / 10 ** digits;
const share = (part: number, whole: number): number | null => (whole === 0 ? null : round(part / whole));

function summed<K>(maps: Iterable<ReadonlyMap<K, number>>): Map<K, number> {
  const all = new Map<K, number>();
  for (const map of maps) for (const [key, count] of map) all.set(key, (all.get(key) ?? 0) + count);
  return all;
}

/** The middle of counted minutes, in hours: of an even number, the mean of the two in the middle. */
function medianHours(minutes: ReadonlyMap<number, number>): number | null {
  const count = total(minutes);
  if (count === 0) return null;
  const sorted = [...minutes].sort(([a], [b]) => a - b);
  const at = (rank: number): number => {
    let passed = 0;
    for (const [minute, many] of sorted) {
      passed += many;
      if (passed > rank) return minute;
    }
    return 0;
  };
  return round((at(Math.floor((count - 1) / 2)) + at(Math.floor(count / 2))) / 2 / 60, 2);
}

const meanHours = (milliseconds: number, count: number): number | null =>
  count === 0 ? null : round(milliseconds / count / HOUR, 2);

/** Which share of what took so many whole minutes took no longer than the target. */
const withinTarget = (minutes: ReadonlyMap<number, number>, target: number | null): number | null =>
  target === null
    ? null
    : share(
        [...minutes].reduce((sum, [minute, count]) => sum + (minute < target * 60 ? count : 0), 0),
        total(minutes),
      );

const rankOf = (stage: string): number => (stages as readonly string[]).indexOf(stage);

/** The health of all rows together. */
export function healthOf(rows: readonly HealthRow[], targets: Targets): Health {
  const byStage = stages
    .filter((stage) => stage !== stages.at(-1))
    .map((stage) => {
      const own = rows.filter((row) => row.stage === stage);
      const [minutes, to] = [summed(own.map(({ left }) => left)), summed(own.map(({ to: went }) => went))];
      const left = total(minutes);
      const target = targets.stage(stage);
      const onward = [...to].flatMap(([name, count]) => (rankOf(name) > rankOf(stage) ? [count] : []));
      const add = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
      return {
        stage,
        left,
        meanHours: meanHours(
          own.reduce((sum, { stayed }) => sum + stayed, 0),
          left,
        ),
        medianHours: medianHours(minutes),
        targetHours: target,
        withinTarget: withinTarget(minutes, target),
        conversion: share(add(onward), left),
      };
    });
  const cycles = summed(rows.map((row) => row.cycles));
  const deals = total(cycles);
  const { lostReason = (said) => said } = targets;
  const lostFor = summed(
    rows.flatMap((row) => [...row.lostFor].map(([said, count]) => new Map([[lostReason(said), count]]))),
  );
  const logged = rows.reduce((sum, { contacts }) => sum + contacts, 0);
  const ineffective = rows.reduce((sum, row) => sum + row.ineffective, 0);
  const closed = deals + total(lostFor);
  return {
    stages: byStage,
    cycle: {
      deals,
      meanHours: meanHours(
        rows.reduce((sum, { cycled }) => sum + cycled, 0),
        deals,
      ),
      medianHours: medianHours(cycles),
      targetHours: targets.cycle,
      withinTarget: withinTarget(cycles, targets.cycle),
    },
    lostReasons: [...lostFor]
      .map(([reason, count]) => ({ reason, deals: count }))
      .sort((a, b) => b.deals - a.deals || (a.reason < b.reason ? -1 : 1)),
    contacts: {
      logged,
      ineffective,
      ineffectiveShare: share(ineffective, logged),
      perClosedDeal: closed === 0 ? null : round(logged / closed, 2),
    },
  };
}
