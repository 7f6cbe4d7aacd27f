import { english } from './en.ts';
import type { Language } from './language.ts';
import { chinese } from './zh-cn.ts';

/** The languages, by their tags. */
export const languageTags = ['zh-CN', 'en'] as const;

/** A language's tag. */
export type LanguageTag = (typeof languageTags)[number];

/** The words of each language. */
export const languages: Readonly<Record<LanguageTag, Language>> = { 'zh-CN': chinese, en: english };
