import { expiry } from '../platform/clock.ts';
import { type Change, put } from '../platform/commit.ts';
import type { Answer, Call } from '../platform/http-step.ts';
import { invalid, Problem } from '../platform/problem.ts';
import { sha256 } from '../platform/random.ts';
import { get, type Read, type Table } from '../platform/table.ts';

const ONE_DAY = 24 * 3600 * 1000;
const LONGEST_KEY = 255;

/** A key under which the same is done once: the one that a call was sent with, or a platform's own id. */
export interface IdempotencyKey {
  readonly pk: string;
  /** The header that a sender's key stood in, and with what. A platform may say more of the same thing when it says it again. */
  readonly sent?: { readonly header: string; readonly bodyHash: string };
  /** Keeps the answer, in the transaction that it answers for: for a day, or ninety of a webhook's or a platform's id. */
  readonly remember: (answer: Answer, at: Date) => Change;
}

/**
 * The call's `Idempotency-Key`, kept for a day; undefined when it has none.
 * @param among whose keys it is one of, and for what: the same key of others is another
 */
export function keyOf(
  { 'idempotency-key': key }: Call['headers'],
  among: string,
  body: string | Buffer,
): IdempotencyKey | undefined {
  if (key === undefined) return undefined;
  if (key.length === 0 || key.length > LONGEST_KEY) throw invalid('Idempotency-Key', `1 to ${LONGEST_KEY} characters`);
  const pk = partitionOf(among, key);
  const bodyHash = sha256(body);
  return { pk, sent: { header: 'Idempotency-Key', bodyHash }, remember: remembering(pk, ONE_DAY, bodyHash) };
}

/** Where lies what was answered to a key. */
export const partitionOf = (among: string, key: string): string => `IDEMPOTENCY#${among}#${sha256(key)}`;

/** Keeps what is answered to a key for so long (milliseconds). */
export const remembering =
  (pk: string, keptFor: number, bodyHash?: string) =>
  (answer: Answer, at: Date): Change =>
    put(
      'idempotency key',
      {
        pk,
        sk: 'IDEMPOTENCY',
        ...(bodyHash === undefined ? {} : { bodyHash }),
        // As text: a map of the table's comes back in another order.
        answer: JSON.stringify(answer),
        expiresAt: expiry(at, keptFor),
      },
      { expression: 'attribute_not_exists(pk) OR expiresAt <= :now', values: { ':now': expiry(at, 0) } },
    );

/** The answer given before to the same key and body, if any. @throws Problem 409 when the body differs */
export async function answered(
  from: Table,
  key: IdempotencyKey | undefined,
  at: Date,
  read: Read = 'strongly',
): Promise<Answer | undefined> {
  if (!key) return undefined;
  const item = await get(from, { pk: key.pk, sk: 'IDEMPOTENCY' }, read);
  // Time to live deletes late; what has expired counts as gone.
  if (!item || Number(item.expiresAt) <= expiry(at, 0)) return undefined;
  const { answer, bodyHash } = item;
  // Webhooks’ ids were remembered without what they came with before.
  if (key.sent === undefined || bodyHash === undefined || bodyHash === key.sent.bodyHash)
    return (typeof answer === 'string' ? JSON.parse(answer) : answer) as Answer;
  const { header } = key.sent;
  throw new Problem(409, `this ${header} was used with another body`, [
    { path: header, message: 'used before with another body' },
  ]);
}
