import { type Division, liesIn } from './gazetteer.ts';
import { type Naming, names } from './names.ts';

/** A place in a text at which divisions are named. */
export interface Mention {
  at: number;
  end: number;
  divisions: Division[];
  /** With the suffix, so that hardly anything else can be meant. */
  full: boolean;
  /** In the name of a building or an institution (北京大学), which may stand anywhere. */
  inName: boolean;
}

/** What makes a road of the name before it: 南京路, 南京西路, 中山东一路. But 街道 is a subdistrict. */
const ROAD =
  /^[东西南北中]?[一二三四五六七八九十]?(路|街(?!道)|大道|大街|巷|弄|高架|高速|道(?=$|[^\p{Script=Han}]|[东西南北交与和口]))/u;
/** After a full name only these, and only after 区 (新区大道): 苏州市道前街 is in 苏州市. */
const ROAD_AFTER_FULL = /^(路|街(?!道)|大道|巷|弄)/;
/** What makes something smaller of a district's short name: 平江街道, 和平小区, 朝阳镇. */
const SMALLER = /^(街道|镇|乡|村|社区|小区|新村|公园|广场|花园|公寓)/;
const INSTITUTION =
  /^(大厦|大楼|大学|学院|医院|银行|酒店|大酒店|饭店|宾馆|广场|花园|公寓|公园|中心|集团|公司|商城|商厦|市场)/;

function longestNameAt(
  text: string,
  at: number,
  accept: (namings: readonly Naming[], name: string) => Naming[],
): { name: string; namings: Naming[] } | undefined {
  const { byName, longest } = names();
  for (let length = Math.min(longest, text.length - at); length >= 2; length -= 1) {
    const name = text.slice(at, at + length);
    const found = byName.get(name);
    const namings = found === undefined ? [] : accept(found, name);
    if (namings.length > 0) return { name, namings };
  }
  return undefined;
}

/** Whether at the position a division is named that lies in one of these: 唐山路北区 is no road. */
const leadsOnTo = (text: string, at: number, divisions: readonly Division[]): boolean =>
  longestNameAt(text, at, (namings) =>
    namings.filter(({ division }) => divisions.some((parent) => liesIn(division, parent))),
  ) !== undefined;

/** Whether what follows makes something else of the name: a road, a subdistrict, a market. */
function isSomethingElse(name: string, { division, form }: Naming, rest: string): boolean {
  if (form === 'full' || form === 'tiny') {
    return (name.endsWith('区') && ROAD_AFTER_FULL.test(rest)) || (name.endsWith('市') && rest.startsWith('场'));
  }
  if (ROAD.test(rest)) return true;
  if (form === 'local' || division.level !== 'district') return false;
  // A county may be called a 市 by now, or a city a 区, and is still found by its old name; but 雄安新区 is not 安新县.
  return SMALLER.test(rest) || (rest.startsWith('区') && division.name.endsWith('县'));
}

/** Whether a naming counts where it stands. */
function counts(form: Naming['form'], division: Division, at: number, before: Mention | undefined): boolean {
  if (form === 'full' || form === 'short') return true;
  // The others mean the division only to one who has just read where it is.
  if (before?.end === at && before.divisions.some((parent) => liesIn(division, parent))) return true;
  return form === 'tiny' && at === 0 && division.name.endsWith('县');
}

/** Where to read on: 青岛市北区 is 市北区 in 青岛, so that one character serves both names. */
function nextAfter(text: string, { end, full, divisions }: Mention): number {
  if (!full || text[end - 1] !== '市') return end;
  const shared = longestNameAt(text, end - 1, (namings) =>
    namings.filter(({ division, form }) => form === 'full' && divisions.some((parent) => liesIn(division, parent))),
  );
  return shared === undefined ? end : end - 1;
}

/** What is named at the position, if anything, and where to read on: after a road's name too, for 南丰镇 is not in 丰镇. */
function readAt(text: string, at: number, before: Mention | undefined): { mention?: Mention; next: number } {
  let next = at + 1;
  const found = longestNameAt(text, at, (namings, name) => {
    const end = at + name.length;
    const rest = text.slice(end, end + 4);
    const counting = namings.filter(({ form, division }) => counts(form, division, at, before));
    const possible = counting.filter(
      (naming) => !isSomethingElse(name, naming, rest) || leadsOnTo(text, end, [naming.division]),
    );
    if (possible.length < counting.length) next = Math.max(next, end);
    const whole = possible.filter(({ form }) => form !== 'short');
    return whole.length > 0 ? whole : possible;
  });
  if (found === undefined) return { next };
  const end = at + found.name.length;
  const divisions = found.namings.map(({ division }) => division);
  const full = found.namings.some(({ form }) => form !== 'short');
  const inName = !full && INSTITUTION.test(text.slice(end, end + 3));
  const mention = { at, end, divisions, full, inName };
  return { mention, next: nextAfter(text, mention) };
}

/** The divisions named in a text (see `plain`), from left to right; at each place the longest name counts. */
export function mentionsIn(text: string): Mention[] {
  const mentions: Mention[] = [];
  for (let at = 0; at < text.length; ) {
    const { mention, next } = readAt(text, at, mentions.at(-1));
    if (mention !== undefined) mentions.push(mention);
    at = next;
  }
  return mentions;
}

/** The text as names are looked up in it: one form of each character, and nothing between them. */
export const plain = (text: string): string => text.normalize('NFKC').replace(/[\p{Z}\p{P}\p{S}\p{C}]+/gu, '');
