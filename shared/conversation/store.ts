import { announce } from '../../events/contract.ts';
import { MessagesAdded } from '../../events/messages-added.ts';
import { contactMade } from '../journey/first-contact/store.ts';
import { isClosed, type Lead } from '../lead/lead.ts';
import { leadPartition } from '../lead/partition.ts';
import { type Change, commit, outbox, put } from '../platform/commit.ts';
import { sha256 } from '../platform/random.ts';
import { getMany, query, type Table } from '../platform/table.ts';
import type { SlaRules } from '../sla/rules.ts';
import { firstContactIn, type Said } from './message.ts';

/** A message of a conversation as it lies with its lead. */
export interface Kept extends Said {
  channel: string;
  threadId?: string | undefined;
  /** Who forwarded it; absent when it came from a connected chat. */
  forwardedBy?: string | undefined;
}

/** Messages in the transaction that also changes the lead; what is more goes before it. */
const AT_ONCE = 40;
/** Messages written in one transaction by themselves. */
const BEFORE = 90;

const keyOf = (leadId: string, { messageId }: Pick<Said, 'messageId'>) => ({
  pk: leadPartition(leadId),
  // Hashed: a vendor's id may hold anything. By the id alone: the same message is the same whenever it is told of.
  sk: `MESSAGE#${sha256(messageId).slice(0, 32)}`,
});

/** Where the messages come from. */
export interface Origin {
  channel: string;
  threadId?: string | undefined;
  repId?: string | undefined;
}

/** The messages with a lead, oldest first. */
export async function messagesOf(from: Table, leadId: string): Promise<Kept[]> {
  const items = await query(from, { pk: leadPartition(leadId), begins: 'MESSAGE#' });
  const kept = items.map(({ message }) => message as Kept);
  return kept.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** Those of the messages that do not lie with the lead yet. */
async function unknown(from: Table, leadId: string, messages: readonly Said[]): Promise<Said[]> {
  const items = await getMany(
    from,
    messages.map((message) => keyOf(leadId, message)),
  );
  const known = new Set(items.map(({ sk }) => sk));
  return messages.filter((message) => !known.has(keyOf(leadId, message).sk));
}

const putMessage = (leadId: string, message: Said, { channel, threadId, repId }: Origin): Change =>
  put('message', {
    ...keyOf(leadId, message),
    message: { ...message, channel, threadId, forwardedBy: repId } satisfies Kept,
  });

/**
 * Adds messages to a lead, each once however often it is told of; a contact among them counts from when it was made. `more` is
 * written in the transaction that adds the last of them, also when there is nothing new.
 * @returns how many were new, and the lead as it is then
 * @throws Conflict when the lead changed meanwhile
 */
export async function addMessages(
  table: Table,
  { lead, sla }: { lead: Lead; sla: SlaRules },
  messages: readonly Said[],
  origin: Origin,
  at: Date,
  more: readonly Change[] = [],
): Promise<{ added: number; lead: Lead }> {
  const { leadId } = lead;
  const fresh = await unknown(table, leadId, messages);
  const early = fresh.slice(0, Math.max(0, fresh.length - AT_ONCE));
  for (let n = 0; n < early.length; n += BEFORE)
    await commit(
      table,
      early.slice(n, n + BEFORE).map((message) => putMessage(leadId, message, origin)),
    );
  // Of all of them: those that a try before this one wrote have not been counted, if it went no further.
  const contactAt = isClosed(lead) ? undefined : firstContactIn(messages, lead.receivedAt);
  const known = lead.sla.firstContactAt;
  const isNews = contactAt !== undefined && (known === null || contactAt < known || fresh.length > 0);
  const made = isNews ? contactMade(lead, contactAt, sla, at) : undefined;
  const { channel, repId } = origin;
  const event = announce(MessagesAdded, {
    leadId,
    channel,
    messages: fresh.length,
    first: made?.first ?? false,
    ...(repId === undefined ? {} : { repId }),
  });
  const changes = [
    ...fresh.slice(early.length).map((message) => putMessage(leadId, message, origin)),
    ...(made?.changes ?? []),
    ...(fresh.length > 0 ? [outbox(leadPartition(leadId), event, at)] : []),
    ...more,
  ];
  if (changes.length > 0) await commit(table, changes);
  return { added: fresh.length, lead: made?.lead ?? lead };
}
