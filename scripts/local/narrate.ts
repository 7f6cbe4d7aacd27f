import type { BusEvent } from './bus.ts';

type Detail = Record<string, string | number | boolean | undefined>;

const words: Record<string, (detail: Detail) => string> = {
  LeadReceived: ({ source }) => `came in from ${source}`,
  LeadReferenceReceived: ({ source }) => `a lead of ${source} is known by its id: it is fetched`,
  DeliveryPutOff: ({ source }) => `accepted from ${source} while the table was busy: stored later`,
  ImportPartReceived: ({ importId, part }) => `part ${part} of import ${importId} is taken in`,
  RetakeAsked: ({ quarantineId, by }) => `${by} takes in anew what lay in quarantine (${quarantineId})`,
  LeadSetAside: ({ source, reason }) => `came in from ${source}, and is kept but given to nobody (${reason})`,
  LeadDuplicated: ({ duplicateOf }) => `is the same person as ${duplicateOf}: kept as a duplicate`,
  LeadTouched: ({ touchedBy, source, repId, clockRestarted }) =>
    `its customer posted again by ${source} (${touchedBy})${repId === undefined ? '' : `: ${repId} is told`}${clockRestarted ? ', the clock starts anew' : ''}`,
  LeadUnmerged: ({ apart, reason }) => `${apart} is a lead of its own after all: ${reason}`,
  LeadHeldForReview: ({ points }) => `may be rubbish (${points} points): held until somebody has looked at it`,
  LeadRejected: ({ reason, points }) => `rejected: ${reason}${points === undefined ? '' : ` (${points} points)`}`,
  LeadAccepted: ({ reason }) => `let pass by hand: ${reason}`,
  LeadScored: ({ value, grade }) => `scored ${value}, grade ${grade}`,
  LeadRescored: ({ value, grade, raised, repId }) =>
    `scored ${value} by what its customer did, grade ${grade}${raised ? `, better than before${repId === undefined ? '' : `: ${repId} is told`}` : ''}`,
  LeadAssigned: ({ repId, basis }) => `given to ${repId} (${basis})`,
  LeadReleased: ({ repId, reason }) =>
    `${repId === undefined ? 'to be assigned again' : `taken from ${repId}`} (${reason})`,
  LeadPooled: ({ teamId, reason }) => `goes to the pool of ${teamId || 'everybody'} (${reason})`,
  AssignmentFailed: ({ cause, attempt }) => `attempt ${attempt} found nobody: ${cause}`,
  LeadSentToManual: ({ cause, attempts, held }) =>
    `handed to the manual group after ${attempts} attempts: ${cause}${held ? '; its breaker is open' : '; the admins are told'}`,
  BreakerOpened: ({ cause, failures }) =>
    `${failures} leads failed for ${cause}: such leads go to the manual group at once, with this one alert`,
  BreakerTried: ({ cause, passed }) => `tried whether ${cause} is overcome: ${passed ? 'it is' : 'not yet'}`,
  BreakerClosed: ({ cause, by }) => `${cause} is overcome (${by}): the leads held for it are assigned anew`,
  LeadReminded: ({ repId }) => `not contacted yet: ${repId ?? 'nobody'} is reminded`,
  LeadOverdue: ({ repId }) =>
    `not contacted in time${repId === undefined ? '' : ` by ${repId}`}: the supervisor (or the admins) are told`,
  LeadMissed: ({ repId }) => `still not contacted${repId === undefined ? '' : ` by ${repId}`}: on the exception report`,
  ContactLogged: ({ repId, channel, reached }) =>
    `${reached === false ? 'not reached' : 'contacted'} by ${channel}${repId === undefined ? '' : ` (${repId})`}`,
  MessagesAdded: ({ messages, channel, first }) =>
    `${messages} messages of ${channel} were added${first ? ': the first contact is among them' : ''}`,
  ConversationUnderstood: ({ intent, points, because }) =>
    `what was said sounds like ${intent} intent (${because}): ${points} points`,
  TranscriptionAsked: ({ uploadId }) => `its recording ${uploadId} is to be put into words`,
  RecordingTranscribed: ({ uploadId, messages }) =>
    `its recording ${uploadId} was put into words: ${messages} messages`,
  TranscriptionFailed: ({ uploadId, because }) => `its recording ${uploadId} could not be put into words: ${because}`,
  SpeakersUnknown: ({ uploadId }) => `who speaks in its recording ${uploadId} must be told`,
  ThreadHeard: ({ chat, threadId }) => `something was said in ${chat}${threadId === undefined ? '' : ` (${threadId})`}`,
  CallWished: ({ callTime }) => `the customer would like to be called: ${callTime}; the owner is told`,
  EscalationWithdrawn: ({ firstContactAt }) => `had been contacted at ${firstContactAt}: the escalation is taken back`,
  ContactCorrected: ({ corrects, reason }) => `the record ${corrects} of a contact was corrected: ${reason}`,
  StageMoved: ({ from, to, kind, reason }) =>
    `moved ${kind === 'back' ? 'back ' : ''}from ${from} to ${to}${reason === undefined ? '' : `, skipping what comes between: ${reason}`}`,
  DealStuck: ({ stage, since }) => `nothing happened in ${stage}, red since ${since}: the supervisor is told`,
  TaskReminded: ({ repId, dueAt }) => `${repId ?? 'nobody'} is reminded of what is due at ${dueAt}`,
  TaskOverdue: ({ repId, dueAt }) =>
    `what ${repId ?? 'nobody'} had to do by ${dueAt} is not done: the supervisor is told`,
  SurveyAsked: ({ point, reminder }) =>
    `the customer is ${reminder ? 'reminded of the survey' : 'asked how it was'} (${point})`,
  FeedbackAsked: ({ repId }) => `colleagues are asked what they think of ${repId}`,
  CycleClosed: ({ period, after }) =>
    `${period} is closed: ${after === undefined ? 'everybody appraised' : `everybody after ${after}`} is told`,
  AppealFiled: ({ repId, period }) => `${repId} appeals against their score of ${period}: the supervisor is told`,
  AppealAnswered: ({ repId, period, decision }) => `the appeal of ${repId} on ${period} is ${decision}: they are told`,
  PersonErasureAsked: ({ personId }) => `all that is known of ${personId} is to be erased`,
  PersonErased: ({ personId }) => `nothing is known of ${personId} any more, nor of their leads`,
  RankingAsked: ({ period }) => `the whole company’s ranking of ${period} is made anew`,
  RepFrozen: ({ repId, status }) => `${repId} is ${status}: frozen, open leads are handed over`,
  RepBack: ({ repId, from, by, reason }) =>
    `${repId} is no longer ${from} (says ${by}${reason === undefined ? '' : `: ${reason}`}): new leads again`,
  LeadsHandedOver: ({ repId, reason, asked }) =>
    `all open leads of ${repId} are handed over (${reason}), ${asked} of them for the supervisor to decide: one summary is sent`,
  RosterMissing: ({ last }) => `no roster came from HR this night (the last: ${last ?? 'never'}): the admins are told`,
  LeadsStranded: ({ cause }) => `leads went to the manual group (${cause}): the admins are told of them together`,
  LeadsUnaccounted: ({ difference }) => `nobody can say where ${difference} leads are: the admins are told`,
  HolidaysUnknown: ({ year }) => `holidays are not known from ${year} on: the admins are told`,
  DirectoryMemberChanged: ({ directory, userId }) =>
    `${directory} says that something about ${userId} changed: it is asked`,
  HrPushHeld: ({ because }) => `a push of HR’s waits for an admin: ${because}`,
  RepAway: ({ repId }) => `${repId} is on leave: open leads are handed over if it is for long`,
  TerritoriesPublished: ({ version }) => `version ${version} of the territories is in force`,
  RepMoved: ({ repId, to }) => `${repId} is in ${to === undefined ? 'no team' : `team ${to}`} now: open leads go along`,
  RepLostTerritory: ({ repId }) => `${repId} lost a territory: open leads there are handed over`,
  HandoverAsked: ({ repId, reason }) => `no longer with ${repId} (${reason}): the supervisor is asked who gets it`,
  ChannelDue: ({ channel }) => `messages wait for ${channel}: it is tried again`,
  MessageQuarantined: ({ step, reason }) => `a message to ${step} was put into quarantine: ${reason}`,
};

/** One readable line for an event of the bus; ids only, no personal data. */
export function narrate(event: BusEvent): string {
  const detail = event.detail as Detail;
  const say = words[event['detail-type']];
  const subject = detail.leadId === undefined ? '' : `lead ${detail.leadId} `;
  return `${event.time.slice(0, 19).replace('T', ' ')}  ${subject}${say ? say(detail) : event['detail-type']}`;
}
