import { type Division, gazetteer, liesIn } from './gazetteer.ts';
import { type Mention, mentionsIn, plain } from './mentions.ts';

export type { Division } from './gazetteer.ts';

/** The districts of a provincial capital, or right under 北京 and its like, are as well known as a prefecture. */
const isWellKnown = ({ code, parents }: Division): boolean => parents.length === 1 || code.slice(2, 4) === '01';

/**
 * What a short name means when nothing else decides: 河北 the province and not the 河北区 of 天津, 恩施 the prefecture and
 * not the town in it, 西安 the capital and not the 西安区 of 牡丹江; but 朝阳 all of that name.
 */
function likely(divisions: Division[]): Division[] {
  const provinces = divisions.filter(({ level }) => level === 'province');
  if (provinces.length > 0) return provinces;
  const outermost = divisions.filter((division) => !divisions.some((other) => liesIn(division, other)));
  return outermost.some(({ level }) => level === 'city') ? outermost.filter(isWellKnown) : outermost;
}

/** Those of the divisions that agree with what was read before, and the other way round; the more exact remain. */
function agreeing(before: Division[], { divisions }: Mention): Division[] {
  // 吉林吉林 names the city in the province.
  const inside = divisions.filter((division) => before.some((outer) => liesIn(division, outer)));
  if (inside.length > 0) return inside;
  return before.filter((division) => divisions.some((other) => other === division || liesIn(division, other)));
}

/** 0: all that is sure of its place. 1: a district's short name, which is many an ordinary word. 2: in a building's name. */
function rank({ full, inName, divisions }: Mention): number {
  if (inName) return 2;
  return full || divisions.some(({ level }) => level !== 'district') ? 0 : 1;
}

/** What a mention means that nothing came before. */
function alone({ at, full, divisions }: Mention, sureness: number): Division[] {
  if (full) return divisions;
  if (sureness === 0) return likely(divisions);
  if (sureness === 2) return likely(divisions.filter(({ level }) => level !== 'district'));
  // Inside a text, the short name of a county-level city (昆山) is one; 新华 and 和平 are words.
  return at === 0 ? likely(divisions) : likely(divisions.filter(({ name }) => name.endsWith('市')));
}

function reading(mentions: readonly Mention[]): { divisions: Division[]; ignored: boolean } {
  let divisions: Division[] = [];
  let ignored = false;
  for (const wanted of [0, 1, 2]) {
    for (const mention of mentions) {
      if (rank(mention) !== wanted) continue;
      if (divisions.length === 0) {
        divisions = alone(mention, wanted);
        continue;
      }
      // 苏州中心 and 上海南山大厦 are names and say nothing of the place that the rest does not.
      const narrowed = wanted === 2 ? [] : agreeing(divisions, mention);
      if (narrowed.length === 0) ignored = true;
      else divisions = mention.full ? narrowed : likely(narrowed);
    }
  }
  return { divisions, ignored };
}

/**
 * The most exact divisions that an address names, by full or short names. The first that is named counts, and later ones
 * where they agree with it: 上海南京路 is in 上海. A name that several have, with nothing to tell them apart, gives all.
 */
export const divisionsIn = (address: string): Division[] => reading(mentionsIn(plain(address))).divisions;

/** The divisions that the words name and nothing more: 苏州, 江苏苏州 and 苏州工业园区 are names; 上海浦西 is none. */
export function divisionsNamed(words: string): Division[] {
  const text = plain(words);
  const mentions = mentionsIn(text);
  const isAll =
    mentions.every(({ at }, index) => at <= (mentions[index - 1]?.end ?? 0)) && mentions.at(-1)?.end === text.length;
  if (!isAll) return [];
  const { divisions, ignored } = reading(mentions);
  return ignored ? [] : divisions;
}

/** Its city's name, or its province's; a province's is empty. */
export const whereIs = ({ parents }: Division): string => gazetteer().byCode.get(parents.at(-1) ?? '')?.name ?? '';
