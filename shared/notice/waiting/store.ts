import { ChannelDue } from '../../../events/channel-due.ts';
import { announce } from '../../../events/contract.ts';
import { after, iso } from '../../platform/clock.ts';
import { Conflict, commit, commitOnce, commitOne, outbox, update } from '../../platform/commit.ts';
import { get, getMany, indexes, queryIndex, spanIndex, type Table } from '../../platform/table.ts';
import { attempted, attemptOf, keyOf, type Notice } from '../store.ts';

/**
 * Messages that their channel did not take at any of the quick tries. They wait in the order in which they came; the channel is
 * tried again with the oldest, and once it takes one, the others follow. Beside them those for people who are not to be told of
 * anything before a certain hour.
 */

const MINUTE = 60_000;
/** A channel is tried again after so many minutes: no less often than every quarter of an hour. */
const PAUSES = [1, 2, 4, 8, 15];
/** A message is given up when it has waited so long. */
const PATIENCE = 24 * 60 * MINUTE;
/** A trial that does not end within this time has died. */
const TRIAL = 5 * MINUTE;

/** Which channels messages wait for. */
export const channelsKey = { pk: 'CHANNELS', sk: 'WAITING' };
const list = (channel: string): string => `WAITING#${channel}`;

/** When a channel is tried next, and how often that failed already. */
interface Trial {
  tryAt: string;
  failures: number;
  /** How often messages had begun to wait when its list was last looked at and nothing in it was due. */
  looked?: number;
}

/** A message that waits. */
export interface Waiting<M> {
  notice: Notice;
  message: M;
  since: string;
}

/** Where messages for people in their quiet hours wait, as if for a channel. */
export const QUIET = 'quiet';

/** What a channel said, and from when on it takes messages again, if it said so. */
export interface Refused {
  code: string;
  notBefore?: Date | undefined;
}

/** Lets a message wait for its channel, from when it was first tried. */
export async function waitFor(
  table: Table,
  notice: Notice,
  message: object,
  { code, notBefore }: Refused,
  at: Date,
): Promise<void> {
  const { channel } = notice;
  const tryAt = iso(new Date(Math.max(after(at, MINUTE).getTime(), notBefore?.getTime() ?? 0)));
  await commit(table, [
    update('notice', keyOf(notice), {
      expression: `SET #state = :waiting, notice = :notice, message = :message, since = if_not_exists(since, :at), due = :list, dueAt = if_not_exists(dueAt, :at), ${attempted} REMOVE leaseUntil`,
      names: { '#state': 'state' },
      values: {
        ':waiting': 'waiting',
        ':notice': notice,
        ':message': message,
        ':at': iso(at),
        ':list': list(channel),
        ...attemptOf(at, code),
      },
    }),
    // The count tells whoever finds nothing waiting that something has begun to.
    update('channels', channelsKey, {
      expression: `SET #channel = ${notBefore ? ':trial' : 'if_not_exists(#channel, :trial)'} ADD #begun :one`,
      names: { '#channel': channel, '#begun': begun(channel) },
      values: { ':trial': { tryAt, failures: 0 } satisfies Trial, ':one': 1 },
    }),
  ]);
}

const begun = (channel: string): string => `begun:${channel}`;

/** Lets a message wait until its recipient's quiet hours end. */
export async function holdUntil(table: Table, notice: Notice, message: object, until: string): Promise<void> {
  const seen = (await get(table, channelsKey))?.[QUIET] as Trial | undefined;
  const sooner = seen === undefined || until < seen.tryAt;
  await commit(table, [
    update('notice', keyOf(notice), {
      expression:
        'SET #state = :waiting, notice = :notice, message = :message, since = :until, due = :list, dueAt = :until REMOVE leaseUntil',
      names: { '#state': 'state' },
      values: {
        ':waiting': 'waiting',
        ':notice': notice,
        ':message': message,
        ':until': until,
        ':list': list(QUIET),
      },
    }),
    update('channels', channelsKey, {
      expression: `${sooner ? 'SET #channel = :trial ' : ''}ADD #begun :one`,
      // Whoever took or moved the trial meanwhile knows nothing of this message.
      onlyIf: seen === undefined ? 'attribute_not_exists(#channel)' : '#channel.tryAt = :seen',
      names: { '#channel': QUIET, '#begun': begun(QUIET) },
      values: {
        ':one': 1,
        ...(sooner ? { ':trial': { tryAt: until, failures: 0 } satisfies Trial } : {}),
        ...(seen === undefined ? {} : { ':seen': seen.tryAt }),
      },
    }),
  ]);
}

