import { expiry } from '../../shared/platform/clock.ts';
import { type Change, put } from '../../shared/platform/commit.ts';
import type { Answer, Call } from '../../shared/platform/http-step.ts';
import { invalid, Problem } from '../../shared/platform/problem.ts';
import { sha256 } from '../../shared/platform/random.ts';
import { get, type Read, type Table } from '../../shared/platform/table.ts';

const ONE_DAY = 24 * 3600 * 1000;
/** Platforms send the same lead again for days, and backfills for months. */
const NINETY_DAYS = 90 * ONE_DAY;
const LONGEST_KEY = 255;

/** A key under which the same is taken in once: the one that a call was sent with, or a platform's own id. */
export interface IdempotencyKey {
  readonly pk: string;
  /** The header that a sender's key stood in, and with what. A platform may say more of the same thing when it says it again. */
  readonly sent?: { readonly header: string; readonly bodyHash: string };
  /** Keeps the answer, in the transaction that it answers for: for a day, or ninety of a webhook's or a platform's id. */
  readonly remember: (answer: Answer, at: Date) => Change;
}

/**
 * The call's `Idempotency-Key`, or else the `webhook-id` that all tries of a Standard Webhook share; undefined when it has neither.
 * Each source has keys of its own.
 */
export function idempotency(
  { headers, body }: Pick<Call, 'headers' | 'body'>,
  source: string,
): IdempotencyKey | undefined {
  const { 'idempotency-key': key, 'webhook-id': webhookId } = headers;
  const bodyHash = sha256(body);
  if (key === undefined) {
    if (webhookId === undefined) return undefined;
    const pk = pkOfId('lead', source, webhookId);
    return { pk, sent: { header: 'webhook-id', bodyHash }, remember: remembering(pk, NINETY_DAYS, bodyHash) };
  }
  if (key.length === 0 || key.length > LONGEST_KEY) throw invalid('Idempotency-Key', `1 to ${LONGEST_KEY} characters`);
  const pk = `IDEMPOTENCY#${source}#${sha256(key)}`;
  return { pk, sent: { header: 'Idempotency-Key', bodyHash }, remember: remembering(pk, ONE_DAY, bodyHash) };
}

const pkOfId = (kind: 'lead' | 'reference', source: string, id: string): string =>
  `IDEMPOTENCY#${source}#${kind}#${sha256(id)}`;

/** The key of a lead, or of a platform's word of one, by the platform's own id. */
export function platformKey(kind: 'lead' | 'reference', source: string, id: string): IdempotencyKey {
  const pk = pkOfId(kind, source, id);
  return { pk, remember: remembering(pk, NINETY_DAYS) };
}

const remembering =
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
