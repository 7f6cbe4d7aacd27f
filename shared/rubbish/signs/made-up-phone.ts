import { partsOfPhone } from '../../lead/contact.ts';
import { type Look, when } from '../sign.ts';

const UP = '01234567890123456789';
const DOWN = '98765432109876543210';

/** Whether digits are one digit over and over, or count up or down. */
const isPattern = (digits: string): boolean => /^(\d)\1+$/.test(digits) || UP.includes(digits) || DOWN.includes(digits);

/** Eleven digits that begin like no mobile number of China (13 to 19). Source: the Ministry's numbering plan. */
const NO_MOBILE_OF_CHINA = /^\+861[0-2]\d{9}$/;

/** Why nobody can have the number; undefined when somebody can. */
function whyImpossible(phone: string, digits: string): string | undefined {
  if (NO_MOBILE_OF_CHINA.test(phone)) return 'no such mobile number is given out';
  const counts = digits.length >= 10 && isPattern(digits.slice(-10));
  return counts ? 'ten digits that are all the same, or count up or down' : undefined;
}

/**
 * A number that nobody can have, or hardly anybody has: 11111111111, 12345678901; 13800000000. Whoever gave another way to reach
 * them as well kept their number to themselves, and no more.
 */
export const madeUpPhone: Look = ({ contact: { phone: given = '', email, wechat } }) => {
  const phone = partsOfPhone(given).number;
  const digits = phone.replace(/\D/g, '');
  if (digits.length < 8) return [];
  const impossible = whyImpossible(phone, digits);
  if (impossible !== undefined && email === undefined && wechat === undefined)
    return when(true, 'impossible-phone', impossible);
  const odd =
    impossible ?? (isPattern(digits.slice(-8)) ? 'eight digits that are all the same, or count up or down' : '');
  return when(odd !== '', 'made-up-phone', odd);
};
