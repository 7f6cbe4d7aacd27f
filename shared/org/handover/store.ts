import { announce } from '../../../events/contract.ts';
import { LeadsHandedOver } from '../../../events/leads-handed-over.ts';
import { iso } from '../../platform/clock.ts';
import { type Change, commitOnce, update } from '../../platform/commit.ts';
import { get, query, type Table } from '../../platform/table.ts';
import { announceOf } from '../store.ts';

/** One handing over of a rep's leads: why, and what tells it from others of theirs (since when, or by which territories). */
export interface Handover {
  repId: string;
  reason: string;
  of: string;
}

const BEGINNING = 'HANDOVER#';
const keyOf = ({ repId, reason, of }: Handover) => ({ pk: `REP#${repId}`, sk: `${BEGINNING}${of}#${reason}` });

/** Counts a lead as released, by its grade; for the transaction that releases it. */
export const countReleased = (handover: Handover, grade: string, at: Date): Change =>
  update('hand-over', keyOf(handover), {
    expression: 'SET reason = :reason, #at = if_not_exists(#at, :at) ADD #grade :one',
    names: { '#at': 'at', '#grade': `released${grade}` },
    values: { ':reason': handover.reason, ':at': iso(at), ':one': 1 },
  });

/** Notes a lead of which the supervisor decides; for the transaction that takes it off its owner. */
export const countAsked = (handover: Handover, leadId: string, at: Date): Change =>
  update('hand-over', keyOf(handover), {
    expression: 'SET reason = :reason, #at = if_not_exists(#at, :at) ADD asked :lead',
    names: { '#at': 'at' },
    values: { ':reason': handover.reason, ':at': iso(at), ':lead': new Set([leadId]) },
  });

/** What came of a hand-over. Times are ISO 8601. */
export interface HandoverRecord {
  reason: string;
  at: string;
  /** When it was done and the supervisor told; until then it goes on. */
  endedAt?: string;
  /** Leads given to others, by grade. */
  released: Record<string, number>;
  /** Leads of which the supervisor decides. */
  asked: string[];
}

function toRecord(item: Record<string, unknown>): HandoverRecord {
  const released = Object.entries(item).flatMap(([name, count]) =>
    name.startsWith('released') ? [[name.slice('released'.length), Number(count)]] : [],
  );
  const { reason, at, endedAt, asked } = item;
  return {
    reason: String(reason),
    at: String(at),
    ...(endedAt === undefined ? {} : { endedAt: String(endedAt) }),
    released: Object.fromEntries(released),
    asked: [...((asked as Set<string> | undefined) ?? [])].sort(),
  };
}

/** A hand-over, or undefined when nothing was handed over. */
export async function readHandover(from: Table, handover: Handover): Promise<HandoverRecord | undefined> {
  const item = await get(from, keyOf(handover));
  return item && toRecord(item);
}

/** A rep's hand-overs. */
export async function handoversOf(from: Table, repId: string): Promise<HandoverRecord[]> {
  const items = await query(from, { pk: `REP#${repId}`, begins: BEGINNING });
  return items.map(toRecord);
}

/** Ends a hand-over and announces what came of it, once, however often it is ended; nothing if nothing was handed over. */
export async function endHandover(table: Table, handover: Handover, at: Date): Promise<void> {
  const done = await readHandover(table, handover);
  if (!done || done.endedAt !== undefined) return;
  const { repId, reason, of } = handover;
  const event = announce(LeadsHandedOver, { repId, reason, of, released: done.released, asked: done.asked.length });
  const ended = update('hand-over', keyOf(handover), {
    expression: 'SET endedAt = :at',
    onlyIf: 'attribute_not_exists(endedAt)',
    values: { ':at': iso(at) },
  });
  await commitOnce(table, [ended, announceOf(repId, event, at)]);
}
