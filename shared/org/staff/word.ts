import { localTime } from '../hours.ts';
import { isFrozen, type RepStatus } from '../rep.ts';
import { type Announced, type Employee, type HrFields, isAfter } from '../roster.ts';

/** Who tells us of the staff, the one that counts most first: rosters, identity providers, chat directories. */
export const systems = ['hr', 'scim', 'wecom', 'dingtalk'] as const;

/** Somebody who tells us of the staff. */
export type System = (typeof systems)[number];

/** What a system says of a person. Fields it leaves out it says nothing of; a date that is null it takes back. */
export type Said = Pick<Employee, 'employeeId'> &
  Partial<Employee> & {
    /** When the system knew it (ISO 8601), where its words may arrive in another order. */
    asOf?: string;
  };

/** What a system says of a person, and since when it says that status. */
export interface Word extends Partial<Omit<Employee, 'employeeId' | Announced> & Record<Announced, string>> {
  /** Since when it says this status (ISO 8601). */
  since: string;
  /** When the system knew what it said last (ISO 8601). */
  asOf?: string;
  /** An admin took the person back against this system's status, which counts no more until it says another. */
  overruled?: true;
}

/** What the systems say of one person. */
export type Words = Partial<Record<System, Word>>;

/** One person of the staff: what they are on the roster now, and the words that made them so. */
export interface Person {
  status: RepStatus;
  words: Words;
}

/** The status of whoever says the strictest thing counts: somebody whom one system shut out is out. */
const strictness: readonly RepStatus[] = ['left', 'leaving', 'on-leave', 'active'];

/** Fields in which the first system that names them counts. */
const described = [
  'name',
  'email',
  'phone',
  'teamId',
  'managerId',
  'hiredAt',
  'leftAt',
  'leaveFrom',
  'leaveUntil',
] as const;

/** A day (`2026-11-23`) and the moment it is asked for. Dates are days in the company's time zone, times are moments. */
export interface Today {
  at: Date;
  day: string;
}

/** The day at a moment in a time zone. */
export const today = (at: Date, zone: string): Today => ({ at, day: localTime(at, zone).day });

/** -1, 0, 1: whether a date or time lies before now, is today (or this very moment), or is to come. */
function compared(date: string, now: Today): number {
  if (date.length === 10) return Math.sign(date < now.day ? -1 : date > now.day ? 1 : 0);
  return Math.sign(Date.parse(date) - now.at.getTime());
}

/** Whether a day or time is past: a day not before it is over. */
export const isPast = (date: string, now: Today): boolean => compared(date, now) < 0;

/** What a system's word comes to now: leaves begin and end, and who was said to leave on a day has left from then. */
function statusNow(
  { status, leaveFrom, leaveUntil, leftAt, since, overruled }: Word,
  now: Today,
): RepStatus | undefined {
  if (overruled || status === undefined) return undefined;
  // A last day that was past when this status was said is of an earlier employment.
  const announced = leftAt !== undefined && leftAt > since.slice(0, leftAt.length);
  if (announced && compared(leftAt, now) <= 0) return 'left';
  if (status !== 'on-leave') return status;
  const over = leaveUntil !== undefined && isPast(leaveUntil, now);
  // A beginning after the end is of another leave.
  const begins = leaveFrom !== undefined && !(leaveUntil && isAfter(leaveFrom, leaveUntil)) ? leaveFrom : undefined;
  const yetToBegin = begins !== undefined && compared(begins, now) > 0;
  return yetToBegin || over ? 'active' : 'on-leave';
}

/** What each system's word comes to now; an overruled one to nothing. */
export const statuses = (words: Words, now: Today): [System, RepStatus][] =>
  systems.flatMap((system): [System, RepStatus][] => {
    const word = words[system];
    const status = word && statusNow(word, now);
    return status === undefined ? [] : [[system, status]];
  });

/** What the words come to, taken together; undefined while nobody has told a name and a status. */
export function standing(words: Words, now: Today): HrFields | undefined {
  const inOrder = systems.flatMap((system) => words[system] ?? []);
  const said = inOrder.flatMap((word) => statusNow(word, now) ?? []);
  const overruled = inOrder.some((word) => word.overruled);
  const status = strictness.find((each) => said.includes(each)) ?? (overruled ? 'active' : undefined);
  const fields = Object.fromEntries(
    described.flatMap((field) => {
      const word = inOrder.find((each) => each[field] !== undefined);
      return word ? [[field, word[field]]] : [];
    }),
  ) as Omit<HrFields, 'status'>;
  return status === undefined || fields.name === undefined ? undefined : { ...fields, status };
}

/** A person as the roster has them: a leave that is over by the calendar lasts until somebody looked. */
export function onRoster(person: Person | undefined, now: Today): HrFields | undefined {
  const fields = person && standing(person.words, now);
  return fields && { ...fields, status: person.status };
}

/** Whether a system says only some of what it knows, or all of it: what it leaves out then it says no more. */
export type Extent = 'some' | 'whole';

/** The words after a system has said something; the very same when it said nothing new, or knew it before what it said last. */
export function say(
  words: Words,
  system: System,
  { employeeId, ...row }: Said,
  at: string,
  extent: Extent = 'some',
): Words {
  const before = words[system];
  if (row.asOf !== undefined && before?.asOf !== undefined && row.asOf < before.asOf) return words;
  const turned = row.status !== undefined && row.status !== before?.status;
  // Who says otherwise of the day on which somebody leaves says otherwise of who had left on it.
  const another =
    row.leftAt !== undefined &&
    row.leftAt !== (before?.leftAt ?? null) &&
    !isFrozen({ status: before?.status ?? 'left' });
  const { overruled, ...kept } = before ?? { since: at };
  const all = {
    ...(extent === 'whole' ? { since: kept.since } : kept),
    ...(overruled && !turned && !another ? { overruled } : {}),
    ...Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)),
    ...(turned || !before ? { since: at } : {}),
  };
  const after = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)) as unknown as Word;
  return before && same(before, after) ? words : { ...words, [system]: after };
}

/** The words after an admin has taken a person back: whoever shuts them out counts no more until they say otherwise. */
export function overrule(words: Words, now: Today): Words {
  return Object.fromEntries(
    Object.entries(words).map(([system, word]) => {
      const status = statusNow(word, now);
      return [system, status !== undefined && isFrozen({ status }) ? { ...word, overruled: true as const } : word];
    }),
  );
}

/** Whether two plain objects say the same. */
export const same = (a: object, b: object): boolean => {
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return left.length === right.length && left.every(([name, value]) => (b as Record<string, unknown>)[name] === value);
};
