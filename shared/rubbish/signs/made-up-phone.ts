import { type Look, when } from '../sign.ts';

const UP = '01234567890123456789';
const DOWN = '98765432109876543210';

/** Whether digits are one digit over and over, or count up or down. */
const isPattern = (digits: string): boolean => /^(\d)\1+$/.test(digits) || UP.includes(digits) || DOWN.includes(digits);

/** Eleven digits that begin like no mobile number of China (13 to 19). Source: the Ministry's numbering plan. */
const NO_MOBILE_OF_CHINA = /^\+861[0-2]\d{9}$/;

/** A number that nobody can have, or hardly anybody has: 11111111111, 12345678901; 13800000000. */
export const madeUpPhone: Look = ({ contact: { phone = '' } }) => {
  const digits = phone.replace(/\D/g, '');
  if (digits.length < 8) return [];
  if (NO_MOBILE_OF_CHINA.test(phone)) return when(true, 'impossible-phone', 'no such mobile number is given out');
  if (digits.length >= 10 && isPattern(digits.slice(-10)))
    return when(true, 'impossible-phone', 'ten digits that are all the same, or count up or down');
  return when(isPattern(digits.slice(-8)), 'made-up-phone', 'eight digits that are all the same, or count up or down');
};
