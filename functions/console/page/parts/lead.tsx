import type { LeadSummary } from '../calls.ts';
import { useNow } from '../clock.ts';
import { span, t } from '../words.ts';

type Posted = Record<string, unknown>;

/** A field of what was posted, as text. */
export const text = (of: Posted, field: string): string => {
  const value = of[field];
  return value === undefined || value === null ? '' : String(value);
};

/** The phone as it is dialled: the number, then the extension. */
export const phoneOf = (contact: Posted): string => {
  const [number = '', extension] = text(contact, 'phone').split(';ext=');
  return extension === undefined ? number : t('phone.extension', { number, extension });
};

/** How people call the lead: its person, else its company, else its id. */
export const titleOf = ({ contact, company, leadId }: LeadSummary): string =>
  text(contact, 'name') || text(company, 'name') || `…${leadId.slice(-6)}`;

/** The grade as a mark. */
export const Grade = ({ grade }: { grade: string | undefined }) => (
  <span class={`grade grade-${grade ?? 'none'}`} title={t('grade.of', { grade: grade ?? '–' })}>
    <span class="hidden">{t('grade.word')} </span>
    {grade ?? '–'}
  </span>
);

const SOON = 30 * 60_000;

/** The next deadline of a lead that nobody has contacted: the supervisor hears of it, then the exception report. */
export function deadlineOf(
  { sla }: LeadSummary,
  at: Date,
): { dueAt: string; what: 'supervisor' | 'exception' | 'missed' } {
  const now = at.toISOString();
  if (now < sla.supervisorDueAt) return { dueAt: sla.supervisorDueAt, what: 'supervisor' };
  if (now < sla.exceptionDueAt) return { dueAt: sla.exceptionDueAt, what: 'exception' };
  return { dueAt: sla.exceptionDueAt, what: 'missed' };
}

/** How long there is to contact the customer, each second anew. */
export function CountDown({ lead }: { lead: LeadSummary }) {
  const at = useNow();
  if (lead.sla.firstContactAt !== null) return <span class="due done">{t('sla.contacted')}</span>;
  const { dueAt, what } = deadlineOf(lead, at);
  const left = Date.parse(dueAt) - at.getTime();
  const tone = what === 'supervisor' ? (left < SOON ? 'soon' : 'fine') : 'late';
  return (
    <span class={`due ${tone}`}>
      <time dateTime={dueAt}>{t(`sla.${what}`, { time: span(left) })}</time>
    </span>
  );
}

/** One tap to call. */
export const CallLink = ({ lead, onCall }: { lead: LeadSummary; onCall?: () => void }) => {
  const phone = text(lead.contact, 'phone');
  if (!phone) return null;
  return (
    <a class="call" href={`tel:${phone}`} onClick={onCall} aria-label={t('call.who', { name: titleOf(lead) })}>
      <span aria-hidden="true">☎</span> {t('call')}
    </a>
  );
};
