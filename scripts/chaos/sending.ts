import { setTimeout as wait } from 'node:timers/promises';
import type { Running } from './running.ts';

/** A lead that was answered with 2xx. */
export interface Taken {
  leadId: string;
  /** Whose it is: the same person posts again under the same number. */
  person: number;
  /** Which post it was: sent again with the same idempotency key. */
  post: number;
}

/** A form that is to be posted. */
export interface Post {
  person: number;
  /** Its sender sends it twice, with the same key. */
  twice: boolean;
  point: { lng: number; lat: number } | undefined;
}

const TRIES = 200;
const places = [
  { lng: 120.73, lat: 31.27 },
  { lng: 121.45, lat: 31.23 },
];
const nowhere = { lng: 100.1, lat: 38.2 };

/** So many posts: one in twenty of somebody who has posted before, one in twenty sent twice, one in a hundred from nowhere. */
export const drawPosts = (leads: number, draw: () => number): Post[] =>
  Array.from({ length: leads }, (_, n) => {
    const [again, where] = [draw(), draw()];
    const person = again < 0.05 && n > 0 ? Math.floor(draw() * n) : n;
    return { person, twice: again > 0.95, point: where < 0.01 ? nowhere : places[n % places.length] };
  });

/** Sends until somebody answers, as senders do; the same idempotency key each time. @throws when nobody ever does */
export async function send(
  on: Running,
  path: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<unknown> {
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

/** Posts one of them, as often as its sender does. `name` tells it from all others. */
export async function postLead(
  on: Running,
  { person, point, twice }: Post,
  key: string,
  post: number,
  name: string,
): Promise<Taken[]> {
  const form = {
    contact: { name: `客户${person}`, phone: `+86139${String(person).padStart(8, '0')}` },
    company: { name: `工厂${person}`, employees: (person * 37) % 900 },
    behavior: { siteSeconds: (person * 41) % 500, downloads: person % 3 },
    location: { point },
  };
  const headers = { 'x-api-key': key, 'idempotency-key': name };
  const taken: Taken[] = [];
  for (let time = 0; time < (twice ? 2 : 1); time += 1) {
    const { leadId } = (await send(on, '/leads/web', form, headers)) as { leadId: string };
    taken.push({ leadId, person, post });
  }
  return taken;
}
