/** How people are addressed, which is no part of their name. */
const ADDRESSED = /^(mr|mrs|ms|miss|mx|dr|prof|sir|madam)$/;
const ADDRESSED_IN_CHINESE = /(?<=\p{Script=Han})(先生|女士|小姐|太太|老师|经理|总监|总经理|主任|老板|总)$/u;

/** A name without case, width, marks, titles and the order of its words. */
export function plainName(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !ADDRESSED.test(word))
    .map((word) => word.replace(ADDRESSED_IN_CHINESE, ''));
  const chinese = words.every((word) => /^\p{Script=Han}+$/u.test(word));
  return chinese ? words.join('') : words.sort().join(' ');
}

/** How few changes of a letter make one text the other (Levenshtein). */
function distance(a: readonly string[], b: readonly string[]): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [row, letter] of a.entries()) {
    const line = [row + 1];
    for (const [column, other] of b.entries()) {
      const replaced = (above[column] ?? 0) + (letter === other ? 0 : 1);
      line.push(Math.min(replaced, (above[column + 1] ?? 0) + 1, (line[column] ?? 0) + 1));
    }
    above = line;
  }
  return above[b.length] ?? 0;
}

/** Longer names are compared by their beginning: what anybody posts must not cost time. */
const COMPARED = 60;

/** How similar two names are: 1 for the same, 0 for nothing in common or no name at all. */
export function similarity(one: string, other: string): number {
  const [a, b] = [one, other].map((name) => [...plainName(name)].slice(0, COMPARED)) as [string[], string[]];
  const longest = Math.max(a.length, b.length);
  return Math.min(a.length, b.length) === 0 ? 0 : 1 - distance(a, b) / longest;
}
