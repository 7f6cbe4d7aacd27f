import { type IdempotencyKey, keyOf, partitionOf, remembering } from '../../shared/idempotency/store.ts';
import type { Call } from '../../shared/platform/http-step.ts';
import { sha256 } from '../../shared/platform/random.ts';

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
