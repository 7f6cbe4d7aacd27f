/** So many characters of a text are looked at, and so many a pattern may have. */
export const LONGEST_TEXT = 128;
const LONGEST_PATTERN = 200;
/** Ways in which a pattern may be tried on one text, at most: two of `.*` anywhere. The worst of them take a tenth of a second. */
const MOST_WAYS = 2_200_000;

/** Why a pattern is refused. */
class Refused extends Error {}

/** In how many ways a part can match at one place of the longest text, and whether it can match nothing. */
interface Part {
  ways: number;
  empty: boolean;
}

const NOTHING: Part = { ways: 1, empty: true };

/** A part repeated `least` to `most` times. */
function repeated({ ways, empty }: Part, least: number, most: number): Part {
  if (empty && most > 1) throw new Refused('repeats what can be nothing');
  const times = Math.min(most, LONGEST_TEXT);
  let sum = 0;
  for (let count = least; count <= times; count += 1) {
    sum += ways ** count;
    if (sum > MOST_WAYS) break;
  }
  return { ways: Math.max(1, sum), empty: empty || least === 0 };
}

/** Reads a pattern that is known to be a regular expression, adding up in how many ways it can be tried. */
class Reader {
  private at = 0;
  private readonly pattern: string;
  constructor(pattern: string) {
    this.pattern = pattern;
  }

  /** Alternatives, until the group or the pattern ends. */
  alternatives(): Part {
    let [ways, empty] = [0, false];
    do {
      const part = this.sequence();
      ways += part.ways;
      empty ||= part.empty;
    } while (this.took('|'));
    return { ways, empty };
  }

  private sequence(): Part {
    let [ways, empty] = [1, true];
    while (this.at < this.pattern.length && !'|)'.includes(this.pattern[this.at] ?? '')) {
      const part = this.quantified(this.atom());
      ways *= part.ways;
      empty &&= part.empty;
      if (ways > MOST_WAYS) throw new Refused('could be tried in too many ways');
    }
    return { ways, empty };
  }

  private atom(): Part {
    if (this.took('(')) return this.group();
    const [read] = /^(\[(\\.|[^\]\\])*\]|\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\.|.)/su.exec(this.pattern.slice(this.at)) ?? [
      '',
    ];
    if (/^\\([1-9]|k)/.test(read)) throw new Refused('refers back to a group');
    this.at += read.length;
    return /^(\^|\$|\\[bB])$/.test(read) ? NOTHING : { ways: 1, empty: false };
  }

  private group(): Part {
    if (this.took('?') && !this.took(':')) throw new Refused('looks around, or names a group');
    const part = this.alternatives();
    this.took(')');
    return part;
  }

  private quantified(part: Part): Part {
    const [read, sign, least, more, most] =
      /^(?:([*+?])|\{(\d+)(,(\d*))?\})\??/.exec(this.pattern.slice(this.at)) ?? [];
    if (read === undefined) return part;
    this.at += read.length;
    if (sign !== undefined) return repeated(part, sign === '+' ? 1 : 0, sign === '?' ? 1 : LONGEST_TEXT);
    return repeated(part, Number(least), more === undefined ? Number(least) : most ? Number(most) : LONGEST_TEXT);
  }

  private took(text: string): boolean {
    if (!this.pattern.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }
}

/**
 * Why a pattern is no regular expression that is quick on every text, or undefined. JavaScript's own expressions go back and
 * try again; so those are refused that could be tried in too many ways on {@link LONGEST_TEXT} characters: `(a+)+`, `.*.*.*`.
 */
export function refusePattern(pattern: string): string | undefined {
  if (pattern.length > LONGEST_PATTERN) return `at most ${LONGEST_PATTERN} characters`;
  try {
    toRegExp(pattern);
  } catch {
    return 'not a regular expression';
  }
  try {
    const anchored = pattern.startsWith('^') && !pattern.includes('|');
    const { ways } = new Reader(pattern).alternatives();
    if (ways * (anchored ? 1 : LONGEST_TEXT) > MOST_WAYS) throw new Refused('could be tried in too many ways');
    return undefined;
  } catch (error) {
    if (error instanceof Refused)
      return `a pattern that ${error.message} is refused: it may take for ever on some text`;
    throw error;
  }
}

/** The expression: upper and lower case alike. */
export const toRegExp = (pattern: string): RegExp => new RegExp(pattern, 'iu');
