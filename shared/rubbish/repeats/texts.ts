import { companyKey } from '../../lead/contact.ts';
import type { Form } from '../../lead/form.ts';
import { sha256 } from '../../platform/random.ts';
import { folded } from '../fold.ts';

/** Shorter messages are what anybody might write: 'please call me'. */
const SHORTEST = 20;

const bare = (text: string): string => folded(text).replace(/[\s\p{P}\p{S}]+/gu, '');

/** The key of what was written, hashed; undefined when it is too short to tell. */
export function messageKey({ message }: Form): string | undefined {
  const text = bare(message ?? '');
  return text.length < SHORTEST ? undefined : sha256(`message:${text}`).slice(0, 40);
}

/** The key of who was named, of which company, hashed. */
export function nameKey({ contact, company }: Form): string | undefined {
  const [name, ofCompany] = [bare(contact.name ?? ''), companyKey(company?.name)];
  return name === '' || ofCompany === undefined ? undefined : sha256(`name:${name}:${ofCompany}`).slice(0, 40);
}
