import { sha256 } from '../platform/random.ts';

/** How a person can be reached. Phones are E.164 once they are normalised (`+8613800138000`), some with `;ext=801` behind. */
export interface Contact {
  name?: string | undefined;
  phone?: string | undefined;
  email?: string | undefined;
  wechat?: string | undefined;
}

/** A normalised phone number, and the extension behind it if there is one. */
export function partsOfPhone(phone: string): { number: string; extension?: string } {
  const [number = phone, extension] = phone.split(';ext=');
  return extension === undefined ? { number } : { number, extension };
}

/** A person's phone if it is theirs alone, which a switchboard before an extension is not: no text message reaches them there. */
export function ownPhone({ phone }: Contact): string | undefined {
  return phone === undefined || partsOfPhone(phone).extension !== undefined ? undefined : phone;
}

const fold = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/**
 * The keys by which the same person is recognised: one each for phone, e-mail and WeChat id, normalised and hashed, so that
 * no personal data stands in keys (which show up in metrics and error texts). An extension counts: a switchboard is nobody.
 */
export function contactKeys(contact: Contact): string[] {
  const said = [
    contact.phone && `phone:${contact.phone}`,
    contact.email && `email:${fold(contact.email)}`,
    contact.wechat && `wechat:${fold(contact.wechat)}`,
  ];
  return said.filter((key) => key !== undefined && key !== '').map((key) => sha256(String(key)).slice(0, 40));
}

/**
 * What a company's form of business adds to its name, in the languages in which leads come. What a name begins with is part of it:
 * 公司宝, Limited Brands, Company 0.
 */
const LEGAL_FORM =
  /(?<=[\p{L}\p{N}].*)(股份有限公司|有限责任公司|有限公司|集团公司|集团|公司|(?<![\p{Script=Latin}\p{N}])((co\.?,? ?|pte\.?,? |pty\.?,? )?(ltd|limited)|inc|incorporated|corp|corporation|company|llc|plc|gmbh|ag|s\.?a)(?![\p{Script=Latin}\p{N}])\.?)/gu;

/** One character, or two digits: so little is left of names that have nothing to do with each other (A公司, A Inc.). */
const TOO_LITTLE = /^(.|\d\d)?$/u;

/** The key by which the same company is recognised, however its name is spelled; undefined for no name. */
export function companyKey(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const bare = (text: string): string => text.replace(/[\s\p{P}\p{S}]+/gu, '');
  const folded = fold(name);
  const core = bare(folded.replace(LEGAL_FORM, ' '));
  const known = TOO_LITTLE.test(core) ? bare(folded) : core;
  return known === '' ? undefined : sha256(`company:${known}`).slice(0, 40);
}
