import { now } from '../../shared/platform/clock.ts';
import { queueStep, type StepContext } from '../../shared/platform/queue-step.ts';
import { table } from '../../shared/platform/table.ts';
import { byTrigger, scheduleStep } from '../../shared/platform/triggers.ts';
import { catchUp } from './catch-up.ts';
import { channels } from './channels/index.ts';
import { ADMINS, forAdmins } from './compose.ts';
import { deliver } from './deliver.ts';
import { sendDigests } from './digest.ts';
import { type ChannelName, NotTaken } from './message.ts';
import { messagesOf, type Woken, woken } from './messages-of.ts';
import { noticeRulesNow } from './rules.ts';

/** What has to be told → the people who have to know it, by their channels, once each; and each morning, who let what lie. */
export const handler = byTrigger({
  queue: queueStep(woken, tell),
  schedule: scheduleStep(() => sendDigests(table(), now)),
});

/** Tells of one event. */
async function tell(event: Woken, { table, now, lastTry }: StepContext): Promise<void> {
  if (event.type === 'ChannelDue') return catchUp(table, nameOf(event.detail.channel), now);
  const composed = await messagesOf(table, event);
  const alerts = composed.some(({ to }) => to === ADMINS);
  const messages = alerts ? forAdmins(composed, await noticeRulesNow(table)) : composed;
  await deliver(table, event.detail.eventId, messages, { now, lastTry });
}

function nameOf(channel: string): ChannelName {
  if (channel in channels) return channel as ChannelName;
  throw new NotTaken(channel, 'unknown-channel');
}
