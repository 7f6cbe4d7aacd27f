import type { Words } from './words/en.ts';

/** What begins another change of a decision's, so that a name with an `and` in it is not torn. */
const CHANGE =
  /,? and (?=status active |not having |being (?:on duty|a newcomer)|an? (?:capacity|cap|higher cap|priority)\b|selling |\d+ (?:leads? |more such )|the customer asking)/;

/** What a text says in other words, if it is known as a whole. `{status.$1}` in them is the word for such a name. */
function known(text: string, { words, sayings }: Words): string | undefined {
  const all: Record<string, string> = words;
  for (const [pattern, inWords] of sayings) {
    const match = pattern.exec(text);
    if (!match) continue;
    // Names first: what the text itself holds is none.
    return inWords
      .replace(/\{(\w+)\.\$(\d)\}/g, (_, kind: string, at: string) => {
        const name = match[Number(at)] ?? '';
        return all[`${kind}.${name}`] ?? name;
      })
      .replace(/\$(\d)/g, (_, at: string) => match[Number(at)] ?? '');
  }
  return undefined;
}

/** What the system says in English: as a whole, or else each of its sentences, and what stands before a colon and after it. */
export function saidIn(language: Words, text: string): string {
  const whole = known(text, language);
  if (whole !== undefined) return whole;
  const { words } = language;
  const sentences = text.split('; ');
  if (sentences.length > 1) {
    const inWords = sentences.map((each) => saidIn(language, each));
    return inWords.some((each, at) => each !== sentences[at]) ? inWords.join(words['said.between']) : text;
  }
  const colon = text.indexOf(': ');
  if (colon < 0) return text;
  const [before, after] = [text.slice(0, colon), text.slice(colon + 2)];
  const saidBefore = known(before, language) ?? before;
  const saidAfter = saidIn(language, after);
  return saidBefore === before && saidAfter === after ? text : saidBefore + words['said.colon'] + saidAfter;
}

/** What would have had to be otherwise, all at once, as one sentence. */
export function changesIn(language: Words, change: string): string {
  const { words } = language;
  const all = change.split(CHANGE).map((each) => saidIn(language, each));
  const last = all.pop() ?? '';
  return all.length === 0 ? last : all.join(words['changes.between']) + words['changes.last'] + last;
}
