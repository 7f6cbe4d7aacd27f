import { sha256 } from '../platform/random.ts';

/** An e-mail address as Meta and TikTok match it: SHA-256 of it in lower case, without spaces around. */
export const hashedEmail = (email: string): string => sha256(email.normalize('NFKC').trim().toLowerCase());

/** A phone number in E.164 as Meta matches it: SHA-256 of its digits, the country's first. */
export const hashedDigits = (phone: string): string => sha256(phone.replace(/\D/g, ''));

/** A phone number in E.164 as TikTok matches it: SHA-256 with the plus. */
export const hashedPhone = (phone: string): string => sha256(phone);
