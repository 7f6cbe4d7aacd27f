import { after, expiry, iso } from '../platform/clock.ts';
import { absent, type Change, Conflict, commitOne, isRefused, put, update } from '../platform/commit.ts';
import { newId, sha256 } from '../platform/random.ts';
import { get, type Item, type Key, query, type Table } from '../platform/table.ts';

const LEASE = 60_000;
const KEPT = 30 * 24 * 3600 * 1000;

/** One message to one recipient by one channel, because of one event. */
export interface Notice {
  /** Partition of the event's subject. */
  partition: string;
  eventId: string;
  channel: string;
  to: string;
}

/** The partition of what an event causes to be told. */
export const partitionOf = (eventId: string): string => `NOTICES#${eventId}`;

/** What tells a notice from the others of its event. Hashed: a phone number has no place in a key. */
export const nameOf = ({ channel, to }: Pick<Notice, 'channel' | 'to'>): string =>
  `${channel}#${sha256(to).slice(0, 16)}`;

/** Where a notice lies by itself. */
export const keyOf = (notice: Notice) => ({
  pk: notice.partition,
  sk: `NOTICE#${notice.eventId}#${nameOf(notice)}`,
});

/** Where the first try of all notices of an event lies. */
const roundKey = (eventId: string) => ({ pk: partitionOf(eventId), sk: `NOTICE#${eventId}` });

/** Whether a caller shall send a notice now, or what became of it already. */
export type Claim =
  /** `again`: an earlier try may have reached the vendor. */
  { state: 'mine'; again: boolean } | { state: 'sent' | 'waiting' | 'failed' | 'withdrawn' };

const lease = (at: Date): string => iso(after(at, LEASE));

/** `claim` tells whose it is: where the answer to a try was lost, the next finds what it wrote itself. */
const claimed = (at: Date, claim: string) => ({
  at: iso(at),
  state: 'sending',
  claim,
  leaseUntil: lease(at),
  expiresAt: expiry(at, KEPT),
});

/** Somebody else is at it: until then, if they died. */
export class Claimed extends Conflict {
  override readonly name = 'Claimed';
  private readonly until: Date;
  constructor(about: string[], until: Date) {
    super(about);
    this.until = until;
  }
  /** How many seconds later the claim is free again: never more than one lasts, whatever the clocks say. */
  freeAfter(at: Date): number {
    const ms = Math.min(LEASE, Math.max(0, this.until.getTime() - at.getTime()));
    return Math.ceil(ms / 1000) + 1;
  }
}

/** What is to be done with the messages of an event. */
export type Round =
  /** All of them are to be tried. `again`: an earlier try may have reached the vendors. */
  | { state: 'mine'; again: boolean }
  /** Their first try is over: it took these, by name, and the others go on by themselves. */
  | { state: 'over'; taken: ReadonlySet<string> };

/**
 * Claims the first try of all messages that an event causes, for the one caller who shall make it now. It is claimed and marked
 * as one, however many they are: two writes, and most need no other. A claim whose holder died is free again after a minute.
 * @throws Claimed while somebody else is at it
 */
export async function claimRound(
  to: Table,
  eventId: string,
  messages: readonly Pick<Notice, 'channel' | 'to'>[],
  at: Date,
): Promise<Round> {
  const key = roundKey(eventId);
  const claim = newId(at);
  try {
    await commitOne(to, put('notices', { ...key, ...claimed(at, claim), tries: messages.map(nameOf) }, absent));
    return { state: 'mine', again: false };
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
  }
  const found = await get(to, key);
  if (found?.claim === claim) return { state: 'mine', again: false };
  if (found?.state === 'over') return { state: 'over', taken: takenIn(found) };
  return takeFrom(to, key, found, claim, at);
}

/** Ends the first try of an event's messages: what it took never goes out again. */
export const endRound = (
  to: Table,
  eventId: string,
  taken: readonly Pick<Notice, 'channel' | 'to'>[],
  at: Date,
): Promise<void> =>
  commitOne(
    to,
    update('notices', roundKey(eventId), {
      expression: 'SET #state = :over, endedAt = :at, taken = :taken REMOVE tries',
      names: { '#state': 'state' },
      values: { ':over': 'over', ':at': iso(at), ':taken': taken.map(nameOf) },
    }),
  );

const takenIn = (round: Item | undefined): ReadonlySet<string> => new Set((round?.taken ?? []) as string[]);

/** Whether a message was taken at the first try of its event's messages. */
export const wasTakenAtFirst = async (from: Table, notice: Notice): Promise<boolean> =>
  takenIn(await get(from, roundKey(notice.eventId))).has(nameOf(notice));

/**
 * Claims the sending of a notice for the one caller who shall send it now. A claim whose holder died is free again after a
 * minute.
 * @throws Claimed while somebody else is sending it
 */
