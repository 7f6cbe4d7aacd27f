import { bad, type Refusal } from './failure.ts';

/** `name eq value`; or `name[… and …]`, with or without `.sub eq value`. */
export interface Equality {
  name: string;
  where?: Equality[];
  sub?: string;
  value?: string | boolean;
}

const LONGEST = 2000;
const token = /\s*("(?:[^"\\]|\\.)*"|[[\]()]|[^\s"[\]()]+)\s*/y;
const attributeName = /^[a-z][\w.:$-]*$/i;

const unclear = (what: string): Refusal => bad('invalidFilter', `cannot be read: ${what}`);
const unsupported = (what: string): Refusal =>
  bad('invalidFilter', `'${what}' is not supported: only eq, joined by and`);

/**
 * Reads equalities joined by `and`. Not scimmy's filter: it compares by case, ends a value at an escaped quotation mark, and
 * follows a name such as `__proto__.x` up to Object's prototype.
 * @throws Refusal 400 invalidFilter that names what is not understood
 */
export function equalities(text: string): Equality[] {
  if (text.length > LONGEST) throw unclear(`more than ${LONGEST} characters`);
  const tokens = tokensOf(text);
  const read = conjunction(tokens, true);
  const [left] = tokens;
  if (left !== undefined) throw left === '(' ? unsupported(left) : unclear(left);
  return read;
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  for (let at = 0; at < text.length; at = token.lastIndex) {
    const found = token.exec(text)?.[1];
    if (found === undefined) throw unclear(text.slice(at, at + 40) || 'an empty filter');
    tokens.push(found);
  }
  return tokens;
}

function conjunction(tokens: string[], nests: boolean): Equality[] {
  const read = [equality(tokens, nests)];
  while (tokens[0]?.toLowerCase() === 'and') {
    tokens.shift();
    read.push(equality(tokens, nests));
  }
  if (tokens[0]?.toLowerCase() === 'or') throw unsupported('or');
  return read;
}

function equality(tokens: string[], nests: boolean): Equality {
  const name = tokens.shift() ?? 'an end where an attribute should stand';
  if (name === '(' || name.toLowerCase() === 'not') throw unsupported(name);
  if (!attributeName.test(name)) throw unclear(name);
  if (tokens[0] !== '[') return { name, value: comparison(tokens) };
  if (!nests) throw unclear('[ within [');
  tokens.shift();
  const where = conjunction(tokens, false);
  if (tokens.shift() !== ']') throw unclear(`${name}[ without ]`);
  if (!tokens[0]?.startsWith('.')) return { name, where };
  const sub = (tokens.shift() ?? '').slice(1);
  return { name, where, sub, value: comparison(tokens) };
}

function comparison(tokens: string[]): string | boolean {
  const operator = tokens.shift() ?? 'an end where eq should stand';
  if (operator.toLowerCase() !== 'eq') throw /^\w+$/.test(operator) ? unsupported(operator) : unclear(operator);
  const value = tokens.shift() ?? 'an end where a value should stand';
  if (/^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  if (!value.startsWith('"')) throw unclear(value);
  try {
    return JSON.parse(value) as string;
  } catch {
    throw unclear(value);
  }
}
