import { companyKey } from '../../lead/contact.ts';
import type { Form } from '../../lead/form.ts';
import { sha256 } from '../../platform/random.ts';
import { folded } from '../fold.ts';

/** Shorter messages are what anybody might write: 'please call me'. */
const SHORTEST = 20;

const bare = (text: string): string => folded(text).replace(/[\s\p{P}\p{S}]+/gu, '');

/** Fields under which forms ask for a message in people's own words. */
const ASKED_AS =
  /^(your)?(messages?|comments?|notes?|remarks?|enquiry|inquiry|questions?|nachricht|留言|备注|咨询内容|需求描述|需求|问题|说明)$/u;

/** What the customer wrote in their own words, wherever the form asked for it. */
export const messageOf = ({ message, fields = [] }: Form): string | undefined =>
  message ?? fields.find(({ name }) => ASKED_AS.test(bare(name)))?.value;

/** The key of what was written, hashed; undefined when it is too short to tell. */
export function messageKey(form: Form): string | undefined {
  const text = bare(messageOf(form) ?? '');
  return text.length < SHORTEST ? undefined : sha256(`message:${text}`).slice(0, 40);
}

/** The key of who was named, of which company, hashed. */
export function nameKey({ contact, company }: Form): string | undefined {
  const [name, ofCompany] = [bare(contact.name ?? ''), companyKey(company?.name)];
  return name === '' || ofCompany === undefined ? undefined : sha256(`name:${name}:${ofCompany}`).slice(0, 40);
}
