import { Cron } from 'croner';
import type { Clock } from './clock.ts';
import type { LocalFunction } from './functions.ts';

/** A schedule of the template. */
export interface ScheduleSpec {
  name: string;
  expression: string;
  zone: string;
  input: string;
  target: LocalFunction;
}

/** Runs the schedules by the simulated clock. */
export interface Schedules {
  readonly names: () => string[];
  /** Runs one now. @returns false when there is none of that name */
  readonly runNow: (name: string) => Promise<boolean>;
  /** Moves the clock, running each schedule as it falls due on the way, in order; `settle` is awaited after each. */
  readonly advanceTo: (moment: Date, settle: () => Promise<void>) => Promise<void>;
  readonly stop: () => void;
}

const LOOK_EVERY = 1000;
const MINUTE = 60_000;
const unit: Record<string, number> = { minute: MINUTE, hour: 60 * MINUTE, day: 24 * 60 * MINUTE };

/** AWS's six fields (minutes hours day month weekday year; weekdays 1–7 from Sunday) as croner's six (seconds first, 0–6). */
export function toCron(expression: string): string {
  const fields = /^cron\((.+)\)$/.exec(expression.trim())?.[1]?.split(/\s+/);
  if (fields?.length !== 6) throw new Error(`not an AWS cron expression: ${expression}`);
  const [minutes, hours, day, month, weekday = '?', year = '*'] = fields;
  if (year !== '*') throw new Error(`years are not supported: ${expression}`);
  const any = (field = '*') => (field === '?' ? '*' : field);
  const shifted = weekday.replace(/\d+/g, (number, at: number) =>
    weekday[at - 1] === '#' ? number : String(Number(number) - 1),
  );
  return `0 ${minutes} ${hours} ${any(day)} ${month} ${any(shifted)}`;
}

/**
 * Gives, for a moment, the next moment at which the expression is due (`rate(5 minutes)`, `cron(…)`, `at(…)`). Rates count
 * from `since`, as AWS counts them from the schedule's creation.
 */
export function nextDue(expression: string, zone: string): (after: Date, since?: Date) => Date | undefined {
  const [, amount, of] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (amount !== undefined && of !== undefined) {
    const every = Number(amount) * (unit[of] ?? MINUTE);
    return (after, since = new Date(0)) => {
      const phase = since.getTime() % every;
      return new Date((Math.floor((after.getTime() - phase) / every) + 1) * every + phase);
    };
  }
  const [, moment] = /^at\((.+)\)$/.exec(expression) ?? [];
  if (moment !== undefined) {
    const due = new Cron(moment, { timezone: zone, paused: true });
    return (after) => due.nextRun(after) ?? undefined;
  }
  const cron = new Cron(toCron(expression), { timezone: zone, paused: true });
  return (after) => cron.nextRun(after) ?? undefined;
}

/** What tells that schedules would find nothing to do. */
export interface Rest {
  /** Whether a schedule would find nothing to do at that moment. */
  readonly idles: (schedule: string, at: Date) => Promise<boolean>;
}

/** What falls due by the clock beside schedules: messages that are put off. */
export interface PutOff {
  readonly nextDue: () => Date | undefined;
  /** Lets those that are due until then come again; none of them is due any more. */
  readonly release: (until: Date) => Promise<void>;
}

interface Running {
  spec: ScheduleSpec;
  next: (after: Date, since?: Date) => Date | undefined;
  due: Date | undefined;
}

/**
 * Starts the schedules: each is looked at every second of real time, and on the way when the clock is advanced; so are messages
 * that are put off.
 */
export function startSchedules(
  specs: readonly ScheduleSpec[],
  clock: Clock,
  { rest, putOff }: { rest?: Rest; putOff?: PutOff } = {},
): Schedules {
  const running: Running[] = specs.map((spec) => {
    const next = nextDue(spec.expression, spec.zone);
    return { spec, next, due: next(clock.now()) };
  });
  let turn: Promise<unknown> = Promise.resolve();
  // Rates count from the last time the clock was advanced, so that two hours on is a tick of its own.
  let since = clock.now();

  /** One after the other: a clock that is being advanced and the ticking of real time must not run a schedule twice. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  }

  const invoke = async ({ input, target, name }: ScheduleSpec, due: Date): Promise<void> => {
    const filled = input
      .replaceAll('<aws.scheduler.scheduled-time>', due.toISOString())
      .replaceAll('<aws.scheduler.schedule-arn>', `arn:aws:scheduler:us-east-1:000000000000:schedule/default/${name}`)
      .replaceAll('<aws.scheduler.execution-id>', due.toISOString())
      .replaceAll('<aws.scheduler.attempt-number>', '1');
    // A schedule that fails is tried again by the cloud; here the next minute does.
    await target.invoke(JSON.parse(filled)).catch(() => undefined);
  };

  const earliest = (until: Date): { each: Running; due: Date } | undefined =>
    running
      .flatMap((each) => (each.due !== undefined && each.due <= until ? [{ each, due: each.due }] : []))
      .sort((a, b) => a.due.getTime() - b.due.getTime())[0];

  async function runDue(until: Date, settle: () => Promise<void>): Promise<void> {
    for (;;) {
      const at = earliest(until);
      const bound = at?.due ?? until;
      const again = putOff?.nextDue();
      if (again && again <= bound) {
        // What comes again within a minute comes together: to stop for each would take as long as the time that is skipped.
        const stop = new Date(Math.min(bound.getTime(), again.getTime() + MINUTE));
        clock.moveTo(stop);
        await putOff?.release(stop);
        await settle();
        continue;
      }
      if (!at) return;
      const { each, due } = at;
      each.due = each.next(due, since);
      clock.moveTo(due);
      if (await rest?.idles(each.spec.name, due)) continue;
      await invoke(each.spec, due);
      await settle();
    }
  }

  const timer = setInterval(() => {
    if (earliest(clock.now())) void inTurn(() => runDue(clock.now(), async () => undefined));
  }, LOOK_EVERY);

  return {
    names: () => specs.map(({ name }) => name),
    runNow: (name) =>
      inTurn(async () => {
        const found = specs.find((spec) => spec.name === name);
        if (found) await invoke(found, clock.now());
        return found !== undefined;
      }),
    advanceTo: (moment, settle) =>
      inTurn(async () => {
        await settle();
        since = moment;
        await runDue(moment, settle);
        clock.moveTo(moment);
      }),
    stop: () => clearInterval(timer),
  };
}
