import type { Form } from '../lead/form.ts';
import { domainsOf } from './domain.ts';
import { folded } from './fold.ts';
import { messageOf } from './repeats/texts.ts';
import type { RubbishRules } from './rules.ts';
import { type Sign, when } from './sign.ts';

type Lists = RubbishRules['blocked'];

/** A word of the list in the text: Latin ones as whole words, as 'ads' is no part of 'Padstow'; others anywhere. */
function wordIn(text: string, words: readonly string[]): string | undefined {
  const said = ` ${text.replace(/[^\p{L}\p{N}]+/gu, ' ')} `;
  return words.find((word) => {
    const plain = folded(word).replace(/[^\p{L}\p{N}]+/gu, ' ');
    return /^[\p{Script=Latin}\p{N} ]+$/u.test(plain) ? said.includes(` ${plain} `) : said.includes(plain);
  });
}

const domainIn = (form: Form, domains: readonly string[]): string | undefined =>
  domainsOf(form.contact.email).find((domain) => domains.includes(domain));

const namesOf = ({ contact, company }: Form): string => folded([contact.name, company?.name].join('\n'));

/** What the company's own lists have against a form. */
export function ownListsBlock(form: Form, { words, domains }: Lists): Sign[] {
  const word = wordIn(`${namesOf(form)}\n${folded(messageOf(form) ?? '')}`, words);
  const domain = domainIn(form, domains);
  return [
    ...when(word !== undefined, 'blocked-word', `‘${word}’ is on the list of blocked words`),
    ...when(domain !== undefined, 'blocked-domain', `${domain} is on the list of blocked domains`),
  ];
}

/** Whether the company's own lists let a form pass whatever speaks against it. A message is no place for a password. */
export const ownListsAllow = (form: Form, { words, domains }: Lists): boolean =>
  domainIn(form, domains) !== undefined || wordIn(namesOf(form), words) !== undefined;
