import { MessagesAdded } from '../../events/messages-added.ts';
import { reconsider } from '../../shared/platform/commit.ts';
import { queueStep } from '../../shared/platform/queue-step.ts';
import { understandLead } from './understand-lead.ts';

/**
 * MessagesAdded → what was said with the customer is understood: topics, each with the words it stands on, and how likely they
 * are to buy → ConversationUnderstood, LeadRescored. Woken by the understanding queue.
 */
export const handler = queueStep([MessagesAdded], async ({ detail: { leadId } }, { table, now }) => {
  await reconsider(() => understandLead(table, leadId, now()));
});
