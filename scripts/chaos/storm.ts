import { setTimeout as wait } from 'node:timers/promises';
import { keysOf } from '../demo/client.ts';
import { drawn } from '../drawn.ts';
import { callCustomers } from './calling.ts';
import type { Running } from './running.ts';
import { drawPosts, postLead, send, type Taken } from './sending.ts';
import { type Units, unitsPerLead } from './units.ts';
import { countStrikes, makeWeather, roster, takeDown } from './weather.ts';

/** What came of a storm. */
interface Passed {
  taken: Taken[];
  poisoned: number;
  /** What time it is at the end (ISO 8601). */
  endedAt: string;
  /** Table units of a lead, before all others and after them. */
  units: { first: Units; last: Units };
  /** How often each fault struck. */
  struck: Record<string, number>;
}

/** How long a storm is, and from which seed it is drawn. */
export interface Storm {
  leads: number;
  seed: number;
  say: (line: string) => void;
}

const SENDERS = 6;
/** Minutes that pass at once. */
const STEP = 5;
/** Seconds. */
const IDLE = 1800;
/** Nobody has these numbers but those whose leads are weighed. */
const WEIGHED = 50_000_000;
const reps = ['rep-li', 'rep-wang', 'rep-zhao', 'rep-zhang', 'rep-liu', 'rep-yang', 'rep-huang'];

/** Lets so many minutes pass, a few at a time. */
async function pass(on: Running, minutes: number): Promise<void> {
  for (let left = minutes; left > 0; left -= STEP)
    await on.asAdmin('POST', '/_local/clock', { advance: `PT${Math.min(STEP, left)}M` });
}

/** Waits until nothing is in flight. @throws when that takes half an hour */
async function settle(on: Running): Promise<void> {
  const until = performance.now() + IDLE * 1000;
  const calm = (): Promise<boolean> =>
    on.asAdmin('GET', '/_local/idle?timeout=50').then(
      () => true,
      (error: unknown) => {
        if (!/still busy/.test(String(error))) throw error;
        return false;
      },
    );
  while (!(await calm())) if (performance.now() > until) throw new Error('it never came to rest');
}

/** One lead in eight is of grade A. */
const BEST = 65;

/** Leads of grade A are to be called within the hours that pass here, all others within days that do not: both must hold. */
async function setDeadlines(on: Running): Promise<void> {
  type Published = { scoring: { grades: Record<string, number> } };
  const { scoring } = (await on.asAdmin('GET', '/config/scoring')) as Published;
  await on.asAdmin('PUT', '/config/scoring', { ...scoring, grades: { ...scoring.grades, A: BEST } });
  const days = { remindAfter: 'P1D', supervisorAfter: 'P2D', exceptionAfter: 'P4D' };
  const hours = { remindAfter: 'PT1H', supervisorAfter: 'PT2H', exceptionAfter: 'PT4H' };
  await on.asAdmin('PUT', '/config/sla', { ...days, grades: { A: hours } });
}

/**
 * Posts the leads in bad weather: faults of every kind, somebody killed now and then, the whole runtime twice, clocks that jump, HR in
 * between. Then the weather clears, most customers of grade A and a few others are called, and four hours pass.
 */
export async function storm(on: Running, { leads, seed, say }: Storm): Promise<Passed> {
  const { web = '', hr = '' } = await keysOf(on.client);
  await setDeadlines(on);
  // One is soon at capacity.
  await on.asAdmin('PUT', '/reps/rep-chen', { capacity: Math.ceil(leads / 40) });
  for (const repId of reps)
    await on.asAdmin('PUT', `/reps/${repId}`, { capacity: Math.min(100_000, 10 * leads + 1000) });
  const count = Math.min(10, Math.max(5, Math.round(leads / 100)));
  const weigh = (first: number) => unitsPerLead(on, web, { first, count, name: `chaos-${seed}` }, () => settle(on));
  const warm = await weigh(WEIGHED);
  const before = await weigh(WEIGHED + 1000);

  let poisoned = await makeWeather(on, leads);
  const struck: Record<string, number> = {};
  const posts = drawPosts(leads, drawn(seed));
  const taken: Taken[] = [...warm.taken, ...before.taken];
  let next = 0;
  /** Closed while somebody turns the clock: nobody begins a post meanwhile. */
  let gate: Promise<void> = Promise.resolve();
  const sender = async (): Promise<void> => {
    for (;;) {
      await gate;
      const n = next;
      next += 1;
      const one = posts[n];
      if (!one) return;
      taken.push(...(await postLead(on, one, web, n, `chaos-${seed}-${n}`)));
    }
  };
  const reached = async (share: number, what: string): Promise<void> => {
    while (next < leads * share) await wait(20);
    say(`${String(Math.round(share * 100)).padStart(3)} %  ${what}`);
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
    for (const [share, repId, name, status] of roster) {
      await reached(share, `HR says that ${repId} is ${status}`);
      const push = { mode: 'delta', employees: [{ employeeId: repId, name, status }] };
      await send(on, '/hr/employees', push, { 'x-api-key': hr });
    }
  };
  const killed = async (): Promise<void> => {
    await countStrikes(on, struck);
    await on.end('SIGKILL');
    await on.start();
    poisoned += await makeWeather(on, leads);
    say('       it is up again');
  };
  const troubles = async (): Promise<void> => {
    await reached(0.15, 'the clock jumps by three minutes');
    await closed(() => pass(on, 3));
    await reached(0.25, 'texting is down');
    await takeDown(on, 'sms');
    await reached(0.35, 'everything is killed, and started again; texting is up');
    await killed();
    await reached(0.5, 'push is down');
    await takeDown(on, 'push');
    await reached(0.7, 'everything is killed, and started again; push is up, WeCom is down');
    await killed();
    await takeDown(on, 'wecom');
    await reached(0.85, 'the clock jumps by ten minutes');
    await closed(() => pass(on, 10));
  };
  await Promise.all([...Array.from({ length: SENDERS }, sender), staff(), troubles()]);

  say(`100 %  ${leads} leads posted; the weather clears`);
  await countStrikes(on, struck);
  await on.asAdmin('DELETE', '/_local/faults');
  await settle(on);
  say('all is dealt with; 20 minutes pass');
  await pass(on, 20);
  await settle(on);
  await weigh(WEIGHED + 2000).then(({ taken: more }) => taken.push(...more));
  const after = await weigh(WEIGHED + 3000);
  taken.push(...after.taken);
  say(`a lead costs ${shown(before.units)} at first, ${shown(after.units)} at last`);
  say(`${await callCustomers(on)} customers are called`);
  for (const minutes of [100, 130, 30]) {
    say(`${minutes} minutes pass`);
    await pass(on, minutes);
    await settle(on);
  }
  const { now } = (await on.asAdmin('GET', '/_local/clock')) as { now: string };
  return { taken, poisoned, endedAt: now, units: { first: before.units, last: after.units }, struck };
}

const shown = ({ writes, reads }: Units): string => `${writes.toFixed(1)} write and ${reads.toFixed(1)} read units`;
