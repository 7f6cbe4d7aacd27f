import { announce } from '../../../events/contract.ts';
import { LeadRescored } from '../../../events/lead-rescored.ts';
import { LeadScored } from '../../../events/lead-scored.ts';
import type { Behavior } from '../../behavior/behavior.ts';
import { isNews, rescored } from '../../behavior/rescored.ts';
import { current, load } from '../../config/store.ts';
import type { Form } from '../../lead/form.ts';
import { type Lead, ownerOf } from '../../lead/lead.ts';
import { leadPartition } from '../../lead/partition.ts';
import { save } from '../../lead/store.ts';
import { type Change, outbox } from '../../platform/commit.ts';
import type { Table } from '../../platform/table.ts';
import { companyZone } from '../../platform/zone.ts';
import { factsOf } from '../facts.ts';
import { scoreLead } from '../model/lead-model.ts';
import { modelFor } from '../model/store.ts';
import type { Score } from '../score.ts';

/** A lead that was scored: as it was read, and as it is to be scored. */
export interface Scored {
  before: Lead;
  lead: Lead;
  score: Score;
}

/**
 * A lead scored anew, and told of if that is news → LeadRescored. Without news the lead is written only if it is to be
 * (`lead` is not `before`).
 */
export async function scoredAnew(
  table: Table,
  { before, lead, score: was }: Scored,
  { form, behavior }: { form: Form; behavior: Behavior | undefined },
  at: Date,
): Promise<Change[]> {
  const { scoring, model, sla } = await current(table);
  const rules = await load(table, 'scoring', scoring);
  const facts = factsOf(lead, form, behavior, { at, zone: companyZone() });
  const score = scoreLead(facts, rules, scoring, await modelFor(table, rules, model));
  if (!isNews(was, score)) return lead === before ? [] : [save(before, lead)];
  const after = rescored(lead, score, await load(table, 'sla', sla), at);
  const { value, grade, version } = score;
  const { leadId } = lead;
  const repId = ownerOf(lead)?.repId;
  const told = announce(LeadRescored, {
    leadId,
    value,
    grade,
    from: { value: was.value, grade: was.grade },
    raised: after.raised,
    version,
    ...(score.model === undefined ? {} : { model: score.model }),
    ...(repId === undefined ? {} : { repId }),
  });
  // Waiting for its first attempt: announced by its new grade as well, so that it is served before lower ones.
  const waits = after.raised && lead.status === 'scored' && lead.attempts === 0;
  return [
    save(before, { ...after.lead, scoredAt: facts.at }),
    outbox(leadPartition(leadId), told, at),
    ...(waits ? [outbox(leadPartition(leadId), announce(LeadScored, { leadId, value, grade }), at)] : []),
  ];
}
