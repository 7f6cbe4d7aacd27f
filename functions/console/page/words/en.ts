import { appraisal } from './en/appraisal.ts';
import { frame } from './en/frame.ts';
import { lead } from './en/lead.ts';
import { operations } from './en/operations.ts';
import { settings } from './en/settings.ts';
import { team } from './en/team.ts';

const words = { ...frame, ...lead, ...team, ...operations, ...settings, ...appraisal };

/** All words of a language. */
export interface Words {
  words: Record<keyof typeof words, string>;
  /** What the system says in English, and how it is said here; `$1` as in String.replace. */
  sayings: readonly (readonly [RegExp, string])[];
}

export default { words, sayings: [] } satisfies Words;
