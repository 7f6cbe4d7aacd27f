import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openClock } from '../../../scripts/local/clock.ts';
import type { LocalFunction } from '../../../scripts/local/functions.ts';
import { nextDue, startSchedules, toCron } from '../../../scripts/local/schedules.ts';
import { Standstill } from '../../../scripts/local/standstill.ts';

const newDataDir = () => mkdtempSync(join(tmpdir(), 'leadkeeper-clock-'));

describe('schedules', () => {
  it.each([
    ['cron(30 0 * * ? *)', '0 30 0 * * *'],
    ['cron(0/15 8-18 ? * 2-6 *)', '0 0/15 8-18 * * 1-5'],
    ['cron(0 9 1 * ? *)', '0 0 9 1 * *'],
    ['cron(0 10 ? * 6#3 *)', '0 0 10 * * 5#3'],
  ])('reads %s', (aws, cron) => expect(toCron(aws)).toBe(cron));

  it('are due in their own time zone', () => {
    const next = nextDue('cron(30 0 * * ? *)', 'Asia/Shanghai');
    expect(next(new Date('2026-11-02T12:00:00Z'))?.toISOString()).toBe('2026-11-02T16:30:00.000Z');
  });

  it('run as they fall due when the clock is advanced, in order, with the clock at their time', async () => {
    const clock = openClock(newDataDir());
    const ran: string[] = [];
    const times: string[] = [];
    const noting = (name: string): LocalFunction =>
      ({
        invoke: async (event: unknown) => {
          const { at } = event as { at: string };
          times.push(at);
          ran.push(name);
          expect(Math.abs(clock.now().getTime() - Date.parse(at))).toBeLessThan(60_000);
        },
      }) as unknown as LocalFunction;
    const spec = (name: string, expression: string) => ({
      name,
      expression,
      zone: 'Etc/UTC',
      input: '{"at":"<aws.scheduler.scheduled-time>"}',
      target: noting(name),
    });
    const schedules = startSchedules([spec('minute', 'rate(1 minute)'), spec('half', 'rate(30 minutes)')], clock);
    const begin = clock.now();
    let settled = 0;
    await schedules.advanceTo(new Date(begin.getTime() + 2 * 3_600_000), async () => {
      settled += 1;
    });
    schedules.stop();
    expect(ran.filter((name) => name === 'minute').length).toBeGreaterThanOrEqual(120);
    expect(ran.filter((name) => name === 'half').length).toBeGreaterThanOrEqual(4);
    expect(times).toEqual([...times].sort());
    expect(settled).toBe(ran.length + 1);
    expect(clock.now().getTime() - begin.getTime()).toBeGreaterThanOrEqual(2 * 3_600_000);
    // Two hours on is a tick of its own: what falls due just then is not left for the next minute.
    expect(Date.parse(times.at(-1) ?? '') - begin.getTime()).toBeGreaterThanOrEqual(2 * 3_600_000 - 1000);
  });
});

describe('the clock', () => {
  it('does not run backwards when it is opened again', () => {
    const dataDir = newDataDir();
    const clock = openClock(dataDir);
    clock.moveTo(new Date(clock.now().getTime() + 86_400_000));
    clock.persist();
    const before = clock.now();
    expect(openClock(dataDir).now().getTime()).toBeGreaterThanOrEqual(before.getTime());
  });

  it('is never moved back', () => {
    const clock = openClock(newDataDir());
    const before = clock.now();
    clock.moveTo(new Date(before.getTime() - 1000));
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(before.getTime());
  });

  it('that find nothing to do rest until something happens or their time comes, and miss nothing', async () => {
    const clock = openClock(newDataDir());
    const begin = clock.now().getTime();
    let timers = [begin + 3 * 3_600_000];
    const ran: Record<string, number[]> = { watch: [], other: [] };
    const noting = (name: string): LocalFunction =>
      ({
        invoke: async () => {
          ran[name]?.push(Math.round((clock.now().getTime() - begin) / 60_000));
          if (name === 'other') {
            const due = clock.now().getTime() + 90_000;
            timers.push(due);
            standstill.wrote({ dueAt: { N: String(due) } });
          } else timers = timers.filter((at) => at > clock.now().getTime());
        },
      }) as unknown as LocalFunction;
    const spec = (name: string, expression: string) => ({
      name,
      expression,
      zone: 'Etc/UTC',
      input: '{}',
      target: noting(name),
    });
    const soonest = async () => new Date(Math.min(8.64e15, ...timers));
    const standstill = new Standstill(
      { watch: { soonest, because: ({ dueAt }) => new Date(Number(dueAt?.N)) } },
      () => 0,
      () => false,
    );
    const schedules = startSchedules([spec('watch', 'rate(1 minute)'), spec('other', 'rate(1 hour)')], clock, {
      rest: standstill,
    });
    await schedules.advanceTo(new Date(begin + 5 * 3_600_000), async () => undefined);
    schedules.stop();
    const [watch = [], other = []] = [ran.watch, ran.other];
    expect(other.length).toBeGreaterThanOrEqual(5);
    expect(watch.length).toBeLessThan(15);
    expect(watch.some((minute) => minute === 180)).toBe(true);
    for (const minute of other.filter((each) => each < 299))
      expect(watch.some((each) => each >= minute + 1 && each <= minute + 3)).toBe(true);
  });

  it('that is advanced lets messages that were put off come again within a minute, together, and never after a schedule', async () => {
    const clock = openClock(newDataDir());
    // On the hour: a schedule that falls between two messages parts them.
    const begin = Math.ceil(clock.now().getTime() / 3_600_000) * 3_600_000;
    clock.moveTo(new Date(begin));
    const happened: string[] = [];
    const minutes = () => Math.round((clock.now().getTime() - begin) / 60_000);
    const target = { invoke: async () => void happened.push(`schedule ${minutes()}`) } as unknown as LocalFunction;
    let waiting = [30, 30.2, 30.9, 64.8, 90, 500].map((minute) => begin + minute * 60_000);
    const putOff = {
      nextDue: () => (waiting[0] === undefined ? undefined : new Date(waiting[0])),
      release: async (until: Date) => {
        waiting = waiting.filter((at) => at > until.getTime());
        happened.push(`message ${minutes()}`);
      },
    };
    const hourly = { name: 'hourly', expression: 'rate(1 hour)', zone: 'Etc/UTC', input: '{}', target };
    const schedules = startSchedules([hourly], clock, { putOff });
    await schedules.advanceTo(new Date(begin + 125 * 60_000), async () => undefined);
    schedules.stop();
    expect(happened.filter((each) => each.startsWith('message'))).toEqual(['message 31', 'message 65', 'message 91']);
    expect(happened.filter((each) => each.startsWith('schedule')).length).toBeGreaterThanOrEqual(2);
    expect(happened).toEqual([...happened].sort((a, b) => Number(a.split(' ')[1]) - Number(b.split(' ')[1])));
    expect(waiting).toHaveLength(1);
  });
});
