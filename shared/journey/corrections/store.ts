import { ContactCorrected } from '../../../events/contact-corrected.ts';
import { announce } from '../../../events/contract.ts';
import { countCorrectionOf } from '../../appraisal/facts/store.ts';
import { isClosed, type Lead } from '../../lead/lead.ts';
import { leadPartition } from '../../lead/partition.ts';
import { save } from '../../lead/store.ts';
import { type Change, outbox } from '../../platform/commit.ts';
import { newId } from '../../platform/random.ts';
import type { SlaRules } from '../../sla/rules.ts';
import type { Contact } from '../contacts/store.ts';
import { contactMade } from '../first-contact/store.ts';
import { countCorrection } from '../health/store.ts';
import { type Interaction, isContact } from '../interaction.ts';
import { addInteraction } from '../store.ts';

/** A contact as it was, or that it never was; and why that is said. */
export type Correction = { reason: string; repId?: string } & ({ retracted: true } | Contact);

/** A lead with all its records before the correction. */
interface Corrected {
  lead: Lead;
  records: readonly Interaction[];
}

/** All that a correction changes, in one transaction. The lead is saved too: two corrections of one contact meet there. */
export function corrected(
  { lead, records }: Corrected,
  wrong: Interaction,
  right: Correction,
  sla: SlaRules,
  at: Date,
) {
  const { leadId } = lead;
  const interactionId = newId(at);
  const { corrects: _, reason: __, retracted: ___, ...was } = wrong;
  const record: Interaction =
    'retracted' in right
      ? { ...was, interactionId, corrects: wrong.interactionId, reason: right.reason, retracted: true }
      : {
          ...right,
          interactionId,
          corrects: wrong.interactionId,
          ...(wrong.counted ? { counted: wrong.counted } : {}),
        };
  const reached = !('retracted' in right) && isContact(right);
  const made =
    reached && !isClosed(lead)
      ? contactMade(lead, record.at, sla, at)
      : { lead, first: false, changes: [save(lead, lead)] as Change[] };
  const event = announce(ContactCorrected, {
    leadId,
    interactionId,
    corrects: wrong.interactionId,
    reason: right.reason,
  });
  return {
    changes: [
      ...made.changes,
      addInteraction(leadId, record),
      ...countCorrection(wrong, record),
      ...countCorrectionOf(lead, wrong, record, records),
      outbox(leadPartition(leadId), event, at),
    ],
    answer: { interactionId, corrects: wrong.interactionId, firstContactAt: made.lead.sla.firstContactAt },
  };
}
