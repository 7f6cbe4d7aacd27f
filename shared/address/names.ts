import { type Division, gazetteer } from './gazetteer.ts';

/** How a name stands for a division. */
export interface Naming {
  division: Division;
  /**
   * `full`: with its suffix. `short`: without. `tiny`: a full name of two characters, such as 东区 or 雄县, which turn up
   * inside other words. `local`: what a development zone or a town is called by those who have just named its city.
   */
  form: 'full' | 'short' | 'tiny' | 'local';
}

export interface Names {
  readonly byName: ReadonlyMap<string, readonly Naming[]>;
  /** Characters in the longest name. */
  readonly longest: number;
}

/** Longest first: 浦东新区 is 浦东, not 浦东新. */
const SUFFIXES = [
  '行政委员会',
  '特别行政区',
  ...['自治区', '自治州', '自治县', '自治旗'],
  ...['地区', '新区', '林区', '特区'],
  ...['省', '市', '区', '县', '盟'],
];

/** The peoples after whom autonomous divisions are called: 广西壮族自治区, 巴音郭楞蒙古自治州, 积石山保安族东乡族撒拉族自治县. */
const PEOPLES =
  /(?:各族|(?:蒙古|维吾尔|哈萨克|柯尔克孜|塔吉克|锡伯|达斡尔)族?|(?:壮|回|藏|苗|彝|满|侗|瑶|白|傣|黎|畲|水|羌|怒|土|土家|哈尼|傈僳|佤|拉祜|东乡|纳西|景颇|布依|朝鲜|仫佬|布朗|撒拉|毛南|仡佬|普米|鄂温克|保安|裕固|独龙|鄂伦春|俄罗斯|塔塔尔|乌孜别克|赫哲|高山|门巴|珞巴|基诺|阿昌|德昂|京)族)$/;

function withoutPeoples(name: string): string {
  let stem = name;
  for (;;) {
    const shorter = stem.replace(PEOPLES, '');
    if (shorter === stem || shorter.length < 2) break;
    stem = shorter;
  }
  // 东乡族自治县 is called after nothing but its people.
  return stem.replace(/族$/, '');
}

const AUTONOMOUS = /自治(区|州|县|旗)$/;

/** The names without a suffix, longest suffix first, of two characters at least. A 矿区 shares its stem with its neighbour. */
export function shortName(name: string): string | undefined {
  if (name.endsWith('矿区')) return undefined;
  for (const suffix of SUFFIXES) {
    if (!name.endsWith(suffix)) continue;
    const stem = withoutPeoples(name.slice(0, -suffix.length));
    if (stem.length >= 2) return stem;
  }
  return undefined;
}

/** 恩施州 for 恩施土家族苗族自治州, 广西自治区 for 广西壮族自治区: the full name as people write it. */
function writtenName(name: string): string | undefined {
  const kind = AUTONOMOUS.exec(name)?.[1];
  if (kind === undefined) return undefined;
  const stem = shortName(name);
  return stem === undefined ? undefined : `${stem}${kind === '区' ? '自治区' : kind}`;
}

/** Development zones have numbers of their own: 71 and up in their city. */
const isZone = ({ code }: Division): boolean => /^\d{4}7\d$/.test(code);

/** How zones are shortened: 合肥高新区 is 合肥高新技术产业开发区. */
const ZONE_WORDS: [RegExp, string[]][] = [
  [/高新技术产业(开发区|园区)$/, ['高新区', '高新技术开发区', '高新开发区']],
  [/高新技术开发区$/, ['高新区', '高新技术产业开发区']],
  [/经济技术开发区$/, ['经开区', '经济开发区', '开发区']],
  [/经济开发区$/, ['经开区', '经济技术开发区', '开发区']],
];

/** Districts that are one with a zone that the source does not list. */
const ALSO_CALLED: ReadonlyMap<string, string[]> = new Map([['320505', ['高新区', '高新技术产业开发区']]]);

/** Of a zone's name, what remains without the province's and the city's: 工业园区 of 苏州工业园区. */
function zoneTail(zone: Division): string {
  let tail = zone.name;
  for (const code of zone.parents) {
    const parent = gazetteer().byCode.get(code);
    for (const prefix of parent === undefined ? [] : [parent.name, shortName(parent.name) ?? parent.name]) {
      if (tail.startsWith(prefix) && tail.length - prefix.length > 2) tail = tail.slice(prefix.length);
    }
  }
  return tail;
}

function zoneNamings(zone: Division): [string, Naming['form']][] {
  const tail = zoneTail(zone);
  const variants = ZONE_WORDS.flatMap(([word, others]) =>
    word.test(tail) ? others.map((other) => tail.replace(word, other)) : [],
  );
  return [[zone.name, 'full'], ...[...new Set([tail, ...variants])].map((name): [string, 'local'] => [name, 'local'])];
}

/** The towns of cities without districts, such as 东莞. Others have towns of these names too, which the source does not list. */
const TOWN = /^(.{2,})(镇|街道)$/;

function namingsOf(division: Division): [string, Naming['form']][] {
  if (isZone(division)) return zoneNamings(division);
  const town = TOWN.exec(division.name)?.[1];
  if (town !== undefined) return [division.name, town].map((name) => [name, 'local']);
  const short = shortName(division.name);
  const written = writtenName(division.name);
  return [
    [division.name, division.name.length === 2 ? 'tiny' : 'full'],
    ...(written === undefined ? [] : [[written, 'full'] as [string, 'full']]),
    ...(short === undefined ? [] : [[short, 'short'] as [string, 'short']]),
    ...(ALSO_CALLED.get(division.code) ?? []).map((name): [string, 'local'] => [name, 'local']),
  ];
}

function build(): Names {
  const byName = new Map<string, Naming[]>();
  let longest = 0;
  for (const division of gazetteer().all) {
    for (const [name, form] of namingsOf(division)) {
      longest = Math.max(longest, name.length);
      const namings = byName.get(name) ?? [];
      if (!namings.some((naming) => naming.division === division)) byName.set(name, [...namings, { division, form }]);
    }
  }
  return { byName, longest };
}

let built: Names | undefined;

/** Every name of every division, made at first use. */
export function names(): Names {
  built ??= build();
  return built;
}
