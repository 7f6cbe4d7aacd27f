import { gunzipSync } from 'node:zlib';
import type { EventOf } from '../../events/contract.ts';
import { DeliveryPutOff } from '../../events/delivery-put-off.ts';
import { catalogue } from '../../events/index.ts';
import { LeadAccepted } from '../../events/lead-accepted.ts';
import { LeadReceived } from '../../events/lead-received.ts';
import { LeadReleased } from '../../events/lead-released.ts';
import { LeadScored } from '../../events/lead-scored.ts';
import { MessageQuarantined } from '../../events/message-quarantined.ts';
import { isOpen } from '../../shared/breaker/store.ts';
import { current } from '../../shared/config/store.ts';
import { keepAside } from '../../shared/intake/quarantine/store.ts';
import type { SourceName } from '../../shared/intake/sources.ts';
import { read } from '../../shared/lead/store.ts';
import { commit, reconsider } from '../../shared/platform/commit.ts';
import { quarantine, readQuarantined, redrive, redriveDue } from '../../shared/platform/quarantine.ts';
import { queueStep, TryAgain } from '../../shared/platform/queue-step.ts';
import { sendToManual } from '../../shared/routing/store.ts';

/** Events whose failure leaves a lead waiting for an owner. */
const leadWaits: readonly string[] = [LeadReceived.type, LeadAccepted.type, LeadScored.type, LeadReleased.type];

/**
 * Dead letters of the steps → nothing waits silently: a lead still waiting goes to the manual group; any other event that no
 * retry could deal with is put aside for the admins to see, and sent on its way again some times, for what was down may be up.
 * Woken by the dead-letter queues.
 */
export const handler = queueStep(catalogue, async ({ type, detail }, { table, now }) => {
  const { leadId } = detail as { leadId?: string };
  if (leadId !== undefined && leadWaits.includes(type)) {
    await reconsider(async () => {
      const lead = await read(table, leadId);
      if (lead?.status !== 'received' && lead?.status !== 'scored') return; // somebody dealt with it meanwhile
      const versions = await current(table);
      const cause = lead.lastCause ?? 'dependency';
      await commit(table, sendToManual(lead, cause, versions, now(), await isOpen(table, cause)));
    });
    return;
  }
  if (type === DeliveryPutOff.type) {
    // Its sender was told that it is taken: an admin takes it in again.
    const { eventId, at, ...delivery } = detail as EventOf<typeof DeliveryPutOff>;
    const body = gunzipSync(Buffer.from(delivery.body, 'base64'));
    const kept = { ...delivery, source: delivery.source as SourceName, kind: 'delivery' as const, body, cameAt: at };
    await keepAside(table, kept, { reason: 'could not be stored at any try' }, now());
    return;
  }
  const found = {
    quarantineId: detail.eventId,
    step: 'dead-letters',
    reason: `${type} failed at every try`,
    raw: JSON.stringify(detail),
    type,
  };
  // An alert about an alert that cannot be sent would come back here for ever.
  await quarantine(table, found, now(), type === MessageQuarantined.type);
  const kept = await readQuarantined(table, detail.eventId);
  const due = kept && redriveDue(kept);
  if (!due) return;
  const wait = due.getTime() - now().getTime();
  if (wait > 0) throw new TryAgain(wait / 1000);
  await redrive(table, detail.eventId, 'dead-letters', now());
});
