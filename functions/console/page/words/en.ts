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

/** What checks of fields say, as people say it. */
const sayings: Words['sayings'] = [
  [/^Invalid input: expected \w+, received undefined$/, 'is missing'],
  [/^Invalid input: expected (\w+), received .*$/, 'is no $1'],
  [/^Too small: expected \w+ to have >=1 \w+$/, 'must not be empty'],
  [/^Too small: expected \w+ to have >=(.*)$/, 'must have at least $1'],
  [/^Too small: expected \w+ to be >=(.*)$/, 'must be at least $1'],
  [/^Too small: expected \w+ to be >(.*)$/, 'must be more than $1'],
  [/^Too big: expected \w+ to have <=(.*)$/, 'must have at most $1'],
  [/^Too big: expected \w+ to be <=(.*)$/, 'must be at most $1'],
  [/^Too big: expected \w+ to be <(.*)$/, 'must be less than $1'],
  [/^Invalid option: expected one of (.*)$/, 'must be one of $1'],
  [/^Unrecognized keys?: (.*)$/, 'does not know $1'],
  [/^used before with another body$/, 'tells that this was saved already, as it was at first'],
];

export default { words, sayings } satisfies Words;
