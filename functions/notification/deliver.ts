import { claimNotice, giveBack, markSent, type Notice } from '../../shared/notice/store.ts';
import { waitFor } from '../../shared/notice/waiting/store.ts';
import type { Table } from '../../shared/platform/table.ts';
import { type Message, NotTaken } from './message.ts';
import { send } from './send.ts';

/** When it is, and whether the event would not come again. */
export interface Try {
  now: () => Date;
  lastTry: boolean;
}

/** The same at every try of the same message. */
export const idOf = ({ eventId, channel, to }: Notice): string => `${eventId}/${channel}/${to}`;

/** What went wrong, in a word. */
export const codeOf = (error: unknown): string =>
  error instanceof NotTaken ? error.code : error instanceof Error ? error.name : 'unknown';

/**
 * Sends each message once, however often its event is delivered. One that fails does not keep the others back; at the last try
 * it is left to wait for its channel.
 * @throws the first failure before that, so that the event comes again; what was sent stays sent
 */
export async function deliver(table: Table, eventId: string, messages: readonly Message[], how: Try): Promise<void> {
  const sent = await Promise.allSettled(messages.map((message) => deliverOne(table, eventId, message, how)));
  const failed = sent.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}

async function deliverOne(table: Table, eventId: string, message: Message, { now, lastTry }: Try): Promise<void> {
  const { channel, to } = message;
  const notice: Notice = { partition: `NOTICES#${eventId}`, eventId, channel, to };
  if (!(await claimNotice(table, notice, now()))) return;
  try {
    await send(table, message, idOf(notice), now());
  } catch (error) {
    // The next minute is soon enough, and no try is lost for it.
    if (lastTry || codeOf(error) === 'rate-limited') return waitFor(table, notice, message, codeOf(error), now());
    await giveBack(table, notice);
    throw error;
  }
  await markSent(table, notice);
}
