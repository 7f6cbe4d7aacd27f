/** Words with places for values: `{who}`. */
export interface Template {
  title: string;
  text: string;
}

/** What stands in the places. */
export type Values = Readonly<Record<string, string | undefined>>;

const PLACE = /\{([^{}]*)\}/g;
/** Stands where a value is missing: the message goes out all the same. */
const MISSING = '—';

/** The names in the places of some words. */
export const placesIn = (words: string): string[] => [...words.matchAll(PLACE)].map(([, name = '']) => name);

/** The words with the values in their places. */
export const fill = (words: string, values: Values): string =>
  words.replaceAll(PLACE, (_, name: string) => (Object.hasOwn(values, name) ? values[name] : undefined) ?? MISSING);
