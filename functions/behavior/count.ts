import { announce } from '../../events/contract.ts';
import { LeadRescored } from '../../events/lead-rescored.ts';
import { LeadScored } from '../../events/lead-scored.ts';
import { type Added, add, type Behavior, type behaviorBatch, type Done } from '../../shared/behavior/behavior.ts';
import { isNews, rescored } from '../../shared/behavior/rescored.ts';
import { eventKey, saveBehavior } from '../../shared/behavior/store.ts';
import { current, load } from '../../shared/config/store.ts';
import { isClosed, type Lead, ownerOf } from '../../shared/lead/lead.ts';
import { leadPartition } from '../../shared/lead/partition.ts';
import { save } from '../../shared/lead/store.ts';
import { type Change, outbox } from '../../shared/platform/commit.ts';
import { invalid } from '../../shared/platform/problem.ts';
import type { Table } from '../../shared/platform/table.ts';
import { companyZone } from '../../shared/platform/zone.ts';
import { factsOf } from '../../shared/scoring/facts.ts';
import { scoreLead } from '../../shared/scoring/model/lead-model.ts';
import { modelFor } from '../../shared/scoring/model/store.ts';
import type { Score } from '../../shared/scoring/score.ts';
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
  return { changes: [sums, ...(await scoredAnew(table, lead, lead.score, { form, behavior }, at))], answer };
}

/** The lead by its customer's behaviour, if that is news. */
async function scoredAnew(
  table: Table,
  lead: Lead,
  before: Score,
  { form, behavior }: { form: Customer['form']; behavior: Behavior },
  at: Date,
): Promise<Change[]> {
  const { scoring, model, sla } = await current(table);
  const rules = await load(table, 'scoring', scoring);
  const facts = factsOf(lead, form, behavior, { at, zone: companyZone() });
  const score = scoreLead(facts, rules, scoring, await modelFor(table, rules, model));
  if (!isNews(before, score)) return [];
  const after = rescored(lead, score, await load(table, 'sla', sla), at);
  const { value, grade, version } = score;
  const { leadId } = lead;
  const repId = ownerOf(lead)?.repId;
  const told = announce(LeadRescored, {
    leadId,
    value,
    grade,
    from: { value: before.value, grade: before.grade },
    raised: after.raised,
    version,
    ...(score.model === undefined ? {} : { model: score.model }),
    ...(repId === undefined ? {} : { repId }),
  });
  // Waiting for its first attempt: announced by its new grade as well, so that it is served before lower ones.
  const waits = after.raised && lead.status === 'scored' && lead.attempts === 0;
  return [
    save(lead, { ...after.lead, scoredAt: facts.at }),
    outbox(leadPartition(leadId), told, at),
    ...(waits ? [outbox(leadPartition(leadId), announce(LeadScored, { leadId, value, grade }), at)] : []),
  ];
}
