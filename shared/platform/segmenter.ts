import { createRequire } from 'node:module';
import type * as Jieba from 'jieba-wasm';

// Beside the bundle, and not in it: the engine with its dictionary is a file of 4 MB that runs on any processor.
const load = createRequire(import.meta.url);

let ready: { words: string; cut: (text: string) => string[] } | undefined;

/** The engine with nothing in its dictionary but what it came with; it knows one dictionary, so that others need one of their own. */
function fresh(): typeof Jieba {
  const path = load.resolve('jieba-wasm');
  delete load.cache[path];
  return load(path) as typeof Jieba;
}

/**
 * What cuts Chinese text into words: one after the other they are the text. The first text takes a second or two, and so does the
 * first after others asked for other words.
 * @param words further words, such as names, that are never cut
 */
export function segmenterOf(words: readonly string[]): (text: string) => string[] {
  const asked = JSON.stringify(words);
  return (text) => {
    if (ready?.words !== asked) {
      const { add_word, cut } = fresh();
      for (const word of words) add_word(word);
      // By the dictionary alone: guessed words would swallow what was said (你们/家挺贵).
      ready = { words: asked, cut: (text) => cut(text, false) };
    }
    return ready.cut(text);
  };
}
