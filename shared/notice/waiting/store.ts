import { ChannelDue } from '../../../events/channel-due.ts';
import { announce } from '../../../events/contract.ts';
import { after, iso } from '../../platform/clock.ts';
import { Conflict, commit, commitOnce, commitOne, outbox, update } from '../../platform/commit.ts';
import { get, getMany, indexes, queryIndex, type Table } from '../../platform/table.ts';
import { keyOf, type Notice } from '../store.ts';

/**
 * Messages that their channel did not take at any of the quick tries. They wait in the order in which they came; the channel is
 * tried again with the oldest, and once it takes one, the others follow.
 */

const MINUTE = 60_000;
/** A channel is tried again after so many minutes: no less often than every quarter of an hour. */
const PAUSES = [1, 2, 4, 8, 15];
/** A message is given up when it has waited so long. */
const PATIENCE = 24 * 60 * MINUTE;
/** A trial that does not end within this time has died. */
const TRIAL = 5 * MINUTE;

const channelsKey = { pk: 'CHANNELS', sk: 'WAITING' };
const list = (channel: string): string => `WAITING#${channel}`;

/** When a channel is tried next, and how often that failed already. */
interface Trial {
  tryAt: string;
  failures: number;
}

/** A message that waits. */
export interface Waiting<M> {
  notice: Notice;
  message: M;
  since: string;
}

/** Lets a message wait for its channel, from when it was first tried. */
export async function waitFor(table: Table, notice: Notice, message: object, code: string, at: Date): Promise<void> {
  const { channel } = notice;
  await commit(table, [
    update('notice', keyOf(notice), {
      expression:
        'SET #state = :waiting, notice = :notice, message = :message, code = :code, since = if_not_exists(since, :at), due = :list, dueAt = if_not_exists(dueAt, :at) ADD tries :one',
      names: { '#state': 'state' },
      values: {
        ':waiting': 'waiting',
        ':notice': notice,
        ':message': message,
        ':code': code,
        ':at': iso(at),
        ':list': list(channel),
        ':one': 1,
      },
    }),
    update('channels', channelsKey, {
      expression: 'SET #channel = if_not_exists(#channel, :trial)',
      names: { '#channel': channel },
      values: { ':trial': { tryAt: iso(after(at, MINUTE)), failures: 0 } satisfies Trial },
    }),
  ]);
}

/** Announces the channels that messages wait for and that are to be tried now. */
export async function announceDue(table: Table, at: Date): Promise<void> {
  const item = await get(table, channelsKey);
  for (const [channel, trial] of Object.entries(item ?? {})) {
    if (typeof trial !== 'object' || (trial as Trial).tryAt > iso(at)) continue;
    const { tryAt, failures } = trial as Trial;
    await commitOnce(table, [
      update('channels', channelsKey, {
        expression: 'SET #channel = :trial',
        onlyIf: '#channel.tryAt = :seen',
        names: { '#channel': channel },
        values: { ':trial': { tryAt: iso(after(at, TRIAL)), failures } satisfies Trial, ':seen': tryAt },
      }),
      outbox(channelsKey.pk, announce(ChannelDue, { channel }), at),
    ]);
  }
}

/** The messages that wait for a channel, the oldest first. */
export async function waitingFor<M>(table: Table, channel: string, limit: number): Promise<Waiting<M>[]> {
  const keys = await queryIndex(table, { index: indexes.due, pk: list(channel), limit });
  const items = new Map((await getMany(table, keys)).map((item) => [`${item.pk} ${item.sk}`, item]));
  return keys.flatMap(({ pk, sk }) => {
    const item = items.get(`${pk} ${sk}`);
    if (item?.state !== 'waiting') return [];
    return [{ notice: item.notice as Notice, message: item.message as M, since: String(item.since) }];
  });
}

/** Whether a message has waited long enough. */
export const isHopeless = ({ since }: { since: string }, at: Date): boolean =>
  at.getTime() - Date.parse(since) > PATIENCE;

/** A message that waited was sent, or is given up: what it said is not kept. */
export const settle = (table: Table, notice: Notice, state: 'sent' | 'failed'): Promise<void> =>
  commitOne(
    table,
    update('notice', keyOf(notice), {
      expression: 'SET #state = :state REMOVE message, due, dueAt',
      onlyIf: '#state = :waiting',
      names: { '#state': 'state' },
      values: { ':state': state, ':waiting': 'waiting' },
    }),
  ).catch((error: unknown) => {
    if (!(error instanceof Conflict)) throw error;
  });

/** Nothing waits for a channel any more. */
export const channelIsUp = (table: Table, channel: string): Promise<void> =>
  commitOne(table, update('channels', channelsKey, { expression: 'REMOVE #channel', names: { '#channel': channel } }));

/** A channel is to be tried later: after a longer pause when it failed, in a minute when it took some but not all yet. */
export async function tryLater(table: Table, channel: string, outcome: 'failed' | 'more', at: Date): Promise<void> {
  const trial = (await get(table, channelsKey))?.[channel] as Trial | undefined;
  const failures = outcome === 'failed' ? (trial?.failures ?? 0) + 1 : 0;
  const minutes = PAUSES[Math.min(failures, PAUSES.length - 1)] ?? 1;
  await commitOne(
    table,
    update('channels', channelsKey, {
      expression: 'SET #channel = :trial',
      names: { '#channel': channel },
      values: { ':trial': { tryAt: iso(after(at, minutes * MINUTE)), failures } satisfies Trial },
    }),
  );
}
