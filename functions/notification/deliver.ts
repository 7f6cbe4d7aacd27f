import { claimNotice, giveBack, markSent, type Notice } from '../../shared/notice/store.ts';
import type { Table } from '../../shared/platform/table.ts';
import { channels } from './channels/index.ts';
import type { Message } from './message.ts';

/**
 * Sends each message once, however often its event is delivered. One that fails does not keep the others back.
 * @throws the first failure, so that the event comes again; what was sent stays sent
 */
export async function deliver(
  table: Table,
  eventId: string,
  messages: readonly Message[],
  now: () => Date,
): Promise<void> {
  const sent = await Promise.allSettled(messages.map((message) => deliverOne(table, eventId, message, now)));
  const failed = sent.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}

async function deliverOne(table: Table, eventId: string, message: Message, now: () => Date): Promise<void> {
  const { channel, to } = message;
  const notice: Notice = { partition: `NOTICES#${eventId}`, eventId, channel, to };
  if (!(await claimNotice(table, notice, now()))) return;
  try {
    await channels[channel].send(message, `${eventId}/${channel}/${to}`);
  } catch (error) {
    await giveBack(table, notice);
    throw error;
  }
  await markSent(table, notice);
}
