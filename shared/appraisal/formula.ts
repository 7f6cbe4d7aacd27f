import jsep, { type Expression } from 'jsep';
import { draw } from '../platform/random.ts';
import { BadFormula, call, operators, type Step } from './operators.ts';

export { BadFormula };

/** A formula made ready: what it asks for, and what it says of given values; undefined where it has nothing to divide by. */
export interface Formula {
  readonly names: readonly string[];
  readonly value: (values: Readonly<Record<string, number>>) => number | undefined;
}

type Read = { readonly known: ReadonlySet<string>; readonly named: Set<string>; readonly divisors: Step[] };

const DEPTH = 40;
const SAMPLES = 12;
const node = (of: unknown): Expression => of as Expression;

/** One node of what the parser found, and all below it. What is not named here is no part of the language. */
function step(of: Expression, read: Read, depth = 0): Step {
  if (depth > DEPTH) throw new BadFormula('is nested too deeply');
  const inner = (part: unknown): Step => step(node(part), read, depth + 1);
  switch (of.type) {
    case 'Literal': {
      const { value } = of;
      if (typeof value !== 'number') throw new BadFormula(`${String(of.raw)} is not a number`);
      return () => value;
    }
    case 'Identifier': {
      const name = String(of.name);
      if (!read.known.has(name))
        throw new BadFormula(`there is no fact ${name}; there are ${[...read.known].join(', ')}`);
      read.named.add(name);
      return (values) => (Object.hasOwn(values, name) ? values[name] : undefined);
    }
    case 'UnaryExpression': {
      if (of.operator !== '-') throw new BadFormula(`${String(of.operator)} is no part of a formula`);
      const argument = inner(of.argument);
      return (values) => {
        const value = argument(values);
        return value === undefined ? undefined : -value;
      };
    }
    case 'BinaryExpression': {
      const make = operators.get(String(of.operator));
      if (!make) throw new BadFormula(`${String(of.operator)} is no part of a formula`);
      const [left, right] = [inner(of.left), inner(of.right)];
      if (of.operator === '/') read.divisors.push(right);
      return (values) => {
        const [a, b] = [left(values), right(values)];
        return a === undefined || b === undefined ? undefined : make(a, b);
      };
    }
    case 'ConditionalExpression': {
      const [test, then, otherwise] = [inner(of.test), inner(of.consequent), inner(of.alternate)];
      return (values) => {
        const which = test(values);
        return which === undefined ? undefined : (which !== 0 ? then : otherwise)(values);
      };
    }
    case 'CallExpression':
      return call(String(node(of.callee).name), (of.arguments as unknown[]).map(inner));
    default:
      throw new BadFormula(of.type === 'Compound' ? 'is not one formula' : `${of.type} is no part of a formula`);
  }
}

/**
 * A formula over numbers that have names: + - * /, comparisons, `a ? b : c`, min, max, abs.
 * @throws BadFormula when it is not one, names what is not known, or divides by what is zero whatever the numbers are
 */
export function formula(text: string, known: ReadonlySet<string>): Formula {
  const read: Read = { known, named: new Set(), divisors: [] };
  let parsed: Expression;
  try {
    parsed = jsep(text);
  } catch (error) {
    throw new BadFormula(error instanceof Error ? error.message : 'is not a formula');
  }
  const value = step(parsed, read);
  const samples = Array.from({ length: SAMPLES }, (_, at) =>
    Object.fromEntries([...known].map((name) => [name, 1 + Math.floor(draw(`${at} ${name}`) * 1000)])),
  );
  for (const divisor of read.divisors)
    if (samples.every((sample) => divisor(sample) === 0)) throw new BadFormula('divides by zero');
  return {
    names: [...read.named],
    value: (values) => {
      const result = value(values);
      return result !== undefined && Number.isFinite(result) ? result : undefined;
    },
  };
}
