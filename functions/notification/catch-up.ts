import { Claimed, claimWaiting } from '../../shared/notice/store.ts';
import {
  begunSoFar,
  isHopeless,
  QUIET,
  settle,
  sleepOn,
  tryLater,
  type Waiting,
  waitFor,
  waitingFor,
} from '../../shared/notice/waiting/store.ts';
import type { Table } from '../../shared/platform/table.ts';
import { goAnotherWay, idOf, isForGood } from './deliver.ts';
import type { ChannelName, Message } from './message.ts';
import { codeOf, MOST_FAILURES, notBefore, send } from './send.ts';
import { saidAt, standingOf } from './standing.ts';
import { isUntrue } from './untrue.ts';

/** So many messages are sent at once; the next follow in a minute: no storm after a long silence. */
const AT_ONCE = 50;

/** Sends what waits for a channel, the oldest first. What has waited for a day is given up, or goes another way. */
export async function catchUp(table: Table, channel: ChannelName, now: () => Date): Promise<void> {
  const begun = await begunSoFar(table, channel);
  const waiting = await waitingFor<Message>(table, channel, AT_ONCE, now());
  let failures = 0;
  let taken = 0;
  const left = [...waiting];
  for (let each = left.shift(); each && failures <= MOST_FAILURES; each = left.shift()) {
    const outcome = await tryAgain(table, each, now);
    // It said when it takes messages again, and that is noted.
    if (outcome === 'put-off') return;
    if (outcome === 'rate-limited') return tryLater(table, channel, 'more', now());
    if (outcome === 'failed') failures += 1;
    else failures = 0;
    if (outcome === 'settled') taken += 1;
    // Some may never be taken: whether the channel takes any other, the newest tells.
    const newest = failures === MOST_FAILURES ? left.pop() : undefined;
    if (newest) left.unshift(newest);
  }
  if (waiting.length === 0) return sleepOn(table, channel, begun, now());
  await tryLater(table, channel, failures > 0 && taken === 0 ? 'failed' : 'more', now());
}

/** Sends what people are told now that their quiet hours are over. */
export async function wake(table: Table, now: () => Date): Promise<void> {
  const begun = await begunSoFar(table, QUIET);
  for (const each of await waitingFor<Message>(table, QUIET, AT_ONCE, now())) await tryAgain(table, each, now);
  await sleepOn(table, QUIET, begun, now());
}

type Outcome = 'settled' | 'failed' | 'rate-limited' | 'put-off' | 'not-mine';

async function tryAgain(table: Table, waiting: Waiting<Message>, now: () => Date): Promise<Outcome> {
  const { notice, message } = waiting;
  const at = now();
  if (!(await claimWaiting(table, notice, at))) return 'not-mine';
  const standing = await standingOf(table, message);
  if (isUntrue(message.kind, message.about ?? {}, standing)) {
    await settle(table, notice, 'withdrawn', at, 'untrue-meanwhile');
    return 'settled';
  }
  const said = saidAt(message, standing, at);
  const giveUp = async (code: string): Promise<Outcome> => {
    try {
      await goAnotherWay(table, notice.eventId, said, { now, lastTry: true });
    } catch (error) {
      if (!(error instanceof Claimed)) throw error;
      return 'not-mine';
    }
    await settle(table, notice, 'failed', at, code);
    return 'settled';
  };
  if (isHopeless(waiting, at)) return giveUp('waited-too-long');
  try {
    await send(said, { id: idOf(notice), table, at, again: true });
  } catch (error) {
    if (isForGood(error, message)) return giveUp(codeOf(error));
    const later = notBefore(error, at);
    await waitFor(table, notice, message, { code: codeOf(error), notBefore: later }, at);
    if (later) return 'put-off';
    return codeOf(error) === 'rate-limited' ? 'rate-limited' : 'failed';
  }
  await settle(table, notice, 'sent', at);
  return 'settled';
}
