import type { Running } from './running.ts';

/** What goes wrong all the time: target, fault, rate. */
const weather: [target: string, fault: string, rate: number][] = [
  ['table', 'throttle', 0.05],
  ['table', 'conflict', 0.03],
  ['table', 'stale', 0.2],
  ['bus', 'error', 0.03],
  ['bus', 'duplicate', 0.05],
  ['queue', 'duplicate', 0.05],
  ['queue', 'reorder', 0.05],
  ['queue', 'delay', 0.02],
  ['queue', 'error', 0.02],
  ['channel:push', 'error', 0.05],
  ['channel:wecom', 'error', 0.3],
];

/** Steps that are killed in the middle of their work. */
const mortal = ['intake', 'scoring', 'assignment', 'notification', 'relay', 'handover'];
/** One in a hundred, or about so many of each: what is killed all the time only ever runs cold. */
const DEATHS = 10;

/** Makes all of it, and puts a poisoned message into each queue. Gives how many there are. */
export async function makeWeather(on: Running, leads: number): Promise<number> {
  const kills = mortal.map((step): (typeof weather)[number] => [
    `function:${step}`,
    'kill',
    Math.min(0.01, DEATHS / leads),
  ]);
  for (const [target, fault, rate] of [...weather, ...kills])
    await on.asAdmin('POST', '/_local/faults', { target, fault, rate });
  const { items } = (await on.asAdmin('GET', '/_local/queues')) as { items: string[] };
  for (const queue of items) await on.asAdmin('POST', `/_local/queues/${queue}`, { poison: queue });
  return items.length;
}

/** Takes a channel down until the runtime is started again, or the weather clears. */
export const takeDown = (on: Running, channel: string): Promise<unknown> =>
  on.asAdmin('POST', '/_local/faults', { target: `channel:${channel}`, fault: 'error', rate: 1 });

/**
 * What HR says, when so much of the leads has been posted. Who goes early has few leads to hand over, each of which is decided twice:
 * hand-overs of many have tests of their own.
 */
export const roster: [share: number, repId: string, name: string, status: string][] = [
  [0.05, 'rep-li', '李雷', 'on-leave'],
  [0.1, 'rep-zhang', '张帆', 'left'],
  [0.15, 'rep-wang', '王敏', 'leaving'],
  [0.2, 'rep-li', '李雷', 'active'],
  [0.4, 'rep-liu', '刘洋', 'on-leave'],
  [0.6, 'rep-liu', '刘洋', 'active'],
];

/** Adds how often each fault struck since the last start. */
export async function countStrikes(on: Running, counts: Record<string, number>): Promise<void> {
  const { struck } = (await on.asAdmin('GET', '/_local/faults')) as { struck: Record<string, number> };
  for (const [name, times] of Object.entries(struck)) counts[name] = (counts[name] ?? 0) + times;
}
