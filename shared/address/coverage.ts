/** A territory as far as words can name it. */
export interface Covered {
  territoryId: string;
  /** Codes of the divisions that it covers. */
  covers?: string[] | undefined;
  /** Beginnings of the postcodes that it covers. */
  postcodes?: string[] | undefined;
}

/** What a lead says in words of where its customer is. */
export interface Words {
  /** The divisions that the address names; several when it is not clear. */
  divisions?: { code: string; name: string }[];
  postcode?: string;
}

/** A territory that words name, and what of them does. */
export interface Named {
  territory: number;
  by: 'address' | 'postcode';
  because: string;
}

/** Which territories (by their place in the list) cover which divisions and postcodes. */
export interface Coverage {
  byDivision: ReadonlyMap<string, number[]>;
  byPostcode: ReadonlyMap<string, number[]>;
  codes: readonly string[];
}

function gathered(entries: readonly [string, number][]): Map<string, number[]> {
  const map = new Map<string, number[]>();
  for (const [key, at] of entries) map.set(key, [...(map.get(key) ?? []), at]);
  return map;
}

/** Reads territories once, so that words are looked up by key. */
export function coverageOf(territories: readonly Covered[]): Coverage {
  const byDivision = gathered(
    territories.flatMap(({ covers = [] }, at) => covers.map((code): [string, number] => [code, at])),
  );
  const byPostcode = gathered(
    territories.flatMap(({ postcodes = [] }, at) => postcodes.map((prefix): [string, number] => [prefix, at])),
  );
  return { byDivision, byPostcode, codes: [...byDivision.keys()] };
}

/** The territories of a division: those that cover it; else its city; else its province; else those that cover a part of it. */
function ofDivision({ byDivision, codes }: Coverage, code: string): number[] {
  for (const length of [9, 6, 4, 2]) {
    const covering = length <= code.length ? byDivision.get(code.slice(0, length)) : undefined;
    if (covering) return covering;
  }
  return codes.filter((part) => part.startsWith(code)).flatMap((part) => byDivision.get(part) ?? []);
}

/** The territories of a postcode: those with its longest prefix; else those of the divisions in which it lies. */
function ofPostcode(coverage: Coverage, postcode: string, divisionCodes: readonly string[]): number[] {
  for (let length = postcode.length; length > 0; length -= 1) {
    const covering = coverage.byPostcode.get(postcode.slice(0, length));
    if (covering) return covering;
  }
  return divisionCodes.flatMap((code) => ofDivision(coverage, code));
}

/**
 * The territories that a lead's words name: its address, and its postcode only as the last resort. Where the address is not
 * clear, the territories of all that it may mean.
 */
export function namedBy(
  coverage: Coverage,
  { divisions = [], postcode }: Words,
  postcodeCodes: readonly string[],
): Named[] {
  const several = divisions.length > 1 ? ', of which there are several' : '';
  const byAddress = divisions.flatMap(({ code, name }) =>
    ofDivision(coverage, code).map(
      (territory): Named => ({ territory, by: 'address', because: `the address names ${name}${several}` }),
    ),
  );
  const byPostcode =
    byAddress.length > 0 || postcode === undefined
      ? []
      : ofPostcode(coverage, postcode, postcodeCodes).map(
          (territory): Named => ({
            territory,
            by: 'postcode',
            because: `the postcode begins with ${postcode.slice(0, 3)}: the last resort`,
          }),
        );
  const named = [...byAddress, ...byPostcode];
  return named.filter(({ territory }, at) => named.findIndex((other) => other.territory === territory) === at);
}
