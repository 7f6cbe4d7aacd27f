import { type Added, add, type behaviorBatch, type Done } from '../../shared/behavior/behavior.ts';
import { eventKey, saveBehavior } from '../../shared/behavior/store.ts';
import { isClosed } from '../../shared/lead/lead.ts';
import { save } from '../../shared/lead/store.ts';
import type { Change } from '../../shared/platform/commit.ts';
import { invalid } from '../../shared/platform/problem.ts';
import type { Table } from '../../shared/platform/table.ts';
import { scoredAnew } from '../../shared/scoring/anew/store.ts';
import type { Customer } from './read-customer.ts';

type Event = ReturnType<typeof behaviorBatch.parse>['events'][number];

/** A site's clock may run ahead by so much, and events be so much older than the lead. Milliseconds. */
const AHEAD = 5 * 60 * 1000;
const BEFORE = 2 * 366 * 24 * 3600 * 1000;

/** An event by the key that stands for its id. @throws Problem 400 for a time to come, or long before the lead */
function doneAt(receivedAt: string, now: Date) {
  return ({ eventId, at: told, type, seconds, what }: Event, index: number): Done => {
    const at = told ?? now.toISOString();
    const time = Date.parse(at);
    if (time > now.getTime() + AHEAD) throw invalid(`events.${index}.at`, 'is yet to come');
    if (time < Date.parse(receivedAt) - BEFORE) throw invalid(`events.${index}.at`, 'is years before the lead came in');
    const key = eventKey(eventId ?? JSON.stringify([type, at, seconds, what, told === undefined ? index : '']));
    return { key, type, at: time, seconds, what };
  };
}

/**
 * What is to be written for these events: nothing when all were counted before; else the sums alone, unless the score changes.
 * Sums lie beside the lead, so that most page views write one small item.
 * @throws Problem 400 naming an event of an impossible time
 */
export async function count(
  table: Table,
  { lead, form, did }: Customer,
  events: readonly Event[],
  at: Date,
): Promise<{ changes: Change[]; answer: Omit<Added, 'behavior'> }> {
  const { behavior, ...answer } = add(did.behavior, events.map(doneAt(lead.receivedAt, at)));
  if (answer.counted === 0) return { changes: [], answer };
  const sums = saveBehavior(lead.leadId, did, behavior);
  const noted = save(lead, { ...lead, behaved: true });
  if (isClosed(lead)) return { changes: lead.score || lead.behaved ? [sums] : [sums, noted], answer };
  // Written with the lead, so that whoever scores it meanwhile reads again.
  if (lead.status === 'received' || !lead.score) return { changes: [sums, noted], answer };
  return {
    changes: [sums, ...(await scoredAnew(table, { before: lead, lead, score: lead.score }, { form, behavior }, at))],
    answer,
  };
}
