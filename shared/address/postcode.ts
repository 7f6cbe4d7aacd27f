import { type Division, divisionOfCode } from './gazetteer.ts';
import { POSTCODES } from './postcodes.ts';

function build(): Map<string, Division> {
  const byPrefix = new Map<string, Division>();
  for (const entry of POSTCODES.trim().split(/[,\n]+/)) {
    const [code = '', , ...prefixes] = entry.trim().split(' ');
    const division = divisionOfCode(code);
    if (division !== undefined) for (const prefix of prefixes) byPrefix.set(prefix, division);
  }
  return byPrefix;
}

let built: Map<string, Division> | undefined;

/** A postcode as prefixes are compared with: full-width digits made plain, without spaces and hyphens, in capitals. */
export const plainPostcode = (postcode: string): string =>
  postcode
    .normalize('NFKC')
    .replace(/[\s\p{Pd}]/gu, '')
    .toUpperCase();

/** Of the prefixes of a postcode the longest that is known, with what it is known for. */
export function longestPrefix<Known>(
  known: ReadonlyMap<string, Known>,
  postcode: string,
): { prefix: string; known: Known } | undefined {
  for (let length = postcode.length; length > 0; length -= 1) {
    const prefix = postcode.slice(0, length);
    const found = known.get(prefix);
    if (found !== undefined) return { prefix, known: found };
  }
  return undefined;
}

/** Where a postcode of China is, and the prefix that tells: a city where that is certain, else its province. */
export function placeOfPostcode(postcode: string): { prefix: string; division: Division } | undefined {
  const digits = plainPostcode(postcode);
  if (!/^\d{6}$/.test(digits)) return undefined;
  built ??= build();
  const found = longestPrefix(built, digits);
  return found === undefined ? undefined : { prefix: found.prefix, division: found.known };
}

/** The divisions of a postcode of China; none when it is no such postcode. */
export function divisionsOfPostcode(postcode: string): Division[] {
  const place = placeOfPostcode(postcode);
  return place === undefined ? [] : [place.division];
}