export async function claimNotice(to: Table, notice: Notice, at: Date): Promise<Claim> {
  const claim = newId(at);
  try {
    await commitOne(to, put('notice', { ...keyOf(notice), channel: notice.channel, ...claimed(at, claim) }, absent));
    return { state: 'mine', again: false };
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
  }
  const found = await get(to, keyOf(notice));
  if (found?.claim === claim) return { state: 'mine', again: false };
  if (found && found.state !== 'sending') return { state: found.state as Exclude<Claim['state'], 'mine'> };
  return takeFrom(to, keyOf(notice), found, claim, at);
}

/** Takes what somebody claimed who seems to have died. @throws Claimed if they may be at it still */
async function takeFrom(
  to: Table,
  key: Key,
  found: Item | undefined,
  claim: string,
  at: Date,
): Promise<{ state: 'mine'; again: true }> {
  try {
    await commitOne(to, takeOver(key, 'sending', claim, at));
    return { state: 'mine', again: true };
  } catch (error) {
    if (!isRefused(error)) throw error;
    throw new Claimed(error.about, new Date(String(found?.leaseUntil ?? iso(at))));
  }
}

/** Takes what is in this state for oneself, unless somebody else is at it. */
const takeOver = (key: Key, state: 'sending' | 'waiting', claim: string, at: Date): Change =>
  update('notice', key, {
    expression: 'SET leaseUntil = :until, claim = :claim',
    onlyIf: '#state = :state AND (attribute_not_exists(leaseUntil) OR leaseUntil < :now OR claim = :claim)',
    names: { '#state': 'state' },
    values: { ':state': state, ':now': iso(at), ':until': lease(at), ':claim': claim },
  });

/** Claims another try of a notice that waits: false while somebody else is at it, or when it waits no more. */
export async function claimWaiting(to: Table, notice: Notice, at: Date): Promise<boolean> {
  try {
    await commitOne(to, takeOver(keyOf(notice), 'waiting', newId(at), at));
    return true;
  } catch (error) {
    if (error instanceof Conflict) return false;
    throw error;
  }
}

/** One try: when (ISO 8601), and what the channel said; nothing where it took the message. */
interface Attempt {
  at: string;
  code?: string;
}

/** What became of a message: to whom is said by the event. */
export interface NoticeSeen {
  at: string;
  channel: string;
  state: 'sending' | 'sent' | 'waiting' | 'failed' | 'withdrawn';
  attempts: Attempt[];
  /** Tries that failed, and what the channel said last. */
  tries?: number;
  code?: string;
}

/** What became of the messages that an event caused. */
export async function noticesOf(from: Table, eventId: string): Promise<NoticeSeen[]> {
  const items = await query(from, { pk: partitionOf(eventId), begins: 'NOTICE#' });
  return items.flatMap((item) => (item.sk === roundKey(eventId).sk ? seenInRound(item) : [seen(item)]));
}

/** Those that are on their way by their first try, or were taken at it. */
function seenInRound({ at, state, endedAt, tries, taken }: Item): NoticeSeen[] {
  const attempts = state === 'over' ? [{ at: String(endedAt) }] : [];
  return ((tries ?? taken) as string[]).map((name) => ({
    at: String(at),
    channel: name.split('#')[0] ?? '',
    state: state === 'over' ? 'sent' : 'sending',
    attempts,
  }));
}

function seen({ at, channel, state, attempts }: Item): NoticeSeen {
  const made = (attempts as Attempt[] | undefined) ?? [];
  const failed = made.filter(({ code }) => code !== undefined);
  const last = failed.at(-1)?.code;
  return {
    at: String(at),
    channel: String(channel),
    state: state as NoticeSeen['state'],
    attempts: made,
    ...(failed.length === 0 ? {} : { tries: failed.length }),
    ...(last === undefined ? {} : { code: last }),
  };
}

/** Writes one more try into a notice's update. */
export const attempted = 'attempts = list_append(if_not_exists(attempts, :none), :attempt)';

/** The values that `attempted` names. */
export const attemptOf = (at: Date, code?: string): Record<string, unknown> => ({
  ':none': [],
  ':attempt': [{ at: iso(at), ...(code === undefined ? {} : { code }) } satisfies Attempt],
});

/** Marks a notice as sent: it never goes out again. */
export const markSent = (to: Table, notice: Notice, at: Date): Promise<void> =>
  commitOne(to, ended(notice, 'sent', at));

/** Marks a notice as refused for good. */
export const markFailed = (to: Table, notice: Notice, code: string, at: Date): Promise<void> =>
  commitOne(to, ended(notice, 'failed', at, code));

/** Gives a claim back after a failed try, so that the next need not wait for it to lapse. */
export const giveBack = (to: Table, notice: Notice, code: string, at: Date): Promise<void> =>
  commitOne(
    to,
    update('notice', keyOf(notice), {
      expression: `SET leaseUntil = :past, ${attempted}`,
      values: { ':past': '1970-01-01T00:00:00.000Z', ...attemptOf(at, code) },
    }),
  );

const ended = (notice: Notice, state: 'sent' | 'failed', at: Date, code?: string): Change =>
  update('notice', keyOf(notice), {
    expression: `SET #state = :state, ${attempted}`,
    names: { '#state': 'state' },
    values: { ':state': state, ...attemptOf(at, code) },
  });
