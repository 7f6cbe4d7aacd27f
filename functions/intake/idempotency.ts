import { answered, type IdempotencyKey, keyOf, partitionOf, remembering } from '../../shared/idempotency/store.ts';
import { now } from '../../shared/platform/clock.ts';
import type { Answer, Call } from '../../shared/platform/http-step.ts';
import { Problem } from '../../shared/platform/problem.ts';
import { sha256 } from '../../shared/platform/random.ts';
import type { Read, Table } from '../../shared/platform/table.ts';
import type { Delivery } from './delivery.ts';

/** Platforms send the same lead again for days, and backfills for months. */
const NINETY_DAYS = 90 * 24 * 3600 * 1000;

/**
 * The call's `Idempotency-Key`, or else the `webhook-id` that all tries of a Standard Webhook share; undefined when it has neither.
 * Each source has keys of its own.
 */
export function idempotency(
  { headers, body }: Pick<Call, 'headers' | 'body'>,
  source: string,
): IdempotencyKey | undefined {
  const { 'idempotency-key': key, 'webhook-id': webhookId } = headers;
  if (key !== undefined || webhookId === undefined) return keyOf(headers, source, body);
  const pk = pkOfId('lead', source, webhookId);
  const bodyHash = sha256(body);
  return { pk, sent: { header: 'webhook-id', bodyHash }, remember: remembering(pk, NINETY_DAYS, bodyHash) };
}

const pkOfId = (kind: 'lead' | 'reference', source: string, id: string): string => partitionOf(`${source}#${kind}`, id);

/** The key of a lead, or of a platform's word of one, by the platform's own id. */
export function platformKey(kind: 'lead' | 'reference', source: string, id: string): IdempotencyKey {
  const pk = pkOfId(kind, source, id);
  return { pk, remember: remembering(pk, NINETY_DAYS) };
}

/** A key that another body had first, for the body that came second: the same body is still the same lead. */
function withBody({ pk: ofKey }: IdempotencyKey, body: Buffer): IdempotencyKey {
  const pk = `${ofKey}#${sha256(body)}`;
  return { pk, remember: remembering(pk, NINETY_DAYS) };
}

/**
 * What was answered to a delivery's key before, and the key to remember this answer by. A refusal helps only a sender who hears of it:
 * what was promised, or is taken in again, goes by key and body where another body had the key first.
 * @throws Problem 409 for a sender who can still choose another key
 */
export async function answeredTo(
  from: Table,
  key: IdempotencyKey | undefined,
  { promised, retaken, body }: Delivery,
  how?: Read,
): Promise<{ key: IdempotencyKey | undefined; before: Answer | undefined }> {
  try {
    return { key, before: await answered(from, key, now(), how) };
  } catch (error) {
    const isRefusal = error instanceof Problem && error.status === 409;
    if (!key || !isRefusal || !(promised || retaken)) throw error;
    const own = withBody(key, body);
    return { key: own, before: await answered(from, own, now(), how) };
  }
}
