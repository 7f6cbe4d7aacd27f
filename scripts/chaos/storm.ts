import { setTimeout as wait } from 'node:timers/promises';
import { bearer, keysOf } from '../demo/client.ts';
import { drawn } from '../drawn.ts';
import type { Running } from './running.ts';

/** A lead that was answered with 2xx. */
export interface Taken {
  leadId: string;
  /** Whose it is: the same person posts again under the same number. */
  person: number;
  /** Which post it was: sent again with the same idempotency key. */
  post: number;
}

/** What came of a storm. */
interface Passed {
  taken: Taken[];
  poisoned: number;
  /** What time it is at the end (ISO 8601). */
  endedAt: string;
}

/** How long a storm is, and from which seed it is drawn. */
export interface Storm {
  leads: number;
  seed: number;
  say: (line: string) => void;
}

const SENDERS = 12;
const TRIES = 200;
/** Minutes that pass at once. */
const STEP = 2;
const IDLE = 1800;
/** Every so many of the leads that have an owner are left alone, so that reminders and escalations come due. */
const LEFT_ALONE = 8;

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

const places = [
  { lng: 120.73, lat: 31.27 },
  { lng: 121.45, lat: 31.23 },
];
const nowhere = { lng: 100.1, lat: 38.2 };

/** What HR says, when so much of the leads has been posted. */
const roster: [share: number, repId: string, status: string][] = [
  [0.1, 'rep-li', 'on-leave'],
  [0.2, 'rep-zhang', 'left'],
  [0.3, 'rep-li', 'active'],
  [0.45, 'rep-wang', 'leaving'],
  [0.6, 'rep-liu', 'on-leave'],
  [0.8, 'rep-liu', 'active'],
];
const names: Record<string, string> = { 'rep-li': '李雷', 'rep-zhang': '张帆', 'rep-wang': '王敏', 'rep-liu': '刘洋' };

/** Gives how many messages were poisoned. */
async function makeWeather(on: Running): Promise<number> {
  for (const [target, fault, rate] of weather) await on.asAdmin('POST', '/_local/faults', { target, fault, rate });
  const { items } = (await on.asAdmin('GET', '/_local/queues')) as { items: string[] };
  for (const queue of items) await on.asAdmin('POST', `/_local/queues/${queue}`, { poison: queue });
  return items.length;
}

/** Sends until somebody answers, as senders do; the same idempotency key each time. @throws when nobody ever does */
async function post(on: Running, path: string, body: unknown, headers: Record<string, string>): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await on.client.call('POST', path, body, headers);
    } catch (error) {
      const refused = /answered 4(?!29|08)\d\d/.test(String(error));
      if (refused || attempt >= TRIES) throw error;
      await wait(Math.min(2000, 50 * attempt));
    }
  }
}

/** Waits until nothing is in flight. @throws when that takes half an hour */
const calm = (on: Running): Promise<unknown> =>
  on.asAdmin('GET', `/_local/idle?timeout=50`).catch(async (error) => {
    if (!/still busy/.test(String(error))) throw error;
    return undefined;
  });

/** Lets so many minutes pass, a few at a time. */
async function pass(on: Running, minutes: number): Promise<void> {
  for (let left = minutes; left > 0; left -= STEP)
    await on.asAdmin('POST', '/_local/clock', { advance: `PT${Math.min(STEP, left)}M` });
}

async function settle(on: Running): Promise<void> {
  const until = performance.now() + IDLE * 1000;
  while ((await calm(on)) === undefined) if (performance.now() > until) throw new Error('it never came to rest');
}

/**
 * Posts the leads in bad weather: faults of every kind, somebody killed now and then, the whole runtime twice, clocks that jump, HR in
 * between. Then the weather clears, most customers are called, and four hours pass.
 */
