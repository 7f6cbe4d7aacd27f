import { disposableEmailBlocklistSet } from 'disposable-email-domains-js';
import { domainsOf } from '../domain.ts';
import { type Look, when } from '../sign.ts';

let known: ReadonlySet<string> | undefined;

/** A mailbox that lasts minutes. Source of the domains: the package's list, and their subdomains. */
export const disposableMail: Look = ({ contact: { email } }) => {
  known ??= disposableEmailBlocklistSet();
  const found = domainsOf(email).find((domain) => known?.has(domain));
  return when(found !== undefined, 'disposable-mail', `${found} hands out mailboxes that last minutes`);
};
