import { type Contact, partsOfPhone } from '../lead/contact.ts';

/** Fewer characters would be found where somebody else is meant. */
const LEAST = 5;
const NATIONAL = 11;

/** What stands between a number and its extension: words that say so, or as little as a comma. */
const named = (times: string): string =>
  `[\\s(),;#.-]{0,3}(?:ext(?:ension|n)?|x|转接|转|轉|分机|分機|内线|內線)${times}号?[\\s=:：.]{0,2}`;

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A phone number however it is spaced, with its country's code or without; behind a switchboard only with its extension. */
function spaced(phone: string): string[] {
  const { number, extension } = partsOfPhone(phone);
  const digits = number.replace(/^\+86/, '').replaceAll(/\D/g, '').slice(-NATIONAL);
  if (digits.length < LEAST) return [];
  const written = digits.split('').join('[\\s().-]{0,2}');
  if (extension !== undefined) return [`${written}${named('{0,2}')}${extension}`];
  // Who has the extension behind it is somebody else.
  return [`${written}(?!${named('{1,2}')}\\d|-\\d)`];
}

/** By what a person is found in what was posted and not understood: a text holds their phone, e-mail or WeChat id. */
export function marksOf(contacts: readonly Contact[]): (text: string) => boolean {
  const patterns = contacts.flatMap(({ phone, email, wechat }) => [
    ...(phone ? spaced(phone) : []),
    ...[email, wechat].flatMap((said) => (said !== undefined && said.length >= LEAST ? [escaped(said)] : [])),
  ]);
  if (patterns.length === 0) return () => false;
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])(?:\\+?86[\\s().-]{0,2})?(?:\\(?0)?(?:${[...new Set(patterns)].join('|')})(?![\\p{L}\\p{N}])`,
    'iu',
  );
  return (text) => pattern.test(text) || pattern.test(unescaped(text));
}

/** A form's body, in which every other character may be escaped. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
