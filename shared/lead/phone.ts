import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** A phone number in E.164, or undefined when it can be none. Without a country code it is read as one of `country`. */
export function normalisePhone(text: string, country: 'CN' | 'US' = 'CN'): string | undefined {
  const phone = parsePhoneNumberFromString(text.normalize('NFKC'), country);
  return phone?.isPossible() ? phone.number : undefined;
}
