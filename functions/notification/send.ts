import { claimSlot } from '../../shared/notice/rate/store.ts';
import { sha256 } from '../../shared/platform/random.ts';
import { channels } from './channels/index.ts';
import { type Channel, type ChannelName, type Message, NotTaken, type Sending } from './message.ts';

/** Until when channels want no message, as they said to this process. */
const paused = new Map<ChannelName, Date>();

/** A message may be at fault itself. When so many fail in a row, the channel is. */
export const MOST_FAILURES = 3;

/** The messages that a channel did not take since it last took one, as far as this process saw, by their ids. */
const refusals = new Map<ChannelName, Set<string>>();

/** Whether the channel seems to be at fault: to try again at once would lead nowhere. */
export const isDown = (channel: ChannelName): boolean => (refusals.get(channel)?.size ?? 0) >= MOST_FAILURES;

function notTaken(channel: ChannelName, id: string): void {
  const ids = refusals.get(channel) ?? new Set();
  if (ids.size < MOST_FAILURES) refusals.set(channel, ids.add(id));
}

/** What went wrong, in a word. */
export const codeOf = (error: unknown): string =>
  error instanceof NotTaken ? error.code : error instanceof Error ? error.name : 'unknown';

/** When the channel takes messages again, if it said so. */
export const notBefore = (error: unknown, at: Date): Date | undefined =>
  error instanceof NotTaken && error.retryAfter !== undefined
    ? new Date(at.getTime() + error.retryAfter * 1000)
    : undefined;

/** As many messages as the vendor takes in a minute, of all and for this recipient, are counted. */
async function mayGo(
  { name, perMinute, perMinuteEach }: Channel,
  to: string,
  { table, at }: Sending,
): Promise<boolean> {
  if (perMinute !== undefined && !(await claimSlot(table, name, perMinute, at))) return false;
  // A user's id has no place in a key.
  return perMinuteEach === undefined || claimSlot(table, `${name}#${sha256(to).slice(0, 16)}`, perMinuteEach, at);
}

/** Sends a message, if its channel's vendor takes one more now. @throws NotTaken `rate-limited`, or what the channel throws */
export async function send(message: Message, sending: Sending): Promise<void> {
  const channel = channels[message.channel];
  const until = paused.get(channel.name);
  if (until && until > sending.at) throw new NotTaken(channel.name, 'rate-limited');
  if (!(await mayGo(channel, message.to, sending))) throw new NotTaken(channel.name, 'rate-limited');
  try {
    await channel.send(message, sending);
    refusals.delete(channel.name);
  } catch (error) {
    if (!(error instanceof NotTaken && error.forGood)) notTaken(channel.name, sending.id);
    const until = notBefore(error, sending.at);
    if (until) paused.set(channel.name, until);
    throw error;
  }
}
