import { readBehavior } from '../../shared/behavior/store.ts';
import { current, load } from '../../shared/config/store.ts';
import { messagesOf } from '../../shared/conversation/store.ts';
import { isClosed, type Lead } from '../../shared/lead/lead.ts';
import { readWithForm, save } from '../../shared/lead/store.ts';
import type { Change } from '../../shared/platform/commit.ts';
import type { Table } from '../../shared/platform/table.ts';
import { scoredAnew } from '../../shared/scoring/anew/store.ts';
import { EDITION } from '../../shared/understanding/edition.ts';
import { conversedBy } from '../../shared/understanding/intent.ts';
import { announceIntent, basisOf, keepUnderstood, readUnderstood } from '../../shared/understanding/store.ts';
import { concluded } from '../../shared/understanding/understand.ts';
import { read } from './read.ts';

/**
 * Understands all that was said with a lead's customer, if it was not understood from these messages by these rules before: told
 * twice, or in another order, it comes to the same.
 * @throws Conflict when somebody else did meanwhile, or changed the lead
 */
export async function understandLead(table: Table, leadId: string, at: Date): Promise<void> {
  // Before the messages: whoever understood more of them has written since, and this is tried again.
  const before = await readUnderstood(table, leadId);
  const [found, messages, versions] = await Promise.all([
    readWithForm(table, leadId),
    messagesOf(table, leadId),
    current(table),
  ]);
  if (!found || messages.length === 0) return;
  const version = versions.understanding;
  const basis = basisOf(messages);
  if (before?.basis === basis && before.version === version && before.edition === EDITION) return;
  const rules = await load(table, 'understanding', version);
  const { findings, ...readBy } = await read(messages, rules);
  const understood = concluded(messages, findings);
  const { intent, talk, questions, nextStep } = understood;
  const conversed = conversedBy(intent, rules.points);
  const changed = conversed && conversed.intent !== before?.intent?.grade;
  const told = changed ? [announceIntent(leadId, { ...conversed, before: before?.intent?.grade, version }, at)] : [];
  const now = {
    version,
    messages: messages.length,
    basis,
    talk,
    questions,
    ...readBy,
    ...(intent ? { intent } : {}),
    ...(nextStep ? { nextStep } : {}),
  };
  const counted = await countedFor(table, found, conversed, at);
  await keepUnderstood(table, leadId, { before, found: understood, now }, at, [...counted, ...told]);
}

const isSame = (one: Lead['conversed'], other: Lead['conversed']): boolean =>
  one?.intent === other?.intent && one?.points === other?.points && one?.because === other?.because;

/** The lead with what was said in its score. One that has ended stays as it is; one not scored yet is scored with it. */
async function countedFor(
  table: Table,
  { lead: before, form }: NonNullable<Awaited<ReturnType<typeof readWithForm>>>,
  conversed: Lead['conversed'],
  at: Date,
): Promise<Change[]> {
  if (isClosed(before) || isSame(before.conversed, conversed)) return [];
  const { conversed: _, ...rest } = before;
  const lead = { ...rest, ...(conversed ? { conversed } : {}) } as Lead;
  if (before.status === 'received' || !before.score) return [save(before, lead)];
  const { behavior } = await readBehavior(table, before.leadId);
  return scoredAnew(table, { before, lead, score: before.score }, { form, behavior }, at);
}
