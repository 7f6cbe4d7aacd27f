import { expiry } from '../../platform/clock.ts';
import { Conflict, commitOne, put, update } from '../../platform/commit.ts';
import { get, type Table } from '../../platform/table.ts';

/** Of more people than this it is not told apart how many more: the item stays small. */
const MOST = 50;

const keyOf = (text: string) => ({ pk: `TEXT#${text}`, sk: 'TEXT' });

/**
 * Notes that somebody (by a key of theirs) posted a text, and says how many others did since it was first seen, for as long as
 * `within` (milliseconds) from then. The same person twice counts once, so that a repeat of this call changes nothing.
 */
export async function othersWhoPosted(
  table: Table,
  text: string,
  sender: string,
  within: number,
  at: Date,
): Promise<number> {
  const who = sender.slice(0, 12);
  const key = keyOf(text);
  const seen = await get(table, key);
  const current = seen !== undefined && Number(seen.expiresAt) > expiry(at, 0);
  const senders = current ? (seen.senders as Set<string>) : new Set<string>();
  if (!senders.has(who) && senders.size < MOST) {
    const note = current
      ? update('text', key, { expression: 'ADD senders :who', values: { ':who': new Set([who]) } })
      : put(
          'text',
          { ...key, senders: new Set([who]), expiresAt: expiry(at, within) },
          {
            expression: 'attribute_not_exists(pk) OR expiresAt <= :now',
            values: { ':now': expiry(at, 0) },
          },
        );
    try {
      await commitOne(table, note);
    } catch (error) {
      // Somebody else was first with it at this moment: then it is known now.
      if (!(error instanceof Conflict)) throw error;
      return othersWhoPosted(table, text, sender, within, at);
    }
  }
  return senders.size - (senders.has(who) ? 1 : 0);
}
