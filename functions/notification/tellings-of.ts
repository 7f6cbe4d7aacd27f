import { AppealAnswered } from '../../events/appeal-answered.ts';
import { AppealFiled } from '../../events/appeal-filed.ts';
import { BreakerClosed } from '../../events/breaker-closed.ts';
import { BreakerOpened } from '../../events/breaker-opened.ts';
import { CallWished } from '../../events/call-wished.ts';
import { ChannelDue } from '../../events/channel-due.ts';
import type { EventOf } from '../../events/contract.ts';
import { CycleClosed } from '../../events/cycle-closed.ts';
import { DealStuck } from '../../events/deal-stuck.ts';
import { FeedbackAsked } from '../../events/feedback-asked.ts';
import { HolidaysUnknown } from '../../events/holidays-unknown.ts';
import { HrPushHeld } from '../../events/hr-push-held.ts';
import { LeadAssigned } from '../../events/lead-assigned.ts';
import { LeadMissed } from '../../events/lead-missed.ts';
import { LeadOverdue } from '../../events/lead-overdue.ts';
import { LeadPooled } from '../../events/lead-pooled.ts';
import { LeadReleased } from '../../events/lead-released.ts';
import { LeadReminded } from '../../events/lead-reminded.ts';
import { LeadRescored } from '../../events/lead-rescored.ts';
import { LeadSentToManual } from '../../events/lead-sent-to-manual.ts';
import { LeadTouched } from '../../events/lead-touched.ts';
import { LeadsHandedOver } from '../../events/leads-handed-over.ts';
import { LeadsStranded } from '../../events/leads-stranded.ts';
import { LeadsUnaccounted } from '../../events/leads-unaccounted.ts';
import { MessageQuarantined } from '../../events/message-quarantined.ts';
import { RosterMissing } from '../../events/roster-missing.ts';
import { StageMoved } from '../../events/stage-moved.ts';
import { SurveyAsked } from '../../events/survey-asked.ts';
import { TaskOverdue } from '../../events/task-overdue.ts';
import { TaskReminded } from '../../events/task-reminded.ts';
import { readRep } from '../../shared/org/store.ts';
import type { Received } from '../../shared/platform/queue-step.ts';
import type { Table } from '../../shared/platform/table.ts';
import { appraisedOf, feedbackOf, surveyOf } from './appraisal-of.ts';
import {
  assignmentFailed,
  breakerClosed,
  breakerOpened,
  callWished,
  holidaysUnknown,
  hrHeld,
  leadAssigned,
  leadMissed,
  leadOverdue,
  leadRaised,
  leadReminded,
  leadsHandedOver,
  leadsStranded,
  leadsUnaccounted,
  leadTaken,
  leadTouched,
  messageQuarantined,
  rosterMissing,
  type Telling,
} from './compose.ts';
import { appealAnswered, appealFiled } from './compose-appraisal.ts';
import { dealMoved, dealStuck, taskOverdue, taskReminded } from './compose-journey.ts';
import { handedOver, newSubjectOf, subjectOf, supervisedSubjectOf, taskOf } from './subject.ts';

/** What people are told of, and channels that are to be tried again. */
export const woken = [
  LeadAssigned,
  LeadReleased,
  LeadPooled,
  LeadRescored,
  LeadTouched,
  CallWished,
  LeadReminded,
  LeadOverdue,
  LeadMissed,
  StageMoved,
  DealStuck,
  TaskReminded,
  TaskOverdue,
  LeadSentToManual,
  BreakerOpened,
  BreakerClosed,
  LeadsHandedOver,
  HrPushHeld,
  RosterMissing,
  LeadsStranded,
  LeadsUnaccounted,
  HolidaysUnknown,
  MessageQuarantined,
  SurveyAsked,
  FeedbackAsked,
  CycleClosed,
  AppealFiled,
  AppealAnswered,
  ChannelDue,
] as const;

/** One of these. */
export type Woken = Received<(typeof woken)[number]>;

