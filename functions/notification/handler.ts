import { BreakerClosed } from '../../events/breaker-closed.ts';
import { BreakerOpened } from '../../events/breaker-opened.ts';
import { ChannelDue } from '../../events/channel-due.ts';
import { HolidaysUnknown } from '../../events/holidays-unknown.ts';
import { HrPushHeld } from '../../events/hr-push-held.ts';
import { LeadAssigned } from '../../events/lead-assigned.ts';
import { LeadMissed } from '../../events/lead-missed.ts';
import { LeadOverdue } from '../../events/lead-overdue.ts';
import { LeadReminded } from '../../events/lead-reminded.ts';
import { LeadSentToManual } from '../../events/lead-sent-to-manual.ts';
import { LeadsHandedOver } from '../../events/leads-handed-over.ts';
import { LeadsUnaccounted } from '../../events/leads-unaccounted.ts';
import { MessageQuarantined } from '../../events/message-quarantined.ts';
import { RosterMissing } from '../../events/roster-missing.ts';
import { now } from '../../shared/platform/clock.ts';
import { queueStep, type Received, type StepContext } from '../../shared/platform/queue-step.ts';
import { type Table, table } from '../../shared/platform/table.ts';
import { byTrigger, scheduleStep } from '../../shared/platform/triggers.ts';
import { catchUp } from './catch-up.ts';
import { channels } from './channels/index.ts';
import {
  ADMINS,
  assignmentFailed,
  breakerClosed,
  breakerOpened,
  forAdmins,
  holidaysUnknown,
  hrHeld,
  leadAssigned,
  leadMissed,
  leadOverdue,
  leadReminded,
  leadsHandedOver,
  leadsUnaccounted,
  messageQuarantined,
  rosterMissing,
} from './compose.ts';
import { deliver } from './deliver.ts';
import { sendDigests } from './digest.ts';
import { type ChannelName, type Message, NotTaken } from './message.ts';
import { noticeRulesNow } from './rules.ts';
import { handedOver, subjectOf } from './subject.ts';

const woken = [
  LeadAssigned,
  LeadReminded,
  LeadOverdue,
  LeadMissed,
  LeadSentToManual,
  BreakerOpened,
  BreakerClosed,
  LeadsHandedOver,
  HrPushHeld,
  RosterMissing,
  LeadsUnaccounted,
  HolidaysUnknown,
  MessageQuarantined,
  ChannelDue,
] as const;
type Woken = Received<(typeof woken)[number]>;

/** What has to be told → the people who have to know it, by their channels, once each; and each morning, who let what lie. */
export const handler = byTrigger({
  queue: queueStep(woken, tell),
  schedule: scheduleStep(() => sendDigests(table(), now)),
});

/** Tells of one event. */
async function tell(event: Woken, { table, now, lastTry }: StepContext): Promise<void> {
  if (event.type === 'ChannelDue') return catchUp(table, nameOf(event.detail.channel), now);
  const composed = await compose(table, event);
  const alerts = composed.some(({ to }) => to === ADMINS);
  const messages = alerts ? forAdmins(composed, await noticeRulesNow(table)) : composed;
  await deliver(table, event.detail.eventId, messages, { now, lastTry });
}

function nameOf(channel: string): ChannelName {
  if (channel in channels) return channel as ChannelName;
  throw new NotTaken(channel, 'unknown-channel');
}

async function compose(table: Table, event: Exclude<Woken, { type: 'ChannelDue' }>): Promise<Message[]> {
  switch (event.type) {
    case 'LeadAssigned':
      return told(leadAssigned, await subjectOf(table, event.detail.leadId, event.detail.repId));
    case 'LeadReminded':
      return told(leadReminded, await subjectOf(table, event.detail.leadId, event.detail.repId));
    case 'LeadOverdue':
      return told(leadOverdue, await subjectOf(table, event.detail.leadId, event.detail.repId));
    case 'LeadMissed':
      return told(leadMissed, await subjectOf(table, event.detail.leadId, event.detail.repId));
    case 'LeadSentToManual':
      // Of a held lead the breaker's own alert has told.
      if (event.detail.held) return [];
      return assignmentFailed(event.detail.leadId, event.detail.cause, event.detail.attempts);
    case 'BreakerOpened':
      return breakerOpened(event.detail.cause, event.detail.failures);
    case 'BreakerClosed':
      return breakerClosed(event.detail.cause, event.detail.by);
    case 'LeadsHandedOver':
      return told(leadsHandedOver, await handedOver(table, event.detail));
    case 'RosterMissing':
      return rosterMissing(event.detail.last);
    case 'HrPushHeld':
      return hrHeld(event.detail.reviewId, event.detail.wouldFreeze);
    case 'LeadsUnaccounted':
      return leadsUnaccounted(event.detail.difference, event.detail.leadIds);
    case 'HolidaysUnknown':
      return holidaysUnknown(event.detail.year);
    case 'MessageQuarantined':
      return messageQuarantined(event.detail.quarantineId, event.detail.step, event.detail.reason);
  }
}

/** A lead that was erased meanwhile has nothing to be told of. */
const told = <S>(words: (subject: S) => Message[], subject: S | undefined): Message[] =>
  subject ? words(subject) : [];
