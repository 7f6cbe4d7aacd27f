import { type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { ownPhone } from './contact.ts';

/** What the library reads at most; longer text would have the patterns below search for long. */
const LONGEST = 250;

/** An extension behind what it is called in Chinese, which the library does not read: 转801, 分机：801, (转分机 801). */
const IN_CHINESE = /[\s,(-]*(?:转接|转|轉|分机|分機|内线|內線)+号?[\s:.-]*(\d{1,7})[\s)号]*$/;

/** An extension behind a dash, a star or in brackets, and nothing to say that it is one: 0512-67891234-801. */
const BEHIND_DASH = /^(.*\d\s*)[-‐‑‒–—(*]\s*(\d{1,6})\s*\)?$/;

/** No switchboard has longer ones; what is longer is a second number. */
const LONGEST_EXTENSION = 7;

/** Numbers of China that take no more digits: mobile, Beijing and cities of 02x, all others (400 ones too). */
const COMPLETE_IN_CHINA = /^(1[3-9]\d{9}|(10|2\d)\d{8}|[3-9]\d{9,10})$/;

/** What a spreadsheet makes of a number: 13800138000.0. */
const OF_SPREADSHEET = /^(\+?\d+)\.0+$/;

function withExtension(text: string, country: 'CN' | 'US'): PhoneNumber | undefined {
  const [, number, extension] = BEHIND_DASH.exec(text) ?? [];
  const before = number === undefined ? undefined : parsePhoneNumberFromString(number, country);
  if (!before?.isValid() || before.ext !== undefined || extension === undefined) return undefined;
  before.setExt(extension);
  return before;
}

function parsed(text: string, country: 'CN' | 'US'): PhoneNumber | undefined {
  const whole = parsePhoneNumberFromString(text, country);
  if (!whole?.isValid()) return withExtension(text, country) ?? whole;
  if (whole.countryCallingCode !== '86') return whole;
  // 13800138000-1 would pass for a longer number: the library knows these by their length alone.
  const extended = withExtension(text, country);
  return extended && COMPLETE_IN_CHINA.test(extended.nationalNumber) ? extended : whole;
}

/**
 * A phone number in E.164, behind a switchboard with its extension as RFC 3966 has it (`+8651267891234;ext=801`), or undefined when it
 * can be none. Without a country code it is read as one of `country`.
 */
export function normalisePhone(text: string, country: 'CN' | 'US' = 'CN'): string | undefined {
  const plain = text.normalize('NFKC').trim();
  if (plain.length > LONGEST) return undefined;
  const phone = parsed(plain.replace(OF_SPREADSHEET, '$1').replace(IN_CHINESE, ';ext=$1'), country);
  if (!phone?.isPossible() || (phone.ext?.length ?? 0) > LONGEST_EXTENSION) return undefined;
  return phone.ext ? `${phone.number};ext=${phone.ext}` : phone.number;
}

/** A phone number in E.164 that text messages can be sent to: no extension takes any, nor does the switchboard before it. */
export function normaliseTextable(text: string): string | undefined {
  return ownPhone({ phone: normalisePhone(text) });
}