/** What is to be told of an event, and to whom. */
export async function tellingsOf(
  table: Table,
  event: Exclude<Woken, { type: 'ChannelDue' | 'CycleClosed' }>,
): Promise<Telling[]> {
  switch (event.type) {
    case 'LeadAssigned':
      return assignedOf(table, event.detail);
    case 'LeadReleased':
      // Of leads that are handed over there is one summary.
      return event.detail.reason === 'let-lie' ? takenOf(table, event.detail) : [];
    case 'LeadPooled':
      return takenOf(table, event.detail);
    case 'LeadRescored':
      if (!event.detail.raised) return [];
      return told(leadRaised(event.detail.from.grade), await subjectOf(table, event.detail.leadId, event.detail.repId));
    case 'LeadTouched':
      return told(leadTouched(event.detail.source), await subjectOf(table, event.detail.leadId, event.detail.repId));
    case 'CallWished':
      return told(
        (subject) => callWished(subject, event.detail.callTime),
        await subjectOf(table, event.detail.leadId, event.detail.repId),
      );
    case 'LeadReminded':
      return told(leadReminded, await subjectOf(table, event.detail.leadId, event.detail.repId));
    case 'LeadOverdue':
      return told(leadOverdue, await supervisedSubjectOf(table, event.detail.leadId, event.detail.repId));
    case 'LeadMissed':
      return told(leadMissed, await supervisedSubjectOf(table, event.detail.leadId, event.detail.repId));
    case 'StageMoved':
      return told(dealMoved(event.detail), await subjectOf(table, event.detail.leadId, undefined));
    case 'DealStuck':
      return told(dealStuck(event.detail), await supervisedSubjectOf(table, event.detail.leadId, event.detail.repId));
    case 'TaskReminded':
      return told(taskReminded, await taskOf(table, event.detail));
    case 'TaskOverdue':
      return told(taskOverdue, await taskOf(table, event.detail));
    case 'LeadSentToManual':
      // Of a held lead the breaker's own alert has told, of those that a step left LeadsStranded does.
      if (event.detail.held || event.detail.cause === 'dependency') return [];
      return assignmentFailed(event.detail.leadId, event.detail.cause, event.detail.attempts);
    case 'BreakerOpened':
      return breakerOpened(event.detail);
    case 'BreakerClosed':
      return breakerClosed(event.detail.cause, event.detail.by);
    case 'LeadsHandedOver':
      return told(leadsHandedOver, await handedOver(table, event.detail));
    case 'RosterMissing':
      return rosterMissing(event.detail.last);
    case 'HrPushHeld':
      return hrHeld(event.detail.reviewId, event.detail.wouldFreeze);
    case 'LeadsStranded':
      return leadsStranded(event.detail);
    case 'LeadsUnaccounted':
      return leadsUnaccounted(event.detail.difference, event.detail.leadIds);
    case 'HolidaysUnknown':
      return holidaysUnknown(event.detail.year);
    case 'MessageQuarantined':
      return messageQuarantined(event.detail.quarantineId, event.detail.step, event.detail.reason);
    case 'SurveyAsked':
      return surveyOf(table, event.detail);
    case 'FeedbackAsked':
      return feedbackOf(table, event.detail);
    case 'AppealFiled':
      return told(appealFiled(event.detail), await appraisedOf(table, event.detail));
    case 'AppealAnswered':
      return told(appealAnswered(event.detail.period, event.detail.decision), await appraisedOf(table, event.detail));
  }
}

/** To the new owner, and to whoever had the lead before. */
async function assignedOf(table: Table, assigned: EventOf<typeof LeadAssigned>): Promise<Telling[]> {
  const { from } = assigned;
  const [subject, before] = await Promise.all([
    newSubjectOf(table, assigned),
    from === undefined ? undefined : readRep(table, from),
  ]);
  return told((of) => [...leadAssigned(of), ...leadTaken(before)(of)], subject);
}

/** To whoever had the lead, which waits for somebody else now. */
async function takenOf(
  table: Table,
  { leadId, repId }: { leadId: string; repId?: string | undefined },
): Promise<Telling[]> {
  if (repId === undefined) return [];
  const [subject, before] = await Promise.all([subjectOf(table, leadId, undefined), readRep(table, repId)]);
  return told(leadTaken(before), subject);
}

/** A lead that was erased meanwhile has nothing to be told of. */
const told = <S>(words: (subject: S) => Telling[], subject: S | undefined): Telling[] =>
  subject ? words(subject) : [];
