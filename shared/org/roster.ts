import * as z from 'zod';
import { normaliseTextable } from '../lead/phone.ts';
import { readBy } from '../platform/problem.ts';
import { isFrozen, type Rep, repStatuses, unset } from './rep.ts';

const text = z.string().trim().min(1).max(200);
const AN_ID = 'letters, digits, and . _ @ - only, at most 64, and neither . nor ..';
/** Ids stand in keys and addresses, of which none reaches `.` and `..`. */
const id = z
  .string()
  .trim()
  .regex(/^(?!\.{1,2}$)[\w.@-]{1,64}$/, AN_ID);
/** Teams go by what people call them, such as 华东大区 or 销售部（苏州）. */
export const team = z
  .string()
  .trim()
  .regex(
    /^[\p{L}\p{N}_][\p{L}\p{N} ._@&+()（）·、—/-]{0,63}$/u,
    'letters, digits, spaces and . _ @ & + ( ) · 、 — / - only, at most 64',
  );
const date = z.union(
  [z.iso.date(), z.iso.datetime({ offset: true })],
  'a date such as 2026-11-23, or a time in ISO 8601',
);
/** Dates that something ends or begins, which may turn out otherwise: `null` takes back what was said of one. */
export const announced = ['leftAt', 'leaveFrom', 'leaveUntil'] as const;

/** A date that may be taken back. */
export type Announced = (typeof announced)[number];

/** One person as HR pushes them. A leave lasts from `leaveFrom` to the end of `leaveUntil`, where they are said. */
export const employee = z.object({
  employeeId: z.union([id, z.int().min(0).transform(String)], AN_ID),
  name: text,
  email: z.string().trim().max(320).optional(),
  phone: z.string().trim().max(200).optional(),
  status: z.enum(repStatuses),
  teamId: team.optional(),
  /** An employee's id, or the name of just one of them. */
  managerId: text.optional(),
  hiredAt: date.optional(),
  leftAt: date.nullish(),
  leaveFrom: date.nullish(),
  leaveUntil: date.nullish(),
});

/** One person as HR pushes them. */
export type Employee = z.infer<typeof employee>;

const HOUR = 3_600_000;

/** Whether a day or time lies after another, wherever on earth a day of theirs is meant. */
export function isAfter(date: string, other: string): boolean {
  if (date.length === 10 && other.length === 10) return date > other;
  const begins = Date.parse(date) - (date.length === 10 ? 14 * HOUR : 0);
  return begins > Date.parse(other) + (other.length === 10 ? (24 + 12) * HOUR : 0);
}

/** A row of a push. Dates in the wrong order would make no leave of one; whoever leaves has none, and is not kept in by them. */
const row = employee.refine(
  ({ status, leaveFrom, leaveUntil }) =>
    isFrozen({ status }) || !leaveFrom || !leaveUntil || !isAfter(leaveFrom, leaveUntil),
  { path: ['leaveUntil'], error: 'lies before leaveFrom' },
);

/** A push: the whole staff or only changes. `asOf` is the time at which HR knew it. */
export const rosterPush = z.object({
  mode: z.enum(['full', 'delta']),
  asOf: z.iso.datetime({ offset: true }).optional(),
  employees: z.array(z.unknown()).max(50_000),
});

/** A bad row: where it stands (`line`: in the file, or counted from 1), and what is wrong with it. */
export interface Rejected {
  line: number;
  path: string;
  message: string;
}

/** A push that was read: its good rows by person, each with its line, and what is wrong with the others. */
export interface ReadRoster {
  good: Map<string, { row: Employee; line: number }>;
  rejected: Rejected[];
  /** Whom the bad rows are about; undefined when one does not say, and so nobody can be called absent. */
  disputed: Set<string> | undefined;
}

/**
 * Writes a row's phone in E.164. One that cannot be read says nothing: a spreadsheet's 1.38E+10 must not keep a leaver in. Returns what
 * is wrong with it.
 */
function callable(row: Employee): string | undefined {
  if (row.phone === undefined) return undefined;
  const phone = normaliseTextable(row.phone);
  const spoiled = phone === undefined && row.phone !== '';
  if (phone === undefined) delete row.phone;
  else row.phone = phone;
  return spoiled ? 'not a phone number that takes text messages (the rest of the row is taken)' : undefined;
}

const named = z.object({ employeeId: employee.shape.employeeId });

/**
 * Reads the rows of a push; a bad one is reported and spoils no other. Of two rows for one person that disagree, neither is
 * taken. `lines` says where each stands; by default they are counted from 1.
 */
export function readRows(rows: readonly unknown[], lines: readonly number[] = []): ReadRoster {
  const good: ReadRoster['good'] = new Map();
  const rejected: Rejected[] = [];
  const disputed = new Set<string>();
  let anonymous = false;
  rows.forEach((said, index) => {
    const line = lines[index] ?? index + 1;
    const read = readBy(row, said);
    if (!read.success) {
      for (const { path, message } of read.error.issues)
        rejected.push({ line, path: path.map(String).join('.'), message });
      const who = named.safeParse(said);
      if (who.success) disputed.add(who.data.employeeId);
      else anonymous = true;
      return;
    }
    const { employeeId } = read.data;
    const spoiled = callable(read.data);
    if (spoiled) rejected.push({ line, path: 'phone', message: spoiled });
    const before = good.get(employeeId);
    const disagree = before !== undefined && JSON.stringify(before.row) !== JSON.stringify(read.data);
    if (disagree || disputed.has(employeeId)) {
      if (before) rejected.push(otherwise(before.line, employeeId));
      rejected.push(otherwise(line, employeeId));
      good.delete(employeeId);
      disputed.add(employeeId);
    } else good.set(employeeId, { row: read.data, line });
  });
  return { good, rejected, disputed: anonymous ? undefined : disputed };
}

const otherwise = (line: number, employeeId: string): Rejected => ({
  line,
  path: 'employeeId',
  message: `another row says otherwise of ${employeeId}: neither is taken`,
});

/** What HR's word makes of a person: the fields it owns, and the phone that holds until an admin names another. */
export type HrFields = Pick<Rep, 'name' | 'status'> &
  Partial<Pick<Rep, 'email' | 'teamId' | 'managerId' | 'hiredAt' | 'leftAt' | 'leaveFrom' | 'leaveUntil'>> & {
    phone?: string;
  };

/** A person whom HR names for the first time. */
export const newRep = (repId: string, { phone, ...fields }: HrFields): Rep => ({
  ...unset,
  repId,
  ...fields,
  channels: phone === undefined ? {} : { phone },
});
