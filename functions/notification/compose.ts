import type { BreakerOpened } from '../../events/breaker-opened.ts';
import type { EventOf } from '../../events/contract.ts';
import type { LeadsStranded } from '../../events/leads-stranded.ts';
import { partsOfPhone } from '../../shared/lead/contact.ts';
import type { Form } from '../../shared/lead/form.ts';
import { gradeOf, type Lead } from '../../shared/lead/lead.ts';
import type { MessageKind } from '../../shared/notice/kinds.ts';
import type { LanguageTag } from '../../shared/notice/languages/index.ts';
import type { Language } from '../../shared/notice/languages/language.ts';
import type { QuietHours } from '../../shared/notice/quiet.ts';
import type { Values } from '../../shared/notice/template.ts';
import type { HandoverRecord } from '../../shared/org/handover/store.ts';
import { isFrozen, type Rep } from '../../shared/org/rep.ts';
import type { CallTime } from '../../shared/portal/call-time.ts';
import type { Way } from './message.ts';
import type { About } from './untrue.ts';

/** The admins as a recipient. */
export const ADMINS = 'admins';

/** The systems beside this one that follow the deals, as a recipient. */
export const DEAL_SYSTEMS = 'deal-systems';

/** A customer as a recipient: by which ways they are reached, the first of them first. */
export interface Customer {
  ways: readonly Way[];
  language: LanguageTag;
  quietHours: QuietHours;
}

/** How a recipient is spoken to. */
export interface Speech {
  language: Language;
  /** A moment as the recipient's clock shows it, with the zone said: their device may be elsewhere. */
  clock: (at: string) => string;
}

/** Something to be told to somebody; in which words and by which channels is the rules' to say. */
export interface Telling {
  to: Rep | Customer | typeof ADMINS | typeof DEAL_SYSTEMS;
  kind: MessageKind;
  leadId?: string;
  /** The set point at which a customer is asked. */
  point?: string;
  /** How that stands of which it tells, beside who is told. */
  about?: Omit<About, 'repId'>;
  /** The console's page that it is about, if not a lead's. */
  page?: string;
  /** The page that it leads to, where that is none of the staff's. */
  link?: string;
  values: (speech: Speech) => Values;
  /** The value that names something as yet to come, and until when it is (ISO 8601). */
  lapses?: { at: string; value: string };
  /** What it is about, for systems. */
  data?: Readonly<Record<string, unknown>>;
  /** With what to say and do first. */
  withPlaybook?: boolean;
  /** Quiet hours do not hold it back. */
  urgent?: boolean;
}

/** What a message about a lead is made of. */
export interface Subject {
  lead: Lead;
  form: Form;
  owner: Rep | undefined;
  supervisor: Rep | undefined;
}

/** What a summary of a hand-over is made of. */
export interface HandedOver {
  rep: Rep;
  supervisor: Rep | undefined;
  record: HandoverRecord;
}

/** The customer as whoever may see them is told of them. */
export function customer({ lead, form }: Subject, { language }: Speech): Values {
  const { company, contact } = form;
  return {
    leadId: lead.leadId,
    grade: language.grade(gradeOf(lead)),
    who: [language.grade(gradeOf(lead)), company?.name, contact.name].filter(Boolean).join(' '),
    company: company?.name,
    name: contact.name,
    reach:
      (contact.phone && language.phone(partsOfPhone(contact.phone))) ??
      contact.email ??
      (contact.wechat === undefined ? undefined : language.wechat(contact.wechat)),
    product: lead.productLine ?? language.words['our-products'],
  };
}

/** The lead without its customer, for a group. */
export const anonymous = ({ lead }: Subject, { language }: Speech): Values => ({
  leadId: lead.leadId,
  grade: language.grade(gradeOf(lead)),
  who: `${language.grade(gradeOf(lead))} ${lead.leadId}`,
});

