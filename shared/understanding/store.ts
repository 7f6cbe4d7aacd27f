import { announce } from '../../events/contract.ts';
import { ConversationUnderstood } from '../../events/conversation-understood.ts';
import { leadPartition } from '../lead/partition.ts';
import { iso } from '../platform/clock.ts';
import { absent, type Change, commit, outbox, put } from '../platform/commit.ts';
import { sha256 } from '../platform/random.ts';
import { get, type Item, query, type Table } from '../platform/table.ts';
import { EDITION } from './edition.ts';
import type { Graded } from './intent.ts';
import type { NextStep } from './next-step.ts';
import type { ReadBy } from './read-by.ts';
import type { Finding } from './topics.ts';
import type { Message, Understood } from './understand.ts';

/** What is known of a lead's conversations as a whole. Findings lie by themselves, each with its message. */
export interface Kept extends Partial<ReadBy> {
  /** The version of the company's words, and the edition of the built-in ones. */
  version: number;
  edition: number;
  /** How many messages it was understood from, and a hash over which. */
  messages: number;
  basis: string;
  at: string;
  talk: Understood['talk'];
  questions: Understood['questions'];
  intent?: Graded;
  nextStep?: NextStep;
  /** Counts every change. */
  revision: number;
}

/** Findings of a message as they lie: never changed; what is read otherwise later is written behind. */
interface Entry {
  messageId: string;
  findings: Finding[];
  reading: number;
}

const summaryKey = (leadId: string) => ({ pk: leadPartition(leadId), sk: 'UNDERSTOOD' });
const padded = (number: number): string => String(number).padStart(6, '0');
const byRules = (version: number, edition: number): string => `FINDINGS#${padded(version)}.${padded(edition)}#`;
/** Findings written in one transaction by themselves. */
const AT_ONCE = 90;

/** What is known of a lead's conversations, or undefined. */
export async function readUnderstood(from: Table, leadId: string): Promise<Kept | undefined> {
  const item = await get(from, summaryKey(leadId));
  return item?.understood as Kept | undefined;
}

const toEntry = (item: Item): Entry => ({
  messageId: String(item.messageId),
  findings: item.findings as Finding[],
  reading: Number(item.reading),
});

/** The newest findings of each message by these rules. */
async function entriesOf(
  from: Table,
  leadId: string,
  rules: Pick<Kept, 'version' | 'edition'>,
): Promise<Map<string, Entry>> {
  const items = await query(from, { pk: leadPartition(leadId), begins: byRules(rules.version, rules.edition) });
  // In the order of their keys, which end with the reading: the last of a message is its newest.
  return new Map(items.map(toEntry).map((entry) => [entry.messageId, entry]));
}

/** The findings of a lead's messages, by message. */
export async function findingsOf(from: Table, leadId: string, kept: Kept | undefined): Promise<Map<string, Finding[]>> {
  if (!kept) return new Map();
  const entries = await entriesOf(from, leadId, kept);
  return new Map([...entries].map(([messageId, { findings }]) => [messageId, findings]));
}

/** Which messages these are, whatever their order. */
export const basisOf = (messages: readonly Pick<Message, 'messageId'>[]): string =>
  sha256(JSON.stringify(messages.map(({ messageId }) => messageId).sort()));

/** Findings that are not kept yet, as entries behind those that are. */
function freshOf(found: Understood['findings'], known: ReadonlyMap<string, Entry>): Entry[] {
  return [...new Set([...found.keys(), ...known.keys()])].flatMap((messageId) => {
    const [before, findings] = [known.get(messageId), found.get(messageId) ?? []];
    if (JSON.stringify(before?.findings ?? []) === JSON.stringify(findings)) return [];
    return [{ messageId, findings, reading: (before?.reading ?? 0) + 1 }];
  });
}

/**
 * Keeps what was understood, and what follows from it (`more`) in the same transaction; findings of many messages go before.
 * @throws Conflict when somebody understood more of it meanwhile
 */
export async function keepUnderstood(
  table: Table,
  leadId: string,
  {
    before,
    found,
    now,
  }: { before: Kept | undefined; found: Understood; now: Omit<Kept, 'revision' | 'at' | 'edition'> },
  at: Date,
  more: readonly Change[],
): Promise<void> {
  const rules = { version: now.version, edition: EDITION };
  const fresh = freshOf(found.findings, await entriesOf(table, leadId, rules));
  const entries = fresh.map(({ messageId, findings, reading }) => {
    const sk = `${byRules(rules.version, rules.edition)}${sha256(messageId).slice(0, 32)}#${padded(reading)}`;
    return put('findings', { pk: leadPartition(leadId), sk, messageId, findings, reading, at: iso(at) }, absent);
  });
  while (entries.length > AT_ONCE) await commit(table, entries.splice(0, AT_ONCE));
  const understood: Kept = { ...now, edition: EDITION, at: iso(at), revision: (before?.revision ?? 0) + 1 };
  const condition = before
    ? { expression: 'understood.revision = :seen', values: { ':seen': before.revision } }
    : absent;
  await commit(table, [...entries, put('understanding', { ...summaryKey(leadId), understood }, condition), ...more]);
}

/** How a customer sounds now, and before. */
interface Sounds {
  intent: Graded['grade'];
  before: Graded['grade'] | undefined;
  points: number;
  because: string;
  version: number;
}

/** Announces that the customer sounds otherwise than before. */
export function announceIntent(leadId: string, { before, ...sounds }: Sounds, at: Date): Change {
  const detail = { leadId, ...sounds, ...(before === undefined ? {} : { before }) };
  return outbox(leadPartition(leadId), announce(ConversationUnderstood, detail), at);
}
