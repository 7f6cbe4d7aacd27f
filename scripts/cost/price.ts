import { readFileSync } from 'node:fs';
import type { Counted, StepCounts } from '../local/meter.ts';

/** The published prices, US dollars. */
interface Prices {
  date: string;
  region: string;
  perMillion: Record<Counted, number>;
  perGigabyteSecond: number;
  perGigabyteOfLogs: number;
  idleQueue: { polls: number; seconds: number };
  perMonth: { secret: number; alarm: number };
  alwaysOn: {
    hoursAMonth: number;
    serverAnHour: number;
    databaseAnHour: number;
    databaseDiskAMonth: number;
    loadBalancerAnHour: number;
    what: string;
  };
}

export const prices = JSON.parse(
  readFileSync(new URL('../local/prices.json', import.meta.url), 'utf8'),
) as Readonly<Prices>;

/** What the meter read, or what was used between two readings. */
export interface Used {
  totals: Record<Counted, number>;
  byStep: Record<string, StepCounts>;
}

/** What was used between two readings of the meter. */
export function between(before: Used, after: Used): Used {
  const minus = <T extends object>(b: T | undefined, a: T): T =>
    Object.fromEntries(
      Object.entries(a).map(([name, value]) => [
        name,
        value - ((b as Record<string, number> | undefined)?.[name] ?? 0),
      ]),
    ) as T;
  const steps = Object.entries(after.byStep).map(
    ([step, counts]) => [step, minus(before.byStep[step], counts)] as const,
  );
  return { totals: minus(before.totals, after.totals), byStep: Object.fromEntries(steps) };
}

/** How much of something was used, and what it costs. */
export interface Part {
  what: string;
  amount: number;
  usd: number;
}

/** Steps that leads go through; not what people call, or what this command itself asks. */
const onTheWay = ([step]: readonly [string, StepCounts]): boolean => !step.startsWith('api');

const sum = (amounts: readonly number[]): number => amounts.reduce((total, each) => total + each, 0);

/** All that was used by the steps that leads go through, part by part. `posts`: how many calls over HTTP were leads. */
export function partsOf(used: Used, posts: number): Part[] {
  const steps = Object.entries(used.byStep).filter(onTheWay);
  const of = (field: keyof StepCounts): number => sum(steps.map(([, counts]) => counts[field]));
  const million = (what: string, priced: Counted, amount: number): Part => ({
    what,
    amount,
    usd: (amount / 1e6) * prices.perMillion[priced],
  });
  const [gigabyteSeconds, logBytes] = [of('gigabyteSeconds'), of('logBytes')];
  return [
    million('table write units', 'tableWriteUnits', of('tableWrites')),
    million('table read units', 'tableReadUnits', of('tableReads')),
    million('queue requests', 'queueRequests', used.totals.queueRequests),
    million('bus events', 'busEvents', used.totals.busEvents),
    million('function runs', 'invocations', of('invocations')),
    { what: 'GB-seconds', amount: gigabyteSeconds, usd: gigabyteSeconds * prices.perGigabyteSecond },
    million('HTTP calls', 'httpRequests', posts),
    { what: 'KB of logs', amount: logBytes / 1000, usd: (logBytes / 1e9) * prices.perGigabyteOfLogs },
  ];
}

/** US dollars for all parts. */
export const costOf = (parts: readonly Part[]): number => sum(parts.map(({ usd }) => usd));

/** What each step used, and what of it costs by itself: the table, its runs and their time, its log. The dearest first. */
export const stepsOf = (used: Used): { step: string; counts: StepCounts; usd: number }[] =>
  Object.entries(used.byStep)
    .filter(onTheWay)
    .filter(([, { invocations, tableWrites, tableReads }]) => invocations + tableWrites + tableReads > 0)
    .map(([step, counts]) => ({
      step,
      counts,
      usd:
        (counts.tableWrites * prices.perMillion.tableWriteUnits +
          counts.tableReads * prices.perMillion.tableReadUnits +
          counts.invocations * prices.perMillion.invocations) /
          1e6 +
        counts.gigabyteSeconds * prices.perGigabyteSecond +
        (counts.logBytes / 1e9) * prices.perGigabyteOfLogs,
    }))
    .sort((a, b) => b.usd - a.usd);

/** What a month costs at rest: the schedules (`idleMinute`, US dollars), the polls at so many queues, the secret and the alarms. */
export function atRest(idleMinute: number, queues: number, alarms: number): Part[] {
  const { idleQueue, perMonth, alwaysOn } = prices;
  const polls = (queues * idleQueue.polls * alwaysOn.hoursAMonth * 3600) / idleQueue.seconds;
  return [
    { what: 'minutes of schedules', amount: 60 * alwaysOn.hoursAMonth, usd: idleMinute * 60 * alwaysOn.hoursAMonth },
    { what: `polls at ${queues} queues`, amount: polls, usd: (polls / 1e6) * prices.perMillion.queueRequests },
    { what: 'alarms', amount: alarms, usd: alarms * perMonth.alarm },
    { what: 'secret', amount: 1, usd: perMonth.secret },
  ];
}

/** US dollars a month for the small server that is always on. */
export const serverAMonth = ({ alwaysOn: server }: Prices = prices): number =>
  (server.serverAnHour + server.databaseAnHour + server.loadBalancerAnHour) * server.hoursAMonth +
  server.databaseDiskAMonth;
