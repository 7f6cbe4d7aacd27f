import { localTime } from '../org/hours.ts';

/** A message as it stands in copied text: who, what, and when if it says so. */
export interface Copied {
  name: string;
  /** ISO 8601. */
  at: string | undefined;
  text: string;
}

const CLOCK = String.raw`\d{1,2}:\d{2}(?::\d{2})?`;
const DATE = String.raw`\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?`;
const WHEN = String.raw`(?:(?<date>${DATE})[ \tT]*)?(?<clock>${CLOCK})`;
const NAME = String.raw`[^\s::/\[\]【】][^::/\[\]【】\n]{0,38}?`;

/** `李雷 2026-11-02 10:00:05` alone on a line, as WeChat, WeCom and DingTalk copy it: what follows is theirs. */
const HEADING = new RegExp(String.raw`^(?<name>${NAME})[ \t]+[\[(]?${WHEN}[\])]?[::]?$`);
/** `[10:00] 李雷: 您好`, `2026-11-02 10:00 Li Lei: hello`, `客户:你好`. */
const LINE = new RegExp(String.raw`^(?:[\[(]?${WHEN}[\])]?[ \t]+)?(?<name>${NAME})[ \t]*[::](?!//)[ \t]*(?<text>.*)$`);

/** A time of day that looks like a speaker and his words: `10:30 we meet`. */
const NO_NAME = /^[\d\s.,-]+$/;

const two = (text: string): string => text.padStart(2, '0');

/** The moment at which clocks in a zone show a date and a time of day; undefined where there is no such date or time. */
function momentOf(date: string, clock: string, zone: string): string | undefined {
  const [year = '', month = '', day = ''] = date.match(/\d+/g) ?? [];
  const [hour = '', minute = '', second = '0'] = clock.split(':');
  const shown = Date.parse(`${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}Z`);
  if (Number.isNaN(shown)) return undefined;
  const ahead = (at: number): number => {
    const { day, minutes } = localTime(new Date(at), zone);
    return Date.parse(day) + minutes * 60_000 - Math.floor(at / 60_000) * 60_000;
  };
  // Twice: the first guess may lie on the other side of a change of the clocks.
  const guess = shown - ahead(shown);
  return new Date(shown - ahead(guess)).toISOString();
}

/**
 * The messages in text that was copied out of a chat. Times without a date are of the day named last, or of `day`
 * (`2026-11-02`); all are of the zone's clock. Lines that name nobody go on with what was said before.
 */
export function readCopied(text: string, { day, zone }: { day: string; zone: string }): Copied[] {
  const messages: Copied[] = [];
  let date = day;
  const when = (groups: Record<string, string | undefined>): string | undefined => {
    if (groups.date) date = groups.date;
    return groups.clock ? momentOf(date, groups.clock, zone) : undefined;
  };
  for (const line of text.split(/\r\n|\r|\n/).map((each) => each.trim())) {
    const heading = HEADING.exec(line)?.groups;
    const said = heading ? undefined : LINE.exec(line)?.groups;
    const name = (heading ?? said)?.name?.trim();
    if (name && !NO_NAME.test(name)) {
      messages.push({
        name,
        at: when((heading ?? said) as Record<string, string | undefined>),
        text: said?.text ?? '',
      });
      continue;
    }
    const last = messages.at(-1);
    if (last && line !== '') last.text = last.text === '' ? line : `${last.text}\n${line}`;
  }
  return messages.filter((message) => message.text !== '');
}

/**
 * Copied messages with the times at which they count: `was` where there is none. Those of one moment follow each other by a
 * millisecond, so that they stay in the order in which they were said.
 */
export function timed(copied: readonly Copied[], was: string): (Copied & { when: string })[] {
  const ofMoment = new Map<string, number>();
  return copied.map((each) => {
    const at = each.at ?? was;
    const before = ofMoment.get(at) ?? 0;
    ofMoment.set(at, before + 1);
    return { ...each, when: new Date(Date.parse(at) + before).toISOString() };
  });
}

/** What speakers are called who are not called by name. */
const REP = /^(销售|客服|顾问|我|坐席|rep|sales|agent|me|seller)$/i;
const CUSTOMER = /^(客户|顾客|对方|customer|client|buyer|lead)$/i;

/** Which side a speaker is on: by what they are called, or because there are two of whom one is known. */
export function sidesOf(
  names: readonly string[],
  { reps, customer }: { reps: readonly string[]; customer: string | undefined },
): Map<string, 'rep' | 'customer' | 'other'> {
  const all = [...new Set(names)];
  const sides = new Map<string, 'rep' | 'customer' | 'other'>(
    all.map((name) => [
      name,
      REP.test(name) || reps.includes(name) ? 'rep' : CUSTOMER.test(name) || name === customer ? 'customer' : 'other',
    ]),
  );
  const unknown = all.filter((name) => sides.get(name) === 'other');
  const [only] = unknown;
  if (all.length === 2 && unknown.length === 1 && only !== undefined) {
    const known = [...sides.values()].find((side) => side !== 'other');
    sides.set(only, known === 'rep' ? 'customer' : 'rep');
  }
  return sides;
}
