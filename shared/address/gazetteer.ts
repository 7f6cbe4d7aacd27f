import { DIVISIONS } from './divisions-of-china.ts';

/**
 * A province, a prefecture-level city, or what is right under one: a district, a county, a development zone, and the towns of
 * cities without districts, such as 东莞.
 */
export interface Division {
  /** As in the official statistics: two digits for a province, four for a city, six for a district, nine for a town. */
  code: string;
  name: string;
  level: 'province' | 'city' | 'district';
  /** The codes of what it lies in, province first. */
  parents: string[];
}

export interface Gazetteer {
  readonly all: readonly Division[];
  readonly byCode: ReadonlyMap<string, Division>;
}

/** Rows that stand where a city would: the districts of 北京 and its like, and counties right under a province. */
const PLACEHOLDER = /^(市辖区|县|(省|自治区)直辖县级行政区划)$/;

/** The source counts no statistics for these. They are known as provinces only. */
const WITHOUT_STATISTICS = [
  { code: '71', name: '台湾省' },
  { code: '81', name: '香港特别行政区' },
  { code: '82', name: '澳门特别行政区' },
];

/** The digits of a name in the list, and the name itself. */
function listed(entry: string): { digits: string; name: string } {
  const digits = /^\d+/.exec(entry)?.[0] ?? '';
  return { digits, name: entry.slice(digits.length) };
}

function build(): Gazetteer {
  const all: Division[] = [];
  for (const { code, name } of WITHOUT_STATISTICS) all.push({ code, name, level: 'province', parents: [] });
  let province = '';
  for (const line of DIVISIONS.trim().split('\n')) {
    if (!line.startsWith(' ')) {
      const { digits, name } = listed(line);
      province = digits;
      all.push({ code: province, name, level: 'province', parents: [] });
      continue;
    }
    const [first = '', ...districts] = line.trim().split(' ');
    const city = listed(first);
    const code = province + city.digits;
    const isCity = !PLACEHOLDER.test(city.name);
    if (isCity) all.push({ code, name: city.name, level: 'city', parents: [province] });
    const parents = isCity ? [province, code] : [province];
    for (const { digits, name } of districts.map(listed)) {
      all.push({ code: code + digits, name, level: 'district', parents });
    }
  }
  return { all, byCode: new Map(all.map((division) => [division.code, division])) };
}

let built: Gazetteer | undefined;

/** Every division, read at first use: a process that never meets an address does not pay for it. */
export function gazetteer(): Gazetteer {
  built ??= build();
  return built;
}

/** The division with the code; `320500` and `3205` are the same, and so are `1101` and `11`. */
export function divisionOfCode(code: string): Division | undefined {
  const { byCode } = gazetteer();
  const bare = code.replace(/(00){1,2}$/, '');
  // The codes of placeholders (1101, 4690) mean the province.
  return (
    byCode.get(code) ?? byCode.get(bare) ?? (/^\d\d(01|02|90)$/.test(bare) ? byCode.get(bare.slice(0, 2)) : undefined)
  );
}

/** Whether `division` lies in `other`; nothing lies in itself. */
export const liesIn = (division: Division, other: Division): boolean => division.parents.includes(other.code);
