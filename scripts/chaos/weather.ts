import type { Running } from './running.ts';

/** What goes wrong all the time: target, fault, rate. */
const weather: [target: string, fault: string, rate: number][] = [
  ['table', 'throttle', 0.05],
  ['table', 'conflict', 0.03],
  ['bus', 'error', 0.03],
  ['bus', 'duplicate', 0.05],
  ['queue', 'duplicate', 0.05],
  ['queue', 'reorder', 0.05],
  ['queue', 'delay', 0.02],
  ['queue', 'error', 0.02],
  ['channel:push', 'error', 0.05],
  ['channel:wecom', 'error', 0.3],
  ['function:intake', 'kill', 0.003],
  ['function:scoring', 'kill', 0.01],
  ['function:assignment', 'kill', 0.01],
  ['function:notification', 'kill', 0.01],
  ['function:relay', 'kill', 0.02],
  ['function:handover', 'kill', 0.02],
];

/** Makes all of it, and puts a poisoned message into each queue. Gives how many there are. */
export async function makeWeather(on: Running): Promise<number> {
  for (const [target, fault, rate] of weather) await on.asAdmin('POST', '/_local/faults', { target, fault, rate });
  const { items } = (await on.asAdmin('GET', '/_local/queues')) as { items: string[] };
  for (const queue of items) await on.asAdmin('POST', `/_local/queues/${queue}`, { poison: queue });
  return items.length;
}

/** Takes a channel down until the runtime is started again, or the weather clears. */
export const takeDown = (on: Running, channel: string): Promise<unknown> =>
  on.asAdmin('POST', '/_local/faults', { target: `channel:${channel}`, fault: 'error', rate: 1 });

/** What HR says, when so much of the leads has been posted. */
export const roster: [share: number, repId: string, name: string, status: string][] = [
  [0.1, 'rep-li', '李雷', 'on-leave'],
  [0.2, 'rep-zhang', '张帆', 'left'],
  [0.3, 'rep-li', '李雷', 'active'],
  [0.45, 'rep-wang', '王敏', 'leaving'],
  [0.6, 'rep-liu', '刘洋', 'on-leave'],
  [0.8, 'rep-liu', '刘洋', 'active'],
];
