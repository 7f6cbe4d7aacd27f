import { type Lead, ownerOf } from '../lead/lead.ts';
import { type Counting, undone } from './counting.ts';

/** A lead as it is after what happened to it, and what that counts. */
interface Overdue {
  lead: Lead;
  countings: Counting[];
}

/**
 * An overdue lead counts as unanswered for whoever has it, on the day since which it is overdue, however late that was looked at: who answers nobody must not look as good as who answers
 * everybody in time. Once they answer it, late, it is an answer; and once it turns out that the customer had been contacted in time,
 * by whomever, it never was overdue.
 * @param lead as it is now; `at` (ISO 8601) and `id` are those of what is counted
 */
export function countOverdue(lead: Lead, at: string, id: string): Overdue {
  const { firstContactAt, supervisorDueAt, level } = lead.sla;
  const owner = ownerOf(lead)?.repId;
  const { overdueOf, ...rest } = lead;
  const counting = (of: { repId: string; at: string }): Counting => ({
    ...of,
    facts: { unanswered: 1 },
    of: { what: 'overdue', id, leadId: lead.leadId },
  });
  if (overdueOf === undefined) {
    const isOverdue = firstContactAt === null && (level === 'supervisor' || level === 'exception');
    if (!isOverdue || owner === undefined) return { lead, countings: [] };
    const of = { repId: owner, at: supervisorDueAt < at ? supervisorDueAt : at };
    return { lead: { ...lead, overdueOf: of }, countings: [counting(of)] };
  }
  const isAnswered = firstContactAt !== null && (firstContactAt <= supervisorDueAt || owner === overdueOf.repId);
  return isAnswered ? { lead: rest as Lead, countings: [undone(counting(overdueOf))] } : { lead, countings: [] };
}
