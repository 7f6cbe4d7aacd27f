import { segmenterOf as anew } from '../../shared/platform/segmenter.ts';

const everywhere = globalThis as { keptCuts?: Map<string, string[]> };
everywhere.keptCuts ??= new Map();
const { keptCuts } = everywhere;

/** The segmenter, which cuts a text once in a thread: its engine takes a second to begin, and would for each mutant. */
export function segmenterOf(words: readonly string[]): (text: string) => string[] {
  const cut = anew(words);
  return (text) => {
    const key = JSON.stringify([words, text]);
    const known = keptCuts.get(key) ?? cut(text);
    keptCuts.set(key, known);
    return known;
  };
}
