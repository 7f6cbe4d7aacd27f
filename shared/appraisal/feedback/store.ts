import { announce } from '../../../events/contract.ts';
import { FeedbackAsked } from '../../../events/feedback-asked.ts';
import { interactionsOf } from '../../journey/store.ts';
import { expiry } from '../../platform/clock.ts';
import { absent, type Change, outbox, put, update } from '../../platform/commit.ts';
import { sha256, unguessable } from '../../platform/random.ts';
import { get, query, type Table } from '../../platform/table.ts';
import { recordsBetween } from '../facts/store.ts';
import type { FeedbackAnswer } from './results.ts';

/**
 * Feedback from colleagues. Who was asked lies with them (`INVITED#rep`), and that a token was handed out, but not which; the
 * token's hash lies by itself, with its round; the answers lie with the round under keys of chance. None of these names
 * another, none holds a time, and using a token leaves no trace beside the answer.
 */

/** A round of feedback on somebody. */
export interface Round {
  roundId: string;
  repId: string;
  name: string;
  /** Days: when it was opened, and the last on which answers are taken. */
  openedOn: string;
  until: string;
  questions: { id: string; text: string }[];
  atLeast: number;
  /** Who was asked. */
  colleagues: string[];
  /** What came of it is counted. */
  settled?: boolean;
}

const DAY = 24 * 3600 * 1000;
/** So long after its round is over is a used token still known as used. */
const REMEMBERED = 90 * DAY;
/** So many of somebody's leads are looked at for colleagues. */
const LEADS = 200;

const invitedKey = (colleague: string, roundId: string) => ({ pk: `INVITED#${colleague}`, sk: roundId });
const tokenKey = (token: string) => ({ pk: `FEEDBACK-TOKEN#${sha256(token)}`, sk: 'TOKEN' });

/** Who logged contacts with the same leads as somebody did on the days from … until before `to`: how many leads they share. */
export async function colleaguesOf(
  table: Table,
  repId: string,
  from: string,
  to: string,
): Promise<Map<string, number>> {
  const { items } = await recordsBetween(table, repId, { from, to, limit: Number.MAX_SAFE_INTEGER });
  const leadIds = [...new Set(items.flatMap(({ of }) => of.leadId ?? []))].slice(-LEADS);
  const shared = new Map<string, number>();
  for (let at = 0; at < leadIds.length; at += 20) {
    const some = await Promise.all(leadIds.slice(at, at + 20).map((leadId) => interactionsOf(table, leadId)));
    for (const contacts of some)
      for (const other of new Set(contacts.flatMap((contact) => contact.repId ?? [])))
        if (other !== repId) shared.set(other, (shared.get(other) ?? 0) + 1);
  }
  return shared;
}

/** Opens a round, asks those named, and has them told. */
export const openRound = (round: Round, at: Date): Change[] => [
  put('round', { pk: `FEEDBACK#${round.repId}`, sk: `ROUND#${round.roundId}`, round }, absent),
  ...round.colleagues.map((colleague) =>
    put('invitation', { ...invitedKey(colleague, round.roundId), about: round.repId, state: 'open' }, absent),
  ),
  outbox(`FEEDBACK#${round.repId}`, announce(FeedbackAsked, { roundId: round.roundId, repId: round.repId }), at),
];

/** The rounds of feedback on somebody, the oldest first. */
export async function roundsOf(table: Table, repId: string): Promise<Round[]> {
  const items = await query(table, { pk: `FEEDBACK#${repId}`, begins: 'ROUND#' });
  return items.map(({ round, settled }) => ({ ...(round as Round), settled: settled === true }));
}

/** Whom somebody was asked about, by round, and whether they took their token. */
export async function invitationsOf(
  table: Table,
  colleague: string,
): Promise<{ roundId: string; about: string; taken: boolean }[]> {
  const items = await query(table, { pk: `INVITED#${colleague}` });
  return items.map(({ sk, about, state }) => ({ roundId: sk, about: String(about), taken: state !== 'open' }));
}

/** Hands out somebody's token for a round, once. */
export function handOut(colleague: string, { roundId, repId, until }: Round): { token: string; changes: Change[] } {
  const token = unguessable(24);
  const expiresAt = expiry(new Date(until), REMEMBERED);
  return {
    token,
    changes: [
      update('invitation', invitedKey(colleague, roundId), {
        expression: 'SET #state = :taken',
        onlyIf: '#state = :open',
        names: { '#state': 'state' },
        values: { ':taken': 'taken', ':open': 'open' },
      }),
      put('token', { ...tokenKey(token), roundId, about: repId, expiresAt }, absent),
    ],
  };
}

/** What a token is for. */
export async function tokenOf(
  table: Table,
  token: string,
): Promise<{ roundId: string; repId: string; used: boolean } | undefined> {
  const item = await get(table, tokenKey(token));
  return item && { roundId: String(item.roundId), repId: String(item.about), used: item.used === true };
}

/** Keeps an answer under a key of chance, and has its token used. */
export const keepAnswer = (token: string, roundId: string, answer: FeedbackAnswer): Change[] => [
  update('token', tokenKey(token), {
    expression: 'SET used = :yes',
    onlyIf: 'attribute_exists(pk) AND attribute_not_exists(used)',
    values: { ':yes': true },
  }),
  put('feedback', { pk: `ANSWERS#${roundId}`, sk: unguessable(16), answer }, absent),
];

/** The answers of a round, in the order of their keys of chance. */
export async function answersOf(table: Table, roundId: string): Promise<FeedbackAnswer[]> {
  const items = await query(table, { pk: `ANSWERS#${roundId}` });
  return items.map(({ answer }) => answer as FeedbackAnswer);
}
