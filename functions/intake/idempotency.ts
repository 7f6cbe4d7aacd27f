import { expiry } from '../../shared/platform/clock.ts';
import { type Change, put } from '../../shared/platform/commit.ts';
import type { Answer, Call } from '../../shared/platform/http-step.ts';
import { invalid, Problem } from '../../shared/platform/problem.ts';
import { sha256 } from '../../shared/platform/random.ts';
import { get, type Table } from '../../shared/platform/table.ts';

const ONE_DAY = 24 * 3600 * 1000;
const LONGEST_KEY = 255;

/** A caller's `Idempotency-Key` together with what it was sent with. */
export interface IdempotencyKey {
  readonly pk: string;
  readonly bodyHash: string;
  /** Keeps the answer for a day, in the transaction that it answers for. */
  readonly remember: (answer: Answer, at: Date) => Change;
}

/** The call's `Idempotency-Key`, or undefined when it has none. Each source has keys of its own. */
export function idempotency(call: Call, source: string): IdempotencyKey | undefined {
  const key = call.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (key.length === 0 || key.length > LONGEST_KEY) throw invalid('Idempotency-Key', `1 to ${LONGEST_KEY} characters`);
  const pk = `IDEMPOTENCY#${source}#${sha256(key)}`;
  const bodyHash = sha256(call.body);
  const remember = (answer: Answer, at: Date): Change =>
    put(
      'idempotency key',
      { pk, sk: 'IDEMPOTENCY', bodyHash, answer, expiresAt: expiry(at, ONE_DAY) },
      { expression: 'attribute_not_exists(pk) OR expiresAt <= :now', values: { ':now': expiry(at, 0) } },
    );
  return { pk, bodyHash, remember };
}

/** The answer given before to the same key and body, if any. @throws Problem 409 when the body differs */
export async function answered(from: Table, key: IdempotencyKey | undefined, at: Date): Promise<Answer | undefined> {
  if (!key) return undefined;
  const item = await get(from, { pk: key.pk, sk: 'IDEMPOTENCY' });
  // Time to live deletes late; what has expired counts as gone.
  if (!item || Number(item.expiresAt) <= expiry(at, 0)) return undefined;
  if (item.bodyHash === key.bodyHash) return item.answer as Answer;
  throw new Problem(409, 'this Idempotency-Key was used with another body', [
    { path: 'Idempotency-Key', message: 'used before with another body' },
  ]);
}
