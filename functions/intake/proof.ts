import { createHmac } from 'node:crypto';
import type { Call } from '../../shared/platform/http-step.ts';
import { Problem, wrongKey } from '../../shared/platform/problem.ts';
import { type Secret, sameKey, sourceKey } from '../../shared/platform/secrets.ts';

/** How calls show whose they are. All of it on the raw bytes, compared in constant time. */

/** A signed call may be so old, or so far ahead, in milliseconds. */
const TOLERANCE = 5 * 60 * 1000;

/** A 401 that names the header at fault. */
export const notSigned = (header: string, message = 'is not our signature'): Problem =>
  new Problem(401, `${header} ${message}`, [{ path: header, message }]);

/** @throws Problem 401 for a time (milliseconds) that is not now: a call that somebody recorded */
export function mustBeFresh(header: string, ms: number, at: Date): void {
  if (!(Math.abs(at.getTime() - ms) <= TOLERANCE)) throw notSigned(header, 'is not within five minutes of now');
}

/** HMAC-SHA256 of the parts, one after the other. */
export function hmac(key: string | Uint8Array, ...parts: (string | Uint8Array)[]): Buffer {
  const made = createHmac('sha256', key);
  for (const part of parts) made.update(part);
  return made.digest();
}

/** Whether a call shows the key of a source: in `x-api-key`, as `?key=`, or as the last part of its address. */
export function showsKey({ headers, query, params }: Call, expected: string): boolean {
  const shown = headers['x-api-key'] ?? query.key ?? params.key;
  return shown !== undefined && sameKey(shown, expected);
}

/** @throws Problem 401 when a call does not show the key of its source */
export function mustShowKey(call: Call, secret: Secret, source: string): 'key' {
  if (!showsKey(call, sourceKey(secret, source))) throw wrongKey();
  return 'key';
}

/** Keys that a secret may stand for: what follows `whsec_` in Base64, or else its own characters. */
function keysIn(secret: string): Buffer[] {
  const bare = secret.replace(/^whsec_/, '');
  return [Buffer.from(bare, 'base64'), Buffer.from(bare), Buffer.from(secret)];
}

/**
 * Whether a call is signed by Standard Webhooks (symmetric, `v1`). One fitting entry of the list is enough, so that secrets can
 * be changed without a gap.
 * @throws Problem 401 when its time is not now
 */
export function isStandardSigned({ headers, body }: Call, secret: string, at: Date): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
  if (!id || !timestamp || !signatures) return false;
  const shown = signatures.split(' ').flatMap((entry) => (entry.startsWith('v1,') ? [entry.slice(3)] : []));
  const right = keysIn(secret).some((key) => {
    const expected = hmac(key, `${id}.${timestamp}.`, body).toString('base64');
    return shown.some((each) => sameKey(each, expected));
  });
  if (right) mustBeFresh('webhook-timestamp', Number(timestamp) * 1000, at);
  return right;
}
