type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const operators: Record<string, (left: number, right: number) => boolean> = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

function numeric(value: unknown, comparison: unknown[]): boolean {
  if (typeof value !== 'number') return false;
  for (let at = 0; at < comparison.length; at += 2) {
    const operator = operators[String(comparison[at])];
    if (!operator?.(value, Number(comparison[at + 1]))) return false;
  }
  return true;
}

const wildcard = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('[^]*')}$`,
  );

function text(value: unknown, test: (said: string) => boolean): boolean {
  return typeof value === 'string' && test(value);
}

/** Whether one value satisfies one matcher of EventBridge's pattern language. */
function satisfies(value: unknown, matcher: unknown): boolean {
  if (!isObject(matcher)) return value === matcher;
  const [[name, of] = []] = Object.entries(matcher);
  switch (name) {
    case 'prefix':
      return text(value, (said) => said.startsWith(String(of)));
    case 'suffix':
      return text(value, (said) => said.endsWith(String(of)));
    case 'equals-ignore-case':
      return text(value, (said) => said.toLowerCase() === String(of).toLowerCase());
    case 'wildcard':
      return text(value, (said) => wildcard(String(of)).test(said));
    case 'numeric':
      return numeric(value, of as unknown[]);
    case 'exists':
      return (value !== undefined) === of;
    case 'anything-but':
      return value !== undefined && ![of].flat().some((excluded) => satisfies(value, excluded));
    default:
      throw new Error(`this pattern is not supported: ${name}`);
  }
}

/**
 * Whether an event matches a pattern of EventBridge, which event source mappings use too: every field of the pattern has to
 * match; of a list of matchers, one has to; of an event's list, one element has to.
 * @throws Error for a matcher that is not supported, rather than guess
 */
export function matches(pattern: unknown, event: unknown): boolean {
  if (!isObject(pattern)) return false;
  return Object.entries(pattern).every(([name, of]) => {
    if (name === '$or' && Array.isArray(of)) return of.some((alternative) => matches(alternative, event));
    const value = isObject(event) && Object.hasOwn(event, name) ? event[name] : undefined;
    if (!Array.isArray(of)) return matches(of, value);
    const values = Array.isArray(value) ? value : [value];
    return of.some((matcher) => values.some((each) => satisfies(each, matcher)));
  });
}
