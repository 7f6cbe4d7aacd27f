import { setTimeout as wait } from 'node:timers/promises';
import type { Push } from '../../shared/org/push/push.ts';
import { rosterPush } from '../../shared/org/roster.ts';
import { parseOrRefuse } from '../../shared/platform/problem.ts';
import { backoff } from '../../shared/platform/random.ts';
import type { Secret } from '../../shared/platform/secrets.ts';

const TRIES = 3;
const TIMEOUT = 20_000;

/** HR's endpoint did not answer with a roster. */
export class RosterUnavailable extends Error {
  override readonly name = 'RosterUnavailable';
}

/**
 * The roster that HR's endpoint gives now, or undefined when none is configured (`hrRosterUrl` in the secret, and
 * `hrRosterToken` if it wants a bearer token).
 * @throws RosterUnavailable after three tries
 */
export async function pullRoster(secret: Secret): Promise<Push | undefined> {
  const { hrRosterUrl, hrRosterToken } = secret;
  if (!hrRosterUrl) return undefined;
  for (let attempt = 0; ; attempt += 1) {
    try {
      const answer = await fetch(hrRosterUrl, {
        headers: { accept: 'application/json', ...(hrRosterToken ? { authorization: `Bearer ${hrRosterToken}` } : {}) },
        signal: AbortSignal.timeout(TIMEOUT),
        redirect: 'error',
      });
      if (!answer.ok) throw new RosterUnavailable(`status ${answer.status}`);
      return parseOrRefuse(rosterPush, await answer.json());
    } catch (error) {
      if (attempt + 1 >= TRIES) throw new RosterUnavailable('no roster from the endpoint', { cause: error });
      await wait(backoff(attempt, 500, 4000));
    }
  }
}
