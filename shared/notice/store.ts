import { after, expiry, iso } from '../platform/clock.ts';
import { Conflict, commitOne, put, update } from '../platform/commit.ts';
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

/**
 * Claims the sending of a notice: true for the one caller who shall send it now, false when it was sent, or waits for its
 * channel. A claim whose holder died is free again after a minute.
 * @throws Conflict while somebody else is sending it
 */
export async function claimNotice(to: Table, notice: Notice, at: Date): Promise<boolean> {
  const { channel } = notice;
  const item = {
    ...keyOf(notice),
    channel,
    at: iso(at),
    state: 'sending',
    leaseUntil: iso(after(at, LEASE)),
    expiresAt: expiry(at, KEPT),
  };
  try {
    await commitOne(
      to,
      put('notice', item, {
        expression: 'attribute_not_exists(pk) OR (#state = :sending AND leaseUntil < :now)',
        names: { '#state': 'state' },
        values: { ':sending': 'sending', ':now': iso(at) },
      }),
    );
    return true;
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    const found = await get(to, keyOf(notice));
    if (found && found.state !== 'sending') return false;
    throw error;
  }
}

/** What became of a message: to whom is said by the event. */
export interface NoticeSeen {
  at: string;
  channel: string;
  state: 'sending' | 'sent' | 'waiting' | 'failed';
  /** Tries that failed after the quick ones, and what the channel said last. */
  tries?: number;
  code?: string;
}

/** What became of the messages that an event caused. */
export async function noticesOf(from: Table, eventId: string): Promise<NoticeSeen[]> {
  const items = await query(from, { pk: `NOTICES#${eventId}`, begins: 'NOTICE#' });
  return items.map(({ at, channel, state, tries, code }) => ({
    at: String(at),
    channel: String(channel),
    state: state as NoticeSeen['state'],
    ...(tries === undefined ? {} : { tries: Number(tries) }),
    ...(code === undefined ? {} : { code: String(code) }),
  }));
}

/** Marks a notice as sent: it never goes out again. */
export async function markSent(to: Table, notice: Notice): Promise<void> {
  await commitOne(to, setState(notice, 'sent'));
}

/** Gives a claim back after a failed sending, so that the next try need not wait for it to lapse. */
export async function giveBack(to: Table, notice: Notice): Promise<void> {
  await commitOne(
    to,
    update('notice', keyOf(notice), {
      expression: 'SET leaseUntil = :past',
      values: { ':past': '1970-01-01T00:00:00.000Z' },
    }),
  );
}

const setState = (notice: Notice, state: string) =>
  update('notice', keyOf(notice), {
    expression: 'SET #state = :state',
    names: { '#state': 'state' },
    values: { ':state': state },
  });
