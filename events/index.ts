import { AppealAnswered } from './appeal-answered.ts';
import { AppealFiled } from './appeal-filed.ts';
import { AssignmentFailed } from './assignment-failed.ts';
import { BreakerClosed } from './breaker-closed.ts';
import { BreakerOpened } from './breaker-opened.ts';
import { BreakerTried } from './breaker-tried.ts';
import { CallWished } from './call-wished.ts';
import { ChannelDue } from './channel-due.ts';
import { ContactCorrected } from './contact-corrected.ts';
import { ContactLogged } from './contact-logged.ts';
import type { AnyEventContract } from './contract.ts';
import { ConversationUnderstood } from './conversation-understood.ts';
import { CycleClosed } from './cycle-closed.ts';
import { DealStuck } from './deal-stuck.ts';
import { DeliveryPutOff } from './delivery-put-off.ts';
import { DirectoryMemberChanged } from './directory-member-changed.ts';
import { EscalationWithdrawn } from './escalation-withdrawn.ts';
import { FeedbackAsked } from './feedback-asked.ts';
import { HandoverAsked } from './handover-asked.ts';
import { HolidaysUnknown } from './holidays-unknown.ts';
import { HrPushHeld } from './hr-push-held.ts';
import { ImportPartReceived } from './import-part-received.ts';
import { LeadAccepted } from './lead-accepted.ts';
import { LeadAssigned } from './lead-assigned.ts';
import { LeadDuplicated } from './lead-duplicated.ts';
import { LeadHeldForReview } from './lead-held-for-review.ts';
import { LeadMissed } from './lead-missed.ts';
import { LeadOverdue } from './lead-overdue.ts';
import { LeadPooled } from './lead-pooled.ts';
import { LeadReceived } from './lead-received.ts';
import { LeadReferenceReceived } from './lead-reference-received.ts';
import { LeadRejected } from './lead-rejected.ts';
import { LeadReleased } from './lead-released.ts';
import { LeadReminded } from './lead-reminded.ts';
import { LeadRescored } from './lead-rescored.ts';
import { LeadScored } from './lead-scored.ts';
import { LeadSentToManual } from './lead-sent-to-manual.ts';
import { LeadSetAside } from './lead-set-aside.ts';
import { LeadTouched } from './lead-touched.ts';
import { LeadUnmerged } from './lead-unmerged.ts';
import { LeadsHandedOver } from './leads-handed-over.ts';
import { LeadsStranded } from './leads-stranded.ts';
import { LeadsUnaccounted } from './leads-unaccounted.ts';
import { MessageQuarantined } from './message-quarantined.ts';
import { MessagesAdded } from './messages-added.ts';
import { PersonErased } from './person-erased.ts';
import { PersonErasureAsked } from './person-erasure-asked.ts';
import { RankingAsked } from './ranking-asked.ts';
import { RecordingTranscribed } from './recording-transcribed.ts';
import { RepAway } from './rep-away.ts';
import { RepBack } from './rep-back.ts';
import { RepFrozen } from './rep-frozen.ts';
import { RepLostTerritory } from './rep-lost-territory.ts';
import { RepMoved } from './rep-moved.ts';
import { RetakeAsked } from './retake-asked.ts';
import { RosterMissing } from './roster-missing.ts';
import { SpeakersUnknown } from './speakers-unknown.ts';
import { StageMoved } from './stage-moved.ts';
import { SurveyAsked } from './survey-asked.ts';
import { TaskOverdue } from './task-overdue.ts';
import { TaskReminded } from './task-reminded.ts';
import { TerritoriesPublished } from './territories-published.ts';
import { ThreadHeard } from './thread-heard.ts';
import { TranscriptionAsked } from './transcription-asked.ts';
import { TranscriptionFailed } from './transcription-failed.ts';

/** Every event there is, in the order in which a lead meets them. */
export const catalogue: readonly AnyEventContract[] = [
  LeadReferenceReceived,
  DeliveryPutOff,
  ImportPartReceived,
  RetakeAsked,
  LeadReceived,
  LeadSetAside,
  LeadDuplicated,
  LeadTouched,
  LeadUnmerged,
  LeadHeldForReview,
  LeadRejected,
  LeadAccepted,
  LeadScored,
  LeadRescored,
  LeadAssigned,
  AssignmentFailed,
  LeadSentToManual,
  BreakerOpened,
  BreakerTried,
  BreakerClosed,
  LeadReleased,
  LeadPooled,
  LeadReminded,
  LeadOverdue,
  LeadMissed,
  ContactLogged,
  ContactCorrected,
  MessagesAdded,
  ConversationUnderstood,
  SpeakersUnknown,
  TranscriptionFailed,
  RecordingTranscribed,
  TranscriptionAsked,
  ThreadHeard,
  CallWished,
  EscalationWithdrawn,
  StageMoved,
  DealStuck,
  TaskReminded,
  TaskOverdue,
  SurveyAsked,
  FeedbackAsked,
  CycleClosed,
  AppealFiled,
  AppealAnswered,
  RankingAsked,
  HrPushHeld,
  RepFrozen,
  RepAway,
  RepBack,
  TerritoriesPublished,
  RepLostTerritory,
  RepMoved,
  HandoverAsked,
  LeadsHandedOver,
  RosterMissing,
  LeadsStranded,
  LeadsUnaccounted,
  HolidaysUnknown,
  DirectoryMemberChanged,
  MessageQuarantined,
  ChannelDue,
  PersonErasureAsked,
  PersonErased,
];
