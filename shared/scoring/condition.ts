import { type Facts, type Reader, readerOf } from './facts.ts';
import { fieldNamed } from './fields.ts';
import { LONGEST_TEXT, toRegExp } from './pattern.ts';
import type { Condition, Test } from './rules.ts';

/** A condition made ready: whether it holds, and in words why it did; said beforehand where the lead does not matter. */
export interface Checked {
  holds: (facts: Facts) => boolean;
  because: string | ((facts: Facts) => string);
}

/** As much of a value as a reason repeats, in characters. */
const LONGEST_SAID = 60;

/** Whether a value counts as given. */
export const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

const unsaid = (field: string): string => `${field} is as the rule says`;

/** What a reason says of a field's value; of one that may say who somebody is, nothing. */
export function saying(field: string): (value: unknown) => string {
  if (fieldNamed(field)?.personal) return () => unsaid(field);
  return (value) => {
    const text = String(value);
    return `${field} is ${text.length > LONGEST_SAID ? `${text.slice(0, LONGEST_SAID)}…` : text}`;
  };
}

/** What one value that was given must pass, apart from comparisons that deny. */
function passing(test: Test): (value: unknown) => boolean {
  switch (test.is) {
    case 'equal':
    case 'not-equal':
      return (value) => value === test.value;
    case 'one-of':
    case 'none-of': {
      const values = new Set<unknown>(test.values);
      return (value) => values.has(value);
    }
    case 'at-least':
      return (value) => typeof value === 'number' && value >= test.value;
    case 'at-most':
      return (value) => typeof value === 'number' && value <= test.value;
    case 'between':
      return (value) => typeof value === 'number' && value >= test.from && value <= test.to;
    case 'containing': {
      const part = test.value.toLowerCase();
      return (value) => typeof value === 'string' && value.toLowerCase().includes(part);
    }
    case 'matching': {
      const pattern = toRegExp(test.value);
      return (value) => typeof value === 'string' && pattern.test(value.slice(0, LONGEST_TEXT));
    }
    default:
      return () => true;
  }
}

function words(test: Test, read: Reader): Checked['because'] {
  const { field } = test;
  const say = saying(field);
  switch (test.is) {
    case 'given':
      return `${field} given`;
    case 'missing':
      return `${field} not given`;
    case 'equal':
      return say(test.value);
    case 'containing':
      return fieldNamed(field)?.personal ? unsaid(field) : `${field} contains ${test.value}`;
    case 'matching':
      return fieldNamed(field)?.personal ? unsaid(field) : `${field} matches ${test.value}`;
    default:
      return fieldNamed(field)?.personal ? unsaid(field) : (facts) => say(read(facts));
  }
}

function checkedTest(test: Test): Checked {
  const read = readerOf(test.field);
  const because = words(test, read);
  if (test.is === 'missing') return { holds: (facts) => !isGiven(read(facts)), because };
  const one = passing(test);
  // Of a list, any of its values.
  const passes = fieldNamed(test.field)?.type === 'list' ? (value: unknown) => (value as unknown[]).some(one) : one;
  const wanted = test.is !== 'not-equal' && test.is !== 'none-of';
  return {
    holds: (facts) => {
      const value = read(facts);
      return isGiven(value) && passes(value) === wanted;
    },
    because,
  };
}

const said = (because: Checked['because'], facts: Facts): string =>
  typeof because === 'string' ? because : because(facts);

/** Whether any of the parts holds (`wanted`), or fails to. */
const anyIs = (parts: readonly Checked[], wanted: boolean) => {
  const holds = parts.map((part) => part.holds);
  return (facts: Facts): boolean => {
    for (const each of holds) if (each(facts) === wanted) return true;
    return false;
  };
};

/** Makes a condition ready. */
export function checked(condition: Condition): Checked {
  if (!('of' in condition)) return checkedTest(condition);
  const parts = condition.of.map(checked);
  const [some, notAll] = [anyIs(parts, true), anyIs(parts, false)];
  switch (condition.is) {
    case 'all': {
      const words = parts.map(({ because }) => because);
      return {
        holds: (facts) => !notAll(facts),
        because: words.every((each) => typeof each === 'string')
          ? words.join(' and ')
          : (facts) =>
              words.reduce<string>((text, each, at) => text + (at === 0 ? '' : ' and ') + said(each, facts), ''),
      };
    }
    case 'any':
      return {
        holds: some,
        because: (facts) => said(parts.find(({ holds }) => holds(facts))?.because ?? '', facts),
      };
    case 'none':
      return { holds: (facts) => !some(facts), because: `none of what is asked of ${fieldsOf(condition).join(', ')}` };
  }
}

/** The fields that a condition looks at, each once. */
export const fieldsOf = (condition: Condition): string[] => [
  ...new Set('of' in condition ? condition.of.flatMap(fieldsOf) : [condition.field]),
];
