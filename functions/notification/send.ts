import { claimSlot } from '../../shared/notice/rate/store.ts';
import type { Table } from '../../shared/platform/table.ts';
import { channels } from './channels/index.ts';
import { type Message, NotTaken } from './message.ts';

/** Sends a message, if its channel's vendor takes one more this minute. @throws NotTaken `rate-limited`, or what the channel throws */
export async function send(table: Table, message: Message, id: string, at: Date): Promise<void> {
  const { perMinute, send, name } = channels[message.channel];
  if (perMinute !== undefined && !(await claimSlot(table, name, perMinute, at)))
    throw new NotTaken(name, 'rate-limited');
  await send(message, id);
}
