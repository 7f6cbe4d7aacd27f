/** Why a formula cannot be used. */
export class BadFormula extends Error {
  override readonly name = 'BadFormula';
}

/** A part of a formula: what it makes of the values that it is given. */
export type Step = (values: Readonly<Record<string, number>>) => number | undefined;

const bool = (yes: boolean): number => Number(yes);

/** What two numbers make; undefined where that is no number. */
export const operators = new Map<string, (a: number, b: number) => number | undefined>([
  ['+', (a, b) => a + b],
  ['-', (a, b) => a - b],
  ['*', (a, b) => a * b],
  ['/', (a, b) => (b === 0 ? undefined : a / b)],
  ['<', (a, b) => bool(a < b)],
  ['<=', (a, b) => bool(a <= b)],
  ['>', (a, b) => bool(a > b)],
  ['>=', (a, b) => bool(a >= b)],
  ['==', (a, b) => bool(a === b)],
  ['&&', (a, b) => bool(a !== 0 && b !== 0)],
  ['||', (a, b) => bool(a !== 0 || b !== 0)],
]);

const functions = new Map<string, (...of: number[]) => number>([
  ['min', Math.min],
  ['max', Math.max],
  ['abs', Math.abs],
]);

/** A call of one of the functions. */
export function call(name: string, given: readonly Step[]): Step {
  const of = functions.get(name);
  if (!of) throw new BadFormula(`there is no function ${name}; there are ${[...functions.keys()].join(', ')}`);
  if (given.length === 0 || (name === 'abs' && given.length > 1))
    throw new BadFormula(`${name} is given too few or many`);
  return (values) => {
    const numbers = given.map((each) => each(values));
    return numbers.some((each) => each === undefined) ? undefined : of(...(numbers as number[]));
  };
}
