import { become, gradeOf, type Lead, ownerOf } from '../lead/lead.ts';
import { hasten, protect, reopened, retime, startClock } from './clock.ts';
import { deadlines, type SlaRules } from './rules.ts';

/** A lead with the clock of whoever gets it now: their team's deadlines, and working hours. */
export function timedFor(lead: Lead, { teamId }: { teamId?: string }, rules: SlaRules, at: Date): Lead {
  const anew =
    ownerOf(lead) !== undefined || [lead.letLieBy, lead.formerly, lead.releasedAt].some((each) => each?.length);
  const due = deadlines(rules, { grade: gradeOf(lead), teamId });
  return { ...lead, sla: retime(lead.sla, due, at, anew ? 'anew' : 'first') };
}

/** A lead with which something happened: the time begins anew for which nobody takes it away. */
export function protectedFrom(lead: Lead, rules: SlaRules, at: Date): Lead {
  const { teamId } = ownerOf(lead) ?? {};
  return { ...lead, sla: protect(lead.sla, deadlines(rules, { grade: gradeOf(lead), teamId }), at) };
}

/** A lead whose grade became better: what is due comes forward, by the deadlines of the grade. */
export function raisedFor(lead: Lead, owner: { teamId?: string } | undefined, rules: SlaRules, at: Date): Lead {
  return { ...lead, sla: hasten(lead.sla, deadlines(rules, { grade: gradeOf(lead), teamId: owner?.teamId }), at) };
}

/** A lead whose clock starts anew at a new post of its customer: whoever has it has to contact them again. */
export function restartedFor(lead: Lead, rules: SlaRules, at: Date): Lead {
  const owner = ownerOf(lead);
  const due = deadlines(rules, { grade: gradeOf(lead), teamId: owner?.teamId });
  const { seenAt, triedAt, ...rest } = lead;
  const waits = { ...rest, sla: startClock(at, due) } as Lead;
  return lead.status === 'contacted' ? become(waits, { status: 'assigned', owner: lead.owner }) : waits;
}

/** A lead whose customer was not contacted after all: its clock runs on, and whoever has it has to contact them. */
export function reopenedFor(lead: Lead, rules: SlaRules, at: Date): Lead {
  const due = deadlines(rules, { grade: gradeOf(lead), teamId: ownerOf(lead)?.teamId });
  const waits = { ...lead, sla: reopened(lead.sla, due, at) };
  return lead.status === 'contacted' ? become(waits, { status: 'assigned', owner: lead.owner }) : waits;
}

/** What the owner had done about a lead that nobody contacted. */
export type WhyMissed = 'not-assigned' | 'never-seen' | 'seen-not-called' | 'tried-not-reached';

/** What the owner had done about a lead that nobody contacted by now. */
export function whyMissed(lead: Lead): WhyMissed {
  if (!ownerOf(lead)) return 'not-assigned';
  if (lead.triedAt !== undefined) return 'tried-not-reached';
  return lead.seenAt === undefined ? 'never-seen' : 'seen-not-called';
}
