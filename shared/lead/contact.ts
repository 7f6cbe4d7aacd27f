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

/** What a company's form of business adds to its name, in the languages in which leads come. */
const LEGAL_FORM =
  /(股份有限公司|有限责任公司|有限公司|集团公司|集团|公司|\b(co\.?,? ?ltd|ltd|limited|inc|incorporated|corp|corporation|company|llc|plc|gmbh|ag|s\.?a)\b\.?)/g;

/** The key by which the same company is recognised, however its name is spelled; undefined for no name. */
export function companyKey(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const bare = (text: string): string => text.replace(/[\s\p{P}\p{S}]+/gu, '');
  const folded = fold(name);
  const core = bare(folded.replace(LEGAL_FORM, ' ')) || bare(folded);
  return core === '' ? undefined : sha256(`company:${core}`).slice(0, 40);
}
