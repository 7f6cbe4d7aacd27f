import { after, expiry, iso } from '../platform/clock.ts';
import { absent, type Change, Conflict, commitOne, put, update } from '../platform/commit.ts';
import { sha256 } from '../platform/random.ts';
import { get, query, type Table } from '../platform/table.ts';

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

/** Where a notice lies. */
export const keyOf = ({ partition, eventId, channel, to }: Notice) => ({
  pk: partition,
  // Hashed: a phone number has no place in a key.
  sk: `NOTICE#${eventId}#${channel}#${sha256(to).slice(0, 16)}`,
});

/** Whether a caller shall send a notice now, or what became of it already. */
export type Claim =
  /** `again`: an earlier try may have reached the vendor. */
  { state: 'mine'; again: boolean } | { state: 'sent' | 'waiting' | 'failed' | 'withdrawn' };

const lease = (at: Date): string => iso(after(at, LEASE));

/**
 * Claims the sending of a notice for the one caller who shall send it now. A claim whose holder died is free again after a
 * minute.
 * @throws Conflict while somebody else is sending it
 */
export async function claimNotice(to: Table, notice: Notice, at: Date): Promise<Claim> {
  const { channel } = notice;
  const common = { channel, at: iso(at), state: 'sending', leaseUntil: lease(at), expiresAt: expiry(at, KEPT) };
  try {
    await commitOne(to, put('notice', { ...keyOf(notice), ...common }, absent));
    return { state: 'mine', again: false };
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
  }
  const found = await get(to, keyOf(notice));
  if (found && found.state !== 'sending') return { state: found.state as Exclude<Claim['state'], 'mine'> };
  await commitOne(to, takeOver(notice, 'sending', at));
  return { state: 'mine', again: true };
}

/** Takes a notice of this state for oneself, unless somebody else is at it. */
const takeOver = (notice: Notice, state: 'sending' | 'waiting', at: Date): Change =>
  update('notice', keyOf(notice), {
    expression: 'SET leaseUntil = :until',
    onlyIf: '#state = :state AND (attribute_not_exists(leaseUntil) OR leaseUntil < :now)',
    names: { '#state': 'state' },
    values: { ':state': state, ':now': iso(at), ':until': lease(at) },
  });

/** Claims another try of a notice that waits: false while somebody else is at it, or when it waits no more. */
export async function claimWaiting(to: Table, notice: Notice, at: Date): Promise<boolean> {
  try {
    await commitOne(to, takeOver(notice, 'waiting', at));
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
  const items = await query(from, { pk: `NOTICES#${eventId}`, begins: 'NOTICE#' });
  return items.map(({ at, channel, state, attempts }) => {
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
  });
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
