import { setTimeout as wait } from 'node:timers/promises';
import type * as z from 'zod';
import { readJson } from './json.ts';
import { backoff } from './random.ts';

const TIMEOUT = 3000;
const TRIES = 3;

/** A vendor did not answer as it says it does. */
export class VendorUnavailable extends Error {
  override readonly name = 'VendorUnavailable';
}

/** Asks a vendor's API: GET, or POST where there is a body. 3 s each, 3 tries. @throws VendorUnavailable */
export async function askVendor<S extends z.ZodType>(
  url: string,
  body: object | undefined,
  schema: S,
): Promise<z.infer<S>> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const answer = await fetch(url, {
        signal: AbortSignal.timeout(TIMEOUT),
        redirect: 'error',
        ...(body
          ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
          : { method: 'GET' }),
      });
      if (!answer.ok) throw new VendorUnavailable(`status ${answer.status}`);
      return schema.parse(readJson(await answer.text()));
    } catch (error) {
      // The address holds the token: what went wrong is told without it.
      if (attempt + 1 >= TRIES) throw new VendorUnavailable(error instanceof Error ? error.name : 'unknown');
      await wait(backoff(attempt, 200, 2000));
    }
  }
}
