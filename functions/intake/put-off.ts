import { gunzipSync, gzipSync } from 'node:zlib';
import { announce, type EventOf } from '../../events/contract.ts';
import { DeliveryPutOff } from '../../events/delivery-put-off.ts';
import { LeadDuplicated } from '../../events/lead-duplicated.ts';
import type { SourceName } from '../../shared/intake/sources.ts';
import type { Form } from '../../shared/lead/form.ts';
import type { Lead } from '../../shared/lead/lead.ts';
import { create } from '../../shared/lead/store.ts';
import { iso } from '../../shared/platform/clock.ts';
import { commit, riding } from '../../shared/platform/commit.ts';
import type { Answer } from '../../shared/platform/http-step.ts';
import { Problem } from '../../shared/platform/problem.ts';
import { sendToSelf } from '../../shared/platform/queue-step.ts';
import { newId } from '../../shared/platform/random.ts';
import type { Table } from '../../shared/platform/table.ts';
import type { Deadlines } from '../../shared/sla/rules.ts';
import type { Delivery } from './delivery.ts';
import { baseOf } from './receive.ts';

/** What a message may weigh, in bytes. */
const HEAVIEST = 256 * 1024 - 1024;

/** Nothing was stored: the sender is to come again. */
const busy = (): Problem => new Problem(503, 'busy, nothing was stored: please try again', [], { 'retry-after': '5' });

/** Puts a delivery into intake's own queue, to be taken in once the table is less busy. @throws Problem 503 when that fails too */
export async function putOff(delivery: Delivery): Promise<void> {
  const { leadId, source, shown, headers, query, at } = delivery;
  const body = gzipSync(delivery.body).toString('base64');
  if (body.length > HEAVIEST) throw busy();
  const detail: EventOf<typeof DeliveryPutOff> = {
    eventId: newId(at),
    at: iso(at),
    leadId,
    source,
    shown,
    headers: { ...headers },
    query: { ...query },
    body,
  };
  try {
    await sendToSelf({ type: DeliveryPutOff.type, detail });
  } catch {
    throw busy();
  }
}

/** The delivery that was put off. */
export const fromQueue = (detail: EventOf<typeof DeliveryPutOff>): Delivery => ({
  source: detail.source as SourceName,
  shown: detail.shown,
  headers: detail.headers,
  query: detail.query,
  body: gunzipSync(Buffer.from(detail.body, 'base64')),
  at: new Date(detail.at),
  leadId: detail.leadId,
  again: true,
  promised: true,
});

/**
 * A sender was told a lead's id while the table was busy, sent the same again, and that was taken in first, under another id:
 * the one that was told becomes its duplicate, so that it leads somewhere.
 */
export async function keepPromise(
  to: Table,
  leadId: string,
  form: Form,
  before: Answer,
  deadlines: Deadlines,
  at: Date,
): Promise<void> {
  const duplicateOf = (before.body as { leadId?: string } | undefined)?.leadId;
  if (duplicateOf === undefined || duplicateOf === leadId) return;
  const lead: Lead = { ...baseOf(leadId, form, deadlines, at), status: 'duplicate', duplicateOf };
  const event = announce(LeadDuplicated, { leadId, duplicateOf, source: form.source.channel });
  await commit(to, create(lead, form, riding(event, at)));
}