export async function storm(on: Running, { leads, seed, say }: Storm): Promise<Passed> {
  const draw = drawn(seed);
  const keys = await keysOf(on.client);
  for (const repId of ['rep-li', 'rep-wang', 'rep-zhao', 'rep-zhang', 'rep-liu', 'rep-yang', 'rep-huang'])
    await on.asAdmin('PUT', `/reps/${repId}`, { capacity: leads });
  // One who is soon at capacity.
  await on.asAdmin('PUT', '/reps/rep-chen', { capacity: Math.ceil(leads / 40) });
  let poisoned = await makeWeather(on);

  const posts = Array.from({ length: leads }, (_, n) => {
    const [again, where] = [draw(), draw()];
    const person = again < 0.05 && n > 0 ? Math.floor(draw() * n) : n;
    const point = where < 0.01 ? nowhere : places[n % places.length];
    return { person, twice: again > 0.95, point };
  });
  const taken: Taken[] = [];
  let next = 0;
  /** Closed while somebody turns the clock or pulls the plug: nobody begins a post meanwhile. */
  let gate: Promise<void> = Promise.resolve();
  const sender = async (): Promise<void> => {
    for (;;) {
      await gate;
      const n = next;
      next += 1;
      const one = posts[n];
      if (!one) return;
      const { person, point, twice } = one;
      const form = {
        contact: { name: `客户${person}`, phone: `+86139${String(person).padStart(8, '0')}` },
        company: { name: `工厂${person}`, employees: (person * 37) % 900 },
        behavior: { siteSeconds: (person * 41) % 500, downloads: person % 3 },
        location: { point },
      };
      const headers = { 'x-api-key': keys.web ?? '', 'idempotency-key': `chaos-${seed}-${n}` };
      for (let time = 0; time < (twice ? 2 : 1); time += 1) {
        const { leadId } = (await post(on, '/leads/web', form, headers)) as { leadId: string };
        taken.push({ leadId, person, post: n });
      }
    }
  };
  const reached = async (share: number): Promise<void> => {
    while (next < leads * share) await wait(20);
  };
  const closed = async (during: () => Promise<void>): Promise<void> => {
    let open = (): void => undefined;
    gate = new Promise((resolve) => {
      open = resolve;
    });
    await during();
    open();
  };
  const staff = async (): Promise<void> => {
    for (const [share, repId, status] of roster) {
      await reached(share);
      say(`${Math.round(share * 100)} %: HR says that ${repId} is ${status}`);
      const push = { mode: 'delta', employees: [{ employeeId: repId, name: names[repId], status }] };
      await post(on, '/hr/employees', push, { 'x-api-key': keys.hr ?? '' });
    }
  };
  const troubles = async (): Promise<void> => {
    await reached(0.15);
    say('15 %: the clock jumps by three minutes');
    await closed(() => pass(on, 3));
    await reached(0.25);
    say('25 %: texting is down');
    await on.asAdmin('POST', '/_local/faults', { target: 'channel:sms', fault: 'error', rate: 1 });
    for (const share of [0.35, 0.7]) {
      await reached(share);
      say(`${share * 100} %: everything is killed, and started again`);
      await on.end('SIGKILL');
      await on.start();
      poisoned += await makeWeather(on);
    }
    await reached(0.85);
    say('85 %: the clock jumps by ten minutes');
    await closed(() => pass(on, 10));
  };
  await Promise.all([...Array.from({ length: SENDERS }, sender), staff(), troubles()]);

  say(`100 %: ${leads} leads posted; the weather clears`);
  await on.asAdmin('DELETE', '/_local/faults');
  await settle(on);
  await pass(on, 20);
  await settle(on);
  say('most customers are called');
  await callCustomers(on, taken);
  for (const minutes of [100, 130, 30]) {
    say(`${minutes} minutes pass`);
    await pass(on, minutes);
    await settle(on);
  }
  const { now } = (await on.asAdmin('GET', '/_local/clock')) as { now: string };
  return { taken, poisoned, endedAt: now };
}

/** The owners call, all but a few. */
async function callCustomers(on: Running, taken: readonly Taken[]): Promise<void> {
  const distinct = [...new Set(taken.map(({ leadId }) => leadId))];
  let next = 0;
  const caller = async (): Promise<void> => {
    for (;;) {
      const leadId = distinct[next];
      next += 1;
      if (leadId === undefined) return;
      if (next % LEFT_ALONE === 0) continue;
      const lead = (await on.asAdmin('GET', `/leads/${leadId}`)) as { status: string; owner: { repId: string } | null };
      if (lead.status !== 'assigned' || !lead.owner) continue;
      const owner = await bearer(on.client, { role: 'rep', repId: lead.owner.repId });
      const call = { channel: 'phone', minutes: 3, summary: 'spoke with the customer', outcome: 'reached' };
      await on.client.call('POST', `/leads/${leadId}/interactions`, call, owner);
    }
  };
  await Promise.all(Array.from({ length: 4 }, caller));
}
