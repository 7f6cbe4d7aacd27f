import { announce } from '../../events/contract.ts';
import { LeadTouched } from '../../events/lead-touched.ts';
import { merged } from '../../shared/duplicates/merged.ts';
import { refined } from '../../shared/duplicates/merging/store.ts';
import { rightfulOf } from '../../shared/duplicates/parting/store.ts';
import type { DuplicateRules } from '../../shared/duplicates/rules.ts';
import {
  addTouch,
  type Duplicate,
  markTold,
  postsOf,
  readTold,
  readTouch,
  rootsOf,
  type Told,
  touchBy,
} from '../../shared/duplicates/store.ts';
import type { Form } from '../../shared/lead/form.ts';
import { isClosed, type Lead, ownerOf } from '../../shared/lead/lead.ts';
import { leadPartition } from '../../shared/lead/partition.ts';
import { readWithForm, save } from '../../shared/lead/store.ts';
import { after, iso } from '../../shared/platform/clock.ts';
import { type Change, outbox } from '../../shared/platform/commit.ts';
import type { Table } from '../../shared/platform/table.ts';
import { lasting } from '../../shared/sla/duration.ts';
import { restartedFor } from '../../shared/sla/lead-clock.ts';
import type { SlaRules } from '../../shared/sla/rules.ts';

/** A duplicate that is no touch yet, and the lead that it belongs to; that lead may be gone. */
export interface Untold {
  duplicate: Duplicate;
  posted: Form;
  original: { lead: Lead; form: Form; posted: Form; told: Told | undefined } | undefined;
}

/** Reads a duplicate; undefined when there is nothing left to do for it. */
export async function readUntold(table: Table, leadId: string): Promise<Untold | undefined> {
  const found = await readWithForm(table, leadId);
  if (found?.lead.status !== 'duplicate') return undefined;
  const duplicate = found.lead;
  const [end, before] = await Promise.all([
    rootsOf(table, [leadId]).then((roots) => roots.get(leadId)),
    readTouch(table, duplicate.duplicateOf, leadId),
  ]);
  if (before && !before.undone) return undefined; // delivered twice
  // It may have come just before a lead was set apart from the one that it ends in.
  const root = end && (await rightfulOf(table, duplicate, found.form, end));
  if (!root) return { duplicate, posted: found.form, original: undefined };
  const [whole, told, [own]] = await Promise.all([
    readWithForm(table, root.leadId),
    readTold(table, root.leadId),
    postsOf(table, [{ leadId: root.leadId, at: root.receivedAt, likeness: 'exact' }]),
  ]);
  const original = whole && own && { ...whole, posted: own.form, told };
  return { duplicate, posted: found.form, original };
}

/** Whether the original had ended before the post came, so that it is a new lead after all. */
export const cameTooLate = ({ receivedAt }: Duplicate, original: Lead): boolean =>
  original.status === 'rejected' || ('closedAt' in original && original.closedAt < receivedAt);

/** Makes a duplicate a touch of its original, in one transaction; the original itself is written only if anything in it changes. */
export function touching(
  { duplicate, posted, original }: Untold & { original: NonNullable<Untold['original']> },
  rules: DuplicateRules,
  sla: SlaRules,
  at: Date,
): Change[] {
  const { lead, form, told } = original;
  const { leadId, receivedAt } = duplicate;
  const known = isClosed(lead) ? form : merged({ form, receivedAt: lead.receivedAt }, { form: posted, receivedAt });
  const { lead: better, changes } = refined(lead, form, known, original.posted);
  const repId = ownerOf(lead)?.repId;
  const tells = told?.repId !== (repId ?? '') || told.until <= iso(at);
  const clicked = duplicate.conversions && !better.conversions ? { ...better, conversions: [] } : better;
  const mayRestart = tells && rules.restartClock && !isClosed(lead);
  const anew = mayRestart ? restartedFor(clicked, sla, new Date(receivedAt)) : clicked;
  // Of a post we may hear late: after the call that answered it, or when the time that it gives has run out.
  const isAnswered = (lead.sla.firstContactAt ?? '') >= receivedAt;
  const restarts = mayRestart && !isAnswered && anew.sla.supervisorDueAt > iso(at);
  const next = restarts ? anew : clicked;
  const touch = touchBy(duplicate);
  return [
    addTouch(lead.leadId, touch),
    save(duplicate, { ...duplicate, duplicateOf: lead.leadId }),
    ...(next === lead ? [] : [save(lead, next), ...changes]),
    ...(tells
      ? [
          markTold(lead.leadId, told, {
            repId: repId ?? '',
            until: iso(after(at, lasting(rules.tellAgainAfter))),
          }),
          outbox(
            leadPartition(lead.leadId),
            announce(LeadTouched, {
              leadId: lead.leadId,
              touchedBy: leadId,
              source: posted.source.channel,
              likeness: touch.likeness,
              ...(repId === undefined ? {} : { repId }),
              ...(restarts ? { clockRestarted: true } : {}),
            }),
            at,
          ),
        ]
      : []),
  ];
}
