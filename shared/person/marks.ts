import type { Contact } from '../lead/contact.ts';

/** Fewer characters would be found where somebody else is meant. */
const LEAST = 5;
const NATIONAL = 11;

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A phone number however it is spaced, with its country's code or without. */
function spaced(phone: string): string[] {
  const digits = phone.replaceAll(/\D/g, '').slice(-NATIONAL);
  return digits.length < LEAST ? [] : [digits.split('').join('[\\s().-]{0,2}')];
}

/** By what a person is found in what was posted and not understood: a text holds their phone, e-mail or WeChat id. */
export function marksOf(contacts: readonly Contact[]): (text: string) => boolean {
  const patterns = contacts.flatMap(({ phone, email, wechat }) => [
    ...(phone ? spaced(phone) : []),
    ...[email, wechat].flatMap((said) => (said !== undefined && said.length >= LEAST ? [escaped(said)] : [])),
  ]);
  if (patterns.length === 0) return () => false;
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])(?:\\+?86)?(?:${[...new Set(patterns)].join('|')})(?![\\p{L}\\p{N}])`,
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