/** To the new owner: who it is, how to reach them, by when, and what to say and do. */
export function leadAssigned(subject: Subject): Telling[] {
  const { lead, owner } = subject;
  if (!owner) return [];
  const values = (speech: Speech): Values => ({
    ...customer(subject, speech),
    due: speech.clock(lead.sla.supervisorDueAt),
    rep: owner.name,
  });
  const about = { status: lead.status };
  return [{ to: owner, kind: 'lead-assigned', leadId: lead.leadId, about, values, withPlaybook: true, urgent: true }];
}

/** To whoever had the lead until now: it is not theirs any more, so that no two call one customer. */
export const leadTaken =
  (from: Rep | undefined) =>
  (subject: Subject): Telling[] => {
    const { lead, owner } = subject;
    if (!from || isFrozen(from)) return [];
    const values = (speech: Speech): Values => ({
      ...customer(subject, speech),
      holder: speech.language.holder(owner?.name),
    });
    return [{ to: from, kind: 'lead-taken', leadId: lead.leadId, values }];
  };

/** To the owner: their customer posted again. */
export const leadTouched =
  (source: string) =>
  (subject: Subject): Telling[] => {
    const { lead, owner } = subject;
    if (!owner) return [];
    const values = (speech: Speech): Values => ({ ...customer(subject, speech), source });
    return [{ to: owner, kind: 'lead-touched', leadId: lead.leadId, values }];
  };

/** To the owner: by what it did, their customer became a better lead. */
export const leadRaised =
  (from: string) =>
  (subject: Subject): Telling[] => {
    const { lead, owner } = subject;
    if (!owner) return [];
    const { firstContactAt, supervisorDueAt } = lead.sla;
    const values = (speech: Speech): Values => ({
      ...customer(subject, speech),
      from: speech.language.grade(from),
      callBy: speech.language.callBy(firstContactAt === null ? speech.clock(supervisorDueAt) : undefined),
    });
    const lapses = { at: supervisorDueAt, value: 'callBy' };
    return [{ to: owner, kind: 'lead-raised', leadId: lead.leadId, values, lapses }];
  };

/** To the owner: when the customer would like to be called. */
export function callWished(subject: Subject, callTime: CallTime): Telling[] {
  const { lead, owner } = subject;
  if (!owner) return [];
  const values = (speech: Speech): Values => ({
    ...customer(subject, speech),
    when: speech.language.words[`call-${callTime}`] ?? callTime,
  });
  return [{ to: owner, kind: 'call-wished', leadId: lead.leadId, values }];
}

/** To the owner again: the customer still waits. */
export function leadReminded(subject: Subject): Telling[] {
  const { lead, owner } = subject;
  if (!owner) return [];
  const { supervisorDueAt } = lead.sla;
  const values = (speech: Speech): Values => ({
    ...customer(subject, speech),
    due: speech.clock(supervisorDueAt),
    toldAt: speech.language.toldAt(speech.clock(supervisorDueAt)),
    rep: owner.name,
  });
  const lapses = { at: supervisorDueAt, value: 'toldAt' };
  return [{ to: owner, kind: 'lead-reminder', leadId: lead.leadId, values, lapses }];
}

/** To the owner's supervisor, or the admins where there is none: nobody called within the first deadline. */
export function leadOverdue(subject: Subject): Telling[] {
  const { lead, owner, supervisor } = subject;
  const values = (speech: Speech): Values => ({
    ...(supervisor ? customer(subject, speech) : anonymous(subject, speech)),
    since: speech.clock(lead.sla.receivedAt),
    holder: speech.language.holder(owner?.name),
  });
  return [{ to: supervisor ?? ADMINS, kind: 'lead-overdue', leadId: lead.leadId, values }];
}

/** The exception report: to the admins' group, and to the supervisor. Names no customer: a group reads it. */
export function leadMissed(subject: Subject): Telling[] {
  const { lead, owner, supervisor } = subject;
  const values = (speech: Speech): Values => ({
    ...anonymous(subject, speech),
    since: speech.clock(lead.sla.receivedAt),
    holder: speech.language.holder(owner && `${owner.name}(${owner.repId})`),
  });
  const to = supervisor ? ([ADMINS, supervisor] as const) : ([ADMINS] as const);
  return to.map((reader) => ({ to: reader, kind: 'lead-missed', leadId: lead.leadId, values }));
}

