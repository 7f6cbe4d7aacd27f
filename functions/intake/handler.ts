import { DeliveryPutOff } from '../../events/delivery-put-off.ts';
import { ImportPartReceived } from '../../events/import-part-received.ts';
import { LeadReferenceReceived } from '../../events/lead-reference-received.ts';
import { RetakeAsked } from '../../events/retake-asked.ts';
import { now } from '../../shared/platform/clock.ts';
import { httpStep } from '../../shared/platform/http-step.ts';
import { queueStep } from '../../shared/platform/queue-step.ts';
import { readSecret } from '../../shared/platform/secrets.ts';
import { table } from '../../shared/platform/table.ts';
import { byTrigger } from '../../shared/platform/triggers.ts';
import { admit } from './admit.ts';
import { deliveryOf, unpacked, verified } from './delivery.ts';
import { deliveryFor } from './fetch-lead.ts';
import { takePart } from './import-part.ts';
import { takeInNowOrLater, takeInPromised } from './later.ts';
import { fromQueue } from './put-off.ts';
import { retake } from './retake.ts';
import { sourceNamed } from './take-in.ts';

/** What sources send → leads, stored and announced before the answer. Woken by HTTP, and by its own queue for what takes longer. */
export const handler = byTrigger({
  /** `POST /leads/{source}`, and the platforms' checks of that address. */
  http: httpStep(async (call) => {
    const source = sourceNamed(call.params.source ?? call.path.split('/')[2] ?? '');
    const plain = unpacked(source, call);
    const secret = await readSecret();
    const checked = source.handshake?.(plain, secret);
    if (checked) return checked;
    const shown = verified(source, plain, call, secret, now());
    await admit(plain, source.name, secret);
    return takeInNowOrLater(deliveryOf(source, plain, shown, now()), table());
  }),

  /** Leads to be fetched, rows of files, what an admin wants taken in again, and what came while the table was busy. */
  queue: queueStep(
    [LeadReferenceReceived, ImportPartReceived, RetakeAsked, DeliveryPutOff],
    async ({ type, detail }, context) => {
      if (type === RetakeAsked.type) return retake(detail.quarantineId, detail.by, context);
      if (type === ImportPartReceived.type) return takePart(detail.importId, detail.part, new Date(detail.at), context);
      if (type === DeliveryPutOff.type) return takeInPromised(fromQueue(detail), context);
      const delivery = await deliveryFor(detail, context);
      if (delivery) await takeInPromised(delivery, context);
    },
  ),
});
