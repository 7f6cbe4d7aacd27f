import { changesIn, saidIn } from './sayings.ts';
import type { Words } from './words/en.ts';

/** The languages that there are. */
export const languages = { en: 'English', 'zh-CN': '简体中文' } as const;

/** A language that there is. */
export type Language = keyof typeof languages;

/** A word or sentence by its key. */
export type Word = keyof Words['words'];

const KEPT = 'leadkeeper.language';

/** The language that was chosen here, or else the first of the browser's that there is. */
export function language(): Language {
  const chosen = localStorage.getItem(KEPT);
  if (chosen === 'en' || chosen === 'zh-CN') return chosen;
  const wished = navigator.languages.find((each) => /^(zh|en)\b/i.test(each));
  return wished?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

/** Speaks another language from now on. */
export function speak(another: Language): void {
  localStorage.setItem(KEPT, another);
  location.reload();
}

let loaded: Words | undefined;

/** Loads the words of the language in use. To be done before anything is shown. */
export async function loadWords(): Promise<void> {
  loaded = (language() === 'zh-CN' ? await import('./words/zh-CN.ts') : await import('./words/en.ts')).default;
  document.documentElement.lang = language();
}

const words = (): Words => {
  if (!loaded) throw new Error('no words were loaded');
  return loaded;
};

/** The words of a key, with what is named in braces put in. */
export function t(key: Word, put: Record<string, string | number> = {}): string {
  return words().words[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(put[name] ?? whole));
}

/** The words for something that the system names, such as a status; if there are none, its name. */
export function named(kind: string, name: string): string {
  const all: Record<string, string> = words().words;
  return all[`${kind}.${name}`] ?? name;
}

/** What the system says in English, such as a reason, in the language in use; as it stands, if there are no words for it. */
export const said = (text: string): string => saidIn(words(), text);

/** What would have had to be otherwise for another decision, in the language in use. */
export const changes = (change: string): string => changesIn(words(), change);

/** Several names as one would say them. */
export const listed = (names: readonly string[]): string => new Intl.ListFormat(language()).format(names);

const format = (options: Intl.DateTimeFormatOptions) => (iso: string) =>
  new Intl.DateTimeFormat(language(), options).format(new Date(iso));

/** A moment in the viewer's own zone: day and time. */
export const moment = format({ month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });

/** A day by its name (`2026-11-23`), whatever the viewer's zone. */
export const day = (name: string): string =>
  new Intl.DateTimeFormat(language(), { month: 'short', day: 'numeric', timeZone: 'UTC' }).format(new Date(name));

/** A number as people here write it. */
export const number = (value: number, digits = 0): string =>
  new Intl.NumberFormat(language(), { maximumFractionDigits: digits }).format(value);

/** A share as a percentage. */
export const percent = (share: number | null): string =>
  share === null
    ? '–'
    : new Intl.NumberFormat(language(), { style: 'percent', maximumFractionDigits: 1 }).format(share);

/** A span of time (milliseconds) in its two largest units. */
export function span(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
  ];
  if (days > 0) return t('span.days', { days, hours });
  if (hours > 0) return t('span.hours', { hours, minutes });
  if (minutes > 0) return t('span.minutes', { minutes, seconds: String(seconds % 60).padStart(2, '0') });
  return t('span.seconds', { seconds });
}
