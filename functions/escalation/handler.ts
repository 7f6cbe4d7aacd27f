import { announce } from '../../events/contract.ts';
import { LeadMissed } from '../../events/lead-missed.ts';
import { LeadOverdue } from '../../events/lead-overdue.ts';
import { isClosed, type Lead, ownerOf } from '../../shared/lead/lead.ts';
import { leadPartition } from '../../shared/lead/partition.ts';
import { dueBy, read, save } from '../../shared/lead/store.ts';
import { now } from '../../shared/platform/clock.ts';
import { type Change, commit, outbox, reconsider } from '../../shared/platform/commit.ts';
import { type Table, table } from '../../shared/platform/table.ts';
import { scheduleStep } from '../../shared/platform/triggers.ts';
import { overdue } from '../../shared/sla/clock.ts';
import { recordException, type SlaException } from '../../shared/sla/store.ts';

const PAGE = 50;
const TIME_TO_STOP = 3000;

/** Every minute: leads whose deadline passed without a contact → LeadOverdue (supervisor), LeadMissed (exception report). */
export const handler = scheduleStep(async (_, context) => {
  let done: number;
  do {
    const due = await dueBy(table(), now(), PAGE);
    const escalated = await Promise.all(due.map((leadId) => escalate(table(), leadId)));
    done = escalated.filter(Boolean).length;
  } while (done > 0 && context.getRemainingTimeInMillis() > TIME_TO_STOP);
});

/** Fires the level that is due for one lead, in one transaction with the lead's own record of it; says whether it did. */
const escalate = (from: Table, leadId: string): Promise<boolean> =>
  reconsider(async () => {
    const lead = await read(from, leadId);
    const step = lead && !isClosed(lead) ? overdue(lead.sla, now()) : undefined;
    if (!lead || !step) return false; // contacted or closed meanwhile, or the index lags
    await commit(from, escalation(lead, step.level, step.dueAt));
    return true;
  });

function escalation(lead: Lead, level: 'supervisor' | 'exception', dueAt: string): Change[] {
  const at = now();
  const repId = ownerOf(lead)?.repId;
  const event = announce(level === 'supervisor' ? LeadOverdue : LeadMissed, {
    leadId: lead.leadId,
    dueAt,
    ...(repId ? { repId } : {}),
  });
  return [
    save(lead, { ...lead, sla: { ...lead.sla, level } }),
    outbox(leadPartition(lead.leadId), event, at),
    ...(level === 'exception'
      ? [recordException({ leadId: lead.leadId, at: at.toISOString(), dueAt, repId, why: whyMissed(lead) })]
      : []),
  ];
}

/** What the owner had done about a lead that nobody contacted. */
function whyMissed(lead: Lead): SlaException['why'] {
  if (!ownerOf(lead)) return 'not-assigned';
  if (lead.triedAt !== undefined) return 'tried-not-reached';
  return lead.seenAt === undefined ? 'never-seen' : 'seen-not-called';
}
