import { asTheyWere } from '../journey/corrections/marked.ts';
import type { Interaction } from '../journey/interaction.ts';
import type { Lead } from '../lead/lead.ts';
import { iso } from '../platform/clock.ts';
import { timeOf } from '../platform/random.ts';
import { countingsOfContact } from './counted-contact.ts';
import { type Counting, undone } from './counting.ts';

/**
 * What a contact that was corrected counts for: what it counted for is taken back on the day on which it was logged, and what it
 * was counts there instead. `records`: all of the lead's before this one.
 */
export function countingsOfCorrection(
  lead: Lead,
  wrong: Interaction,
  right: Interaction,
  records: readonly Interaction[],
): Counting[] {
  const root = wrong.counted?.deed.sk.split('#')[1] ?? wrong.interactionId;
  const loggedAt = iso(timeOf(root));
  const others = asTheyWere(records).filter(({ interactionId }) => interactionId !== wrong.interactionId);
  const under = (counting: Counting): Counting => ({
    ...counting,
    of: { ...counting.of, id: `${counting.of.id}-${right.interactionId}` },
  });
  const before = countingsOfContact(lead, wrong, others, loggedAt).map(under);
  const after = right.retracted ? [] : countingsOfContact(lead, right, others, loggedAt).map(under);
  return [...before.map(undone), ...after];
}