/** As many leads as a message names. */
const NAMED = 10;

const some = (leadIds: readonly string[]): string =>
  [...leadIds.slice(0, NAMED), ...(leadIds.length > NAMED ? ['…'] : [])].join(' ');

/** To the supervisor of whose leads were handed over, or the admins where there is none: one summary of all of them. */
export function leadsHandedOver({ rep, supervisor, record }: HandedOver): Telling[] {
  const given = Object.values(record.released).reduce((sum, count) => sum + count, 0);
  const values = ({ language }: Speech): Values => ({
    rep: `${rep.name}(${rep.repId})`,
    why: language.words[record.reason] ?? record.reason,
    given: String(given),
    grades: language.list(['A', 'B', 'C'].map((grade) => `${language.grade(grade)} ${record.released[grade] ?? 0}`)),
    asked: language.asked(record.asked.length, some(record.asked)),
  });
  return [{ to: supervisor ?? ADMINS, kind: 'leads-handed-over', values }];
}

const toAdmins = (kind: MessageKind, values: Telling['values'], leadId?: string): Telling[] => [
  { to: ADMINS, kind, values, ...(leadId === undefined ? {} : { leadId }) },
];

/** To the admins: the system could not place a lead. */
export const assignmentFailed = (leadId: string, cause: string, attempts: number): Telling[] =>
  toAdmins(
    'assignment-failed',
    ({ language }) => ({ leadId, cause, attempts: String(attempts), unplaced: language.unplaced(attempts, cause) }),
    leadId,
  );

/** To the admins, once: many leads fail for one cause, and wait for people until it is overcome. */
export const breakerOpened = ({ cause, failures, leadIds }: EventOf<typeof BreakerOpened>): Telling[] =>
  toAdmins('breaker-opened', () => ({ cause, failures: String(failures), leadIds: some(leadIds) }));

/** To the admins: leads with which a step failed at every try; of one by itself as of any that could not be placed. */
export function leadsStranded({ cause, leadIds }: EventOf<typeof LeadsStranded>): Telling[] {
  const [first, ...others] = leadIds;
  if (first !== undefined && others.length === 0) return assignmentFailed(first, cause, 0);
  return toAdmins('assignments-failed', () => ({ cause, count: String(leadIds.length), leadIds: some(leadIds) }));
}

/** To the admins: the cause is overcome. */
export const breakerClosed = (cause: string, by: string): Telling[] =>
  toAdmins('breaker-closed', ({ language }) => ({ cause, by: language.words[by] ?? by }));

/** To the admins: HR would freeze many at once, and it was not done. */
export const hrHeld = (reviewId: string, wouldFreeze: number): Telling[] =>
  toAdmins('hr-held', () => ({ reviewId, wouldFreeze: String(wouldFreeze) }));

/** To the admins: HR sent no roster this night. */
export const rosterMissing = (last: string | undefined): Telling[] =>
  toAdmins('hr-roster-missing', ({ language, clock }) => ({
    last: language.lastRoster(last === undefined ? undefined : clock(last)),
  }));

/** To the admins: leads of which nobody can say where they are. */
export const leadsUnaccounted = (difference: number, leadIds: readonly string[]): Telling[] =>
  toAdmins('leads-unaccounted', () => ({ difference: String(difference), leadIds: some(leadIds) }));

/** To the admins: the calendar ends. */
export const holidaysUnknown = (year: number): Telling[] =>
  toAdmins('holidays-unknown', () => ({ year: String(year) }));

/** To the admins: something came that could not be understood. */
export const messageQuarantined = (quarantineId: string, step: string, reason: string): Telling[] =>
  toAdmins('message-quarantined', () => ({ quarantineId, step, reason }));
