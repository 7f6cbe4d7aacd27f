import type { Cycle } from '../../shared/appraisal/cycle.ts';
import type { Task } from '../../shared/journey/tasks/task.ts';
import { isClosed, isOpen, type Lead, type LeadStatus, ownerOf } from '../../shared/lead/lead.ts';
import type { MessageKind } from '../../shared/notice/kinds.ts';

/** How that stood of which a message tells, when it was composed. Earlier versions noted nothing of it. */
export interface About {
  /** Who is told, if one of the staff. */
  repId?: string;
  /** The lead's state. */
  status?: LeadStatus;
  task?: { taskId: string; dueAt: string };
  closing?: { period: string; revision: number };
  appeal?: { period: string; repId: string; appealId: string };
}

/** How it stands now. There is no lead where a message tells of none. */
export interface Standing {
  lead?: Lead | undefined;
  task?: Task | undefined;
  cycle?: Cycle | undefined;
  /** Whether the appeal was answered. */
  isAnswered?: boolean | undefined;
  /** Whether the customer may be asked at that point of the deal. */
  mayAsk?: boolean | undefined;
  /** Whether whoever is told has left, or is leaving. */
  isOut?: boolean | undefined;
}

type IsUntrue = (about: About, now: Standing) => boolean;

/** What tells of what happened stays true, and so does what counts: to whom a lead belongs now changes nothing in it. */
const never: IsUntrue = () => false;

/** Somebody else has the lead now, or nobody. */
const isAnothers: IsUntrue = ({ repId }, { lead }) =>
  lead === undefined || (repId !== undefined && ownerOf(lead)?.repId !== repId);

/** The customer was contacted, or the lead has ended. */
const waitsNoMore: IsUntrue = (_, { lead }) => lead === undefined || isClosed(lead) || lead.sla.firstContactAt !== null;

/** The task is done or need not be done any more, or it is due at another time, of which is told then. */
const isOff: IsUntrue = ({ task: then }, { task, lead }) =>
  then !== undefined &&
  (task?.state !== 'open' ||
    task.dueAt !== then.dueAt ||
    (task.kind === 'next-step' && task.leadId !== undefined && (lead === undefined || isClosed(lead))));

/** A next step follows its lead to whoever has it. */
const isAnothersToDo: IsUntrue = ({ repId }, { task, lead }) => {
  const doer = task && ((task.kind === 'next-step' && lead && ownerOf(lead)?.repId) || task.repId);
  return repId !== undefined && doer !== undefined && doer !== repId;
};

const mayNotAsk: IsUntrue = (_, { mayAsk }) => mayAsk === false;

/** The period was opened again: there is nothing to read or to appeal against. */
const isOpenAgain: IsUntrue = ({ closing }, { cycle }) =>
  closing !== undefined && (cycle?.state !== 'closed' || cycle.revision !== closing.revision);

/** What has become of each kind of message when it waited: one that is untrue by now is not sent. */
const untrue: Readonly<Record<MessageKind, IsUntrue>> = {
  // Of a won deal that was entrusted to somebody they are told, too; not of a lead that they contacted or closed since.
  'lead-assigned': (about, now) => isAnothers(about, now) || now.lead?.status !== (about.status ?? 'assigned'),
  // It may have come back to them.
  'lead-taken': (about, now) => about.repId !== undefined && now.lead !== undefined && !isAnothers(about, now),
  'lead-touched': isAnothers,
  'lead-raised': (about, now) => isAnothers(about, now) || (now.lead !== undefined && isClosed(now.lead)),
  'call-wished': isAnothers,
  'lead-reminder': (about, now) => isAnothers(about, now) || waitsNoMore(about, now),
  'lead-overdue': waitsNoMore,
  'lead-missed': never,
  // Something happened since: it is red no more.
  'deal-stuck': (_, { lead }) => lead === undefined || !isOpen(lead) || lead.sla.stuckSince === undefined,
  'task-reminder': (about, now) => isOff(about, now) || isAnothersToDo(about, now),
  'task-overdue': isOff,
  'survey-asked': mayNotAsk,
  'survey-reminder': mayNotAsk,
  'feedback-asked': never,
  'card-published': isOpenAgain,
  'ranking-published': isOpenAgain,
  'appeal-filed': (_, { isAnswered }) => isAnswered === true,
  'appeal-answered': never,
  'deal-moved': never,
  'weekly-review': never,
  'exception-digest': never,
  'leads-to-review': never,
  'assignment-failed': never,
  'assignments-failed': never,
  'breaker-opened': never,
  'breaker-closed': never,
  'leads-handed-over': never,
  'hr-held': never,
  'hr-roster-missing': never,
  'leads-unaccounted': never,
  'holidays-unknown': never,
  'message-quarantined': never,
};

/** What tells somebody of their own appraisal and of nothing else: they are told while they can be reached. */
const ownAppraisal: ReadonlySet<MessageKind> = new Set(['card-published', 'appeal-answered']);

/** Whoever left or is leaving is told of no customer and no team any more, whoever meant to. */
export const mayKnow = (kind: MessageKind, isOut: boolean): boolean => !isOut || ownAppraisal.has(kind);

/** Whether what a message says has become untrue while it waited, or is no business of whom it was for any more. */
export const isUntrue = (kind: MessageKind, about: About, now: Standing): boolean =>
  !mayKnow(kind, now.isOut === true) || untrue[kind](about, now);
