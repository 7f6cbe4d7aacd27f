import { ownPhone } from '../../lead/contact.ts';
import type { Form } from '../../lead/form.ts';
import { isOpen, type Lead } from '../../lead/lead.ts';
import type { LanguageTag } from '../../notice/languages/index.ts';
import type { SurveyMoment, SurveyRules } from './rules.ts';

/** Why a customer is not asked. */
export type NotAsked = 'not-a-deal' | 'refused' | 'no-consent' | 'unreachable';

const reaches = { email: 'email', sms: 'phone', 'sms-aliyun': 'phone' } as const;

/** By which ways a customer can be reached, the first of the rules' channels first. */
export const waysToAsk = ({ contact }: Form, channels: SurveyRules['channels']) =>
  channels.flatMap((channel) => {
    const to = { email: contact.email, phone: ownPhone(contact) }[reaches[channel]];
    return to === undefined ? [] : [{ channel, to }];
  });

/**
 * Why a deal's customer is not asked now, or undefined. A lead that was merged, lost or rejected meanwhile is no deal of which to
 * ask; of one that is won, what comes after that is asked and nothing before it: nobody is asked twice in a week.
 */
export function whyNotAsked(
  { lead, form }: { lead: Lead; form: Form },
  after: SurveyMoment,
  { consent, channels }: Pick<SurveyRules, 'consent' | 'channels'>,
): NotAsked | undefined {
  if (after === 'won' ? lead.status !== 'won' : !isOpen(lead)) return 'not-a-deal';
  if (form.consent?.marketing === false) return 'refused';
  if (consent === 'given' && form.consent?.marketing !== true) return 'no-consent';
  return waysToAsk(form, channels).length === 0 ? 'unreachable' : undefined;
}

/** The language that a customer is written in: that of their phone's country, or of their name; else the company's. */
export function languageOf({ contact, company, message }: Form, otherwise: LanguageTag): LanguageTag {
  if (contact.phone !== undefined) return /^\+(86|852|853|886)/.test(contact.phone) ? 'zh-CN' : 'en';
  const said = [contact.name, company?.name, message].join(' ');
  if (/\p{Script=Han}/u.test(said)) return 'zh-CN';
  return /\p{L}/u.test(said) ? 'en' : otherwise;
}
