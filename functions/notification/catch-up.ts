import { channelIsUp, isHopeless, settle, tryLater, waitFor, waitingFor } from '../../shared/notice/waiting/store.ts';
import { log } from '../../shared/platform/log.ts';
import type { Table } from '../../shared/platform/table.ts';
import { codeOf, idOf } from './deliver.ts';
import type { ChannelName, Message } from './message.ts';
import { send } from './send.ts';

/** So many messages are sent at once; the next follow in a minute: no storm after a long silence. */
const AT_ONCE = 50;
/** A message may be at fault itself. When so many fail in a row, the channel is. */
const MOST_FAILURES = 3;

/** Sends what waits for a channel, the oldest first. What has waited for a day is given up. */
export async function catchUp(table: Table, channel: ChannelName, now: () => Date): Promise<void> {
  const waiting = await waitingFor<Message>(table, channel, AT_ONCE);
  let failures = 0;
  let taken = 0;
  for (const each of waiting) {
    if (isHopeless(each, now())) {
      log.warn('message given up', { step: 'notification', channel, eventId: each.notice.eventId });
      await settle(table, each.notice, 'failed');
      continue;
    }
    try {
      await send(table, each.message, idOf(each.notice), now());
    } catch (error) {
      if (codeOf(error) === 'rate-limited') return tryLater(table, channel, 'more', now());
      failures += 1;
      await waitFor(table, each.notice, each.message, codeOf(error), now());
      if (failures >= MOST_FAILURES) break;
      continue;
    }
    failures = 0;
    taken += 1;
    await settle(table, each.notice, 'sent');
  }
  if (waiting.length === 0) return channelIsUp(table, channel);
  await tryLater(table, channel, failures > 0 && taken === 0 ? 'failed' : 'more', now());
}
