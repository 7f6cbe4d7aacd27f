import { asTheyWere } from '../../journey/corrections/marked.ts';
import type { Interaction } from '../../journey/interaction.ts';
import type { Stage } from '../../journey/stages.ts';
import { interactionsOf } from '../../journey/store.ts';
import type { Lead } from '../../lead/lead.ts';
import { localTime } from '../../org/hours.ts';
import { iso } from '../../platform/clock.ts';
import { absent, type Change, put, update } from '../../platform/commit.ts';
import { nextId, sha256 } from '../../platform/random.ts';
import { type Item, querySpan, type Table } from '../../platform/table.ts';
import { companyZone } from '../../platform/zone.ts';
import { countingsOfContact, countingsOfEnd } from '../counted-contact.ts';
import { countingsOfCorrection } from '../counted-correction.ts';
import { countingsOfAnswer, countingsOfMove } from '../counted-deal.ts';
import { countOverdue } from '../counted-overdue.ts';
import type { Counting } from '../counting.ts';
import { allFacts, type DayFacts, type FactName, type Facts, sumOf } from '../facts.ts';

/**
 * What a rep's work is counted by: for each of the company's days one item of counts, and one item for each record that made
 * them. Both are written by {@link count} alone, in the transaction of the thing itself: no count is without its record.
 */

const partition = (repId: string): string => `FACTS#${repId}`;

/** The day of a time where the company is. */
export const companyDay = (at: string): string =>
  at.length === 'YYYY-MM-DD'.length ? at : localTime(new Date(at), companyZone()).day;

/** What is counted in items of its own, since one transaction may count several of them. */
type Topic = 'contacts' | 'answers' | 'deals' | 'payments' | 'surveys' | 'knowledge' | 'feedback';

/** Counts things, each with its record. */
export function count(topic: Topic, countings: readonly Counting[]): Change[] {
  const byDay = Map.groupBy(countings, ({ repId, at }) => `${companyDay(at)} ${repId}`);
  const counts = [...byDay.entries()].map(([key, some]) => {
    const [day, repId] = [key.slice(0, 10), key.slice(11)];
    const each = Object.entries(sumOf(some.map(({ facts }) => facts))).map(([name, by], n) => ({ name, by, n }));
    return update(
      'counted work',
      { pk: partition(repId), sk: `DAY#${day}#${topic}` },
      {
        expression: `ADD ${each.map(({ n }) => `#f${n} :f${n}`).join(', ')}`,
        names: Object.fromEntries(each.map(({ n, name }) => [`#f${n}`, name])),
        values: Object.fromEntries(each.map(({ n, by }) => [`:f${n}`, by])),
      },
    );
  });
  const records = countings.map(({ repId, at, facts, of }) =>
    put(
      'record of work',
      { pk: partition(repId), sk: `RECORD#${companyDay(at)}#${of.what}#${of.id}`, at, facts, of },
      absent,
    ),
  );
  return [...counts, ...records];
}

/** Counts a logged contact, and the promises that it keeps. */
export async function countContactOf(table: Table, lead: Lead, contact: Interaction, at: Date): Promise<Change[]> {
  const earlier = asTheyWere(await interactionsOf(table, lead.leadId));
  return count('contacts', countingsOfContact(lead, contact, earlier, iso(at)));
}

/** So many promises of one deal are taken back when it ends, the last ones: all in the transaction that ends it. */
const MOST_MOOT = 20;

/** Takes back the promises that need not be kept any more, as the deal has ended before they were due. */
export async function countEndOf(table: Table, ended: Lead): Promise<Change[]> {
  const contacts = asTheyWere(await interactionsOf(table, ended.leadId));
  return count('contacts', countingsOfEnd(ended, contacts).slice(-MOST_MOOT));
}

/** Counts a contact that was corrected. `records`: all of the lead's before this one. */
export const countCorrectionOf = (
  lead: Lead,
  wrong: Interaction,
  right: Interaction,
  records: readonly Interaction[],
): Change[] => count('contacts', countingsOfCorrection(lead, wrong, right, records));

/** Counts a move of a deal. */
export const countMoveOf = (lead: Lead, to: Stage['name'], lostReason: string | undefined, at: Date): Change[] =>
  count('deals', countingsOfMove(lead, to, lostReason, iso(at), nextId(at)));

/** Counts a first contact, or that it was earlier than was known; `also` is what else is counted of answers at the same time. */
export const countAnswerOf = (before: Lead, after: Lead, at: Date, also: readonly Counting[] = []): Change[] =>
  count('answers', [...countingsOfAnswer(before, after, nextId(at)), ...also]);

/** Counts that a lead is unanswered, or is no more: the lead that says so, and the writes. */
export function countOverdueOf(lead: Lead, at: Date): { lead: Lead; countings: Counting[]; changes: Change[] } {
  const overdue = countOverdue(lead, iso(at), nextId(at));
  return { ...overdue, changes: count('answers', overdue.countings) };
}

function toFacts(item: Item): Facts {
  const facts: Facts = {};
  for (const name of allFacts) if (typeof item[name] === 'number') facts[name] = item[name];
  return facts;
}

/** What was counted of a rep on the days from … until before `to`. */
export async function factsBetween(table: Table, repId: string, from: string, to: string): Promise<DayFacts[]> {
  const items = await querySpan(table, { pk: partition(repId), from: `DAY#${from}`, to: `DAY#${to}` });
  return items.map((item) => ({ day: item.sk.slice('DAY#'.length, 'DAY#2026-11-23'.length), facts: toFacts(item) }));
}

/** A record that a figure is made of. */
export interface WorkRecord {
  recordId: string;
  at: string;
  facts: Facts;
  of: Counting['of'];
}

/** The records of a rep behind a fact on the days from … until before `to`, oldest first, and where the next page begins. */
export async function recordsBetween(
  table: Table,
  repId: string,
  {
    from,
    to,
    fact,
    limit,
    cursor,
  }: { from: string; to: string; fact?: FactName | undefined; limit: number; cursor?: string | undefined },
): Promise<{ items: WorkRecord[]; nextCursor?: string }> {
  const first = `RECORD#${from}`;
  const items = await querySpan(table, { pk: partition(repId), from: first, to: `RECORD#${to}` });
  const found = items
    .map(
      (item): WorkRecord => ({
        recordId: item.sk.slice('RECORD#'.length),
        at: String(item.at),
        facts: item.facts as Facts,
        of: item.of as Counting['of'],
      }),
    )
    .filter(
      ({ facts, recordId }) =>
        (fact === undefined || facts[fact] !== undefined) && (cursor === undefined || recordId > cursor),
    );
  const page = found.slice(0, limit);
  const last = page.at(-1)?.recordId;
  return { items: page, ...(found.length > limit && last !== undefined ? { nextCursor: last } : {}) };
}

/** Something that was shared with colleagues, by where it lies. */
export interface Shared {
  kind: 'document' | 'training';
  title: string;
  url: string;
  by: string;
}

/** Counts something shared, once by its address. */
export function addShared(repId: string, shared: Shared, at: string): Change[] {
  const id = sha256(shared.url).slice(0, 32);
  return [
    put('shared', { pk: partition(repId), sk: `SHARED#${id}`, shared, at }, absent),
    ...count('knowledge', [{ repId, at, facts: { shared: 1 }, of: { what: shared.kind, id, url: shared.url } }]),
  ];
}
