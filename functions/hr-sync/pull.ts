import { setTimeout as wait } from 'node:timers/promises';
import { backoff } from '../../shared/platform/random.ts';
import type { Secret } from '../../shared/platform/secrets.ts';
import type { Roster } from './pushed.ts';

const TRIES = 3;
const TIMEOUT = 20_000;

/** HR's endpoint did not answer with a roster. */
export class RosterUnavailable extends Error {
  override readonly name = 'RosterUnavailable';
}

/** Encrypted, or on this very machine. */
const safe = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);

/**
 * The roster that HR's endpoint gives now, JSON or CSV (then whole), or undefined when none is configured (`hrRosterUrl` in
 * the secret, and `hrRosterToken` if it wants a bearer token).
 * @throws RosterUnavailable after three tries, or when the address is not encrypted
 */
export async function pullRoster(secret: Secret): Promise<Roster | undefined> {
  const { hrRosterUrl, hrRosterToken } = secret;
  if (!hrRosterUrl) return undefined;
  const url = new URL(hrRosterUrl);
  if (!safe(url)) throw new RosterUnavailable('hrRosterUrl is not an https address');
  for (let attempt = 0; ; attempt += 1) {
    try {
      const answer = await fetch(url, {
        headers: {
          accept: 'application/json, text/csv;q=0.9',
          ...(hrRosterToken ? { authorization: `Bearer ${hrRosterToken}` } : {}),
        },
        signal: AbortSignal.timeout(TIMEOUT),
        redirect: 'error',
      });
      if (!answer.ok) throw new RosterUnavailable(`status ${answer.status}`);
      const csv = /^text\/csv\b/i.test(answer.headers.get('content-type') ?? '');
      return { bytes: new Uint8Array(await answer.arrayBuffer()), csv, mode: 'full' };
    } catch (error) {
      if (attempt + 1 >= TRIES) throw new RosterUnavailable('no roster from the endpoint', { cause: error });
      await wait(backoff(attempt, 500, 4000));
    }
  }
}