/** Announces the channels that messages wait for and that are to be tried now. */
export async function announceDue(table: Table, at: Date): Promise<void> {
  const item = await get(table, channelsKey);
  for (const [channel, trial] of Object.entries(item ?? {})) {
    if (typeof trial !== 'object' || (trial as Trial).tryAt > iso(at)) continue;
    const { tryAt } = trial as Trial;
    await commitOnce(table, [
      update('channels', channelsKey, {
        expression: 'SET #channel = :trial',
        onlyIf: '#channel.tryAt = :seen',
        names: { '#channel': channel },
        values: { ':trial': { ...(trial as Trial), tryAt: iso(after(at, TRIAL)) } satisfies Trial, ':seen': tryAt },
      }),
      outbox(channelsKey.pk, announce(ChannelDue, { channel }), at),
    ]);
  }
}

/** When a channel that messages wait for is tried next, the soonest of all; undefined when nothing waits. */
export async function soonestTrial(table: Table): Promise<Date | undefined> {
  const item = await get(table, channelsKey);
  const trials = Object.values(item ?? {}).flatMap((trial) =>
    trial !== null && typeof trial === 'object' ? [(trial as Trial).tryAt] : [],
  );
  const [soonest] = trials.sort();
  return soonest === undefined ? undefined : new Date(soonest);
}

/** How often messages have begun to wait for a channel, ever. */
export const begunSoFar = async (table: Table, channel: string): Promise<number> =>
  Number((await get(table, channelsKey))?.[begun(channel)] ?? 0);

/** The messages that wait for a channel and are due, the oldest first. */
export async function waitingFor<M>(table: Table, channel: string, limit: number, at: Date): Promise<Waiting<M>[]> {
  const keys = await queryIndex(table, { index: indexes.due, pk: list(channel), upTo: iso(at), limit });
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

/** A message that waited was sent, is given up, or says what is true no more: what it said is not kept. */
export const settle = (
  table: Table,
  notice: Notice,
  state: 'sent' | 'failed' | 'withdrawn',
  at: Date,
  code?: string,
): Promise<void> =>
  commitOne(
    table,
    update('notice', keyOf(notice), {
      expression: `SET #state = :state, ${attempted} REMOVE message, due, dueAt`,
      onlyIf: '#state = :waiting',
      names: { '#state': 'state' },
      values: { ':state': state, ':waiting': 'waiting', ...attemptOf(at, code) },
    }),
  ).catch((error: unknown) => {
    if (!(error instanceof Conflict)) throw error;
  });

/**
 * Nothing that waits for a channel is due now: it is looked at again when the next is, or not at all. The list lags, behind what was
 * just settled and what has just begun to wait: it is believed once it was looked at before, and nothing has begun since (`seen`).
 */
export async function sleepOn(table: Table, channel: string, seen: number, at: Date): Promise<void> {
  const trial = (await get(table, channelsKey))?.[channel] as Trial | undefined;
  const isBelieved = trial?.looked === seen;
  const [next] = isBelieved ? await queryIndex(table, { index: indexes.due, pk: list(channel), limit: 1 }) : [];
  const tryAt = isBelieved ? next && String(next.dueAt) : iso(after(at, MINUTE));
  const values = {
    ...(seen === 0 ? {} : { ':seen': seen }),
    ...(tryAt === undefined ? {} : { ':trial': { tryAt, failures: 0, looked: seen } satisfies Trial }),
  };
  await commitOnce(table, [
    update('channels', channelsKey, {
      expression: tryAt === undefined ? 'REMOVE #channel' : 'SET #channel = :trial',
      onlyIf: seen === 0 ? 'attribute_not_exists(#begun)' : '#begun = :seen',
      names: { '#channel': channel, '#begun': begun(channel) },
      ...(Object.keys(values).length === 0 ? {} : { values }),
    }),
  ]);
}

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

/** Withdraws what waits, for a channel or for somebody's quiet hours to end, and is about something. */
export async function withdrawAbout(table: Table, isAbout: (message: string) => boolean, at: Date): Promise<void> {
  const item = await get(table, channelsKey);
  const channels = Object.entries(item ?? {}).flatMap(([name, trial]) => (typeof trial === 'object' ? [name] : []));
  for (const channel of new Set([...channels, QUIET])) {
    const keys = await spanIndex(table, { index: indexes.due, pk: list(channel), from: '0', to: '9999' });
    for (const { state, notice, message } of await getMany(table, keys)) {
      if (state === 'waiting' && isAbout(JSON.stringify(message)))
        await settle(table, notice as Notice, 'withdrawn', at, 'erased');
    }
  }
}
