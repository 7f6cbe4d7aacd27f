import {
  claimNotice,
  claimRound,
  endRound,
  giveBack,
  markFailed,
  markSent,
  type Notice,
  nameOf,
  partitionOf,
  wasTakenAtFirst,
} from '../../shared/notice/store.ts';
import { holdUntil, waitFor } from '../../shared/notice/waiting/store.ts';
import { reconsider } from '../../shared/platform/commit.ts';
import { log } from '../../shared/platform/log.ts';
import type { Table } from '../../shared/platform/table.ts';
import { type Message, NotTaken } from './message.ts';
import { codeOf, isDown, notBefore, send } from './send.ts';

/** When it is, and whether the event would not come again. */
export interface Try {
  now: () => Date;
  lastTry: boolean;
}

/** The same at every try of the same message. */
export const idOf = ({ eventId, channel, to }: Notice): string => `${eventId}/${channel}/${to}`;

const noticeOf = (eventId: string, { channel, to }: Message): Notice => ({
  partition: partitionOf(eventId),
  eventId,
  channel,
  to,
});

/**
 * Sends each message once, however often its event is delivered. One that fails does not keep the others back; at the last try,
 * or when its channel is down, it is left to wait for it, and what a channel refuses for good goes another way.
 * @throws the first failure before that, so that the event comes again; what was sent stays sent. Claimed: somebody else is at it
 */
export async function deliver(table: Table, eventId: string, messages: readonly Message[], how: Try): Promise<void> {
  // Where two of an event's recipients are reached by the same way, they are told once.
  const distinct = [...Map.groupBy(messages, nameOf).values()].flatMap(([first]) => first ?? []);
  if (distinct.length === 0) return;
  const round = await claimRound(table, eventId, distinct, how.now());
  const left: Left[] =
    round.state === 'mine'
      ? await tryAll(table, eventId, distinct, how, round.again)
      : distinct.filter((message) => !round.taken.has(nameOf(message))).map((message) => ({ message }));
  // Ways that lead to the same other one go in turn: the second finds what came of it.
  const turns = Map.groupBy(left, ({ message }) => nameOf(message.instead[0] ?? message));
  const sent = await Promise.all([...turns.values()].map((some) => inTurn(table, eventId, some, how)));
  const failed = sent.flat().find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}

async function inTurn(table: Table, eventId: string, left: readonly Left[], how: Try) {
  const sent: PromiseSettledResult<void>[] = [];
  for (const { message, error } of left)
    sent.push(...(await Promise.allSettled([deliverOne(table, eventId, message, how, error)])));
  return sent;
}

/** A message that is to go on by itself: its channel's refusal, if it was tried just now. */
interface Left {
  message: Message;
  error?: unknown;
}

/** Tries all messages that may go now, and gives those that were not taken. */
async function tryAll(
  table: Table,
  eventId: string,
  messages: readonly Message[],
  how: Try,
  again: boolean,
): Promise<Left[]> {
  const left: Left[] = [];
  const taken: Message[] = [];
  await Promise.all(
    messages.map(async (message) => {
      if (message.quietUntil !== undefined) return left.push({ message });
      try {
        await send(message, { id: idOf(noticeOf(eventId, message)), table, at: how.now(), again });
        return taken.push(message);
      } catch (error) {
        return left.push({ message, error });
      }
    }),
  );
  await endRound(table, eventId, taken, how.now());
  return left;
}

/** Sends a message by itself: after its first try (`error`, what came of it, if that was just now), or by another way. */
async function deliverOne(table: Table, eventId: string, message: Message, how: Try, error?: unknown): Promise<void> {
  const { quietUntil } = message;
  const notice = noticeOf(eventId, message);
  const claim = await claimNotice(table, notice, how.now());
  if (claim.state === 'failed') return goAnotherWay(table, eventId, message, how);
  if (claim.state !== 'mine') return;
  if (quietUntil !== undefined) return reconsider(() => holdUntil(table, notice, message, quietUntil));
  if (error !== undefined) return refused(table, notice, message, error, how);
  try {
    await send(message, { id: idOf(notice), table, at: how.now(), again: true });
  } catch (error) {
    return refused(table, notice, message, error, how);
  }
  await markSent(table, notice, how.now());
}

/** No try of this message can succeed: the next way is taken, if there is one. */
export const isForGood = (error: unknown, { instead }: Message): boolean =>
  error instanceof NotTaken && error.forGood && (instead.length > 0 || error.code !== 'not-configured');

async function refused(table: Table, notice: Notice, message: Message, error: unknown, how: Try): Promise<void> {
  const at = how.now();
  const code = codeOf(error);
  const later = notBefore(error, at);
  if (isForGood(error, message)) {
    await markFailed(table, notice, code, at);
    return goAnotherWay(table, notice.eventId, message, how);
  }
  // The next minute is soon enough, and no try is lost for it.
  const canWait =
    later !== undefined || code === 'rate-limited' || code === 'not-configured' || isDown(message.channel);
  if (how.lastTry || canWait) return waitFor(table, notice, message, { code, notBefore: later }, at);
  await giveBack(table, notice, code, at);
  throw error;
}

/** Tells the same person by the next way. Where two ways lead to the same one, it is taken once. */
export async function goAnotherWay(table: Table, eventId: string, message: Message, how: Try): Promise<void> {
  const [next, ...instead] = message.instead;
  if (!next) return log.warn('message given up', { step: 'notification', channel: message.channel, eventId });
  const other = { ...message, ...next, instead };
  if (await wasTakenAtFirst(table, noticeOf(eventId, other))) return;
  await deliverOne(table, eventId, other, how);
}
