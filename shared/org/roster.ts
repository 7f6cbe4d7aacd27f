import * as z from 'zod';
import { isFrozen, type Rep, repStatuses, unset } from './rep.ts';

const text = z.string().trim().min(1).max(200);
/** Ids stand in keys and addresses. */
const id = z
  .string()
  .trim()
  .regex(/^[\w.@-]{1,64}$/, 'letters, digits, and . _ @ - only, at most 64');
const date = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/** One person as HR pushes them. */
export const employee = z.object({
  employeeId: z.union([id, z.int().min(0).transform(String)]),
  name: text,
  email: z.string().trim().max(320).optional(),
  phone: z.string().trim().max(40).optional(),
  status: z.enum(repStatuses),
  teamId: id.optional(),
  managerId: id.optional(),
  hiredAt: date.optional(),
  leftAt: date.optional(),
  leaveUntil: date.optional(),
});

/** One person as HR pushes them. */
export type Employee = z.infer<typeof employee>;

/** A push: the whole staff or only changes. `asOf` is the time at which HR knew it. */
export const rosterPush = z.object({
  mode: z.enum(['full', 'delta']),
  asOf: z.iso.datetime({ offset: true }).optional(),
  employees: z.array(z.unknown()).max(50_000),
});

/** A push that was taken: which rows are good, and what is wrong with the others (`line`: in the file, or counted from 1). */
export interface ReadRoster {
  good: Employee[];
  rejected: { line: number; path: string; message: string }[];
}

/**
 * Reads the rows of a push; a bad one is reported and spoils no other. Of two rows for one person that disagree, neither is
 * taken. `lines` says where each stands; by default they are counted from 1.
 */
export function readRows(rows: readonly unknown[], lines: readonly number[] = []): ReadRoster {
  const good = new Map<string, Employee>();
  const rejected: ReadRoster['rejected'] = [];
  const disputed = new Set<string>();
  rows.forEach((row, index) => {
    const line = lines[index] ?? index + 1;
    const read = employee.safeParse(row);
    if (!read.success) {
      for (const issue of read.error.issues) {
        rejected.push({ line, path: issue.path.map(String).join('.'), message: issue.message });
      }
      return;
    }
    const { employeeId } = read.data;
    const before = good.get(employeeId);
    if (before && JSON.stringify(before) !== JSON.stringify(read.data)) disputed.add(employeeId);
    if (disputed.has(employeeId)) {
      rejected.push({
        line,
        path: 'employeeId',
        message: `another row says otherwise of ${employeeId}: neither is taken`,
      });
    }
    good.set(employeeId, read.data);
  });
  for (const employeeId of disputed) good.delete(employeeId);
  return { good: [...good.values()], rejected };
}

/** What HR's word makes of a person: the fields it owns. */
export type HrFields = Pick<Rep, 'name' | 'status'> &
  Partial<Pick<Rep, 'email' | 'teamId' | 'managerId' | 'hiredAt' | 'leftAt' | 'leaveUntil'>>;

/** A difference between HR's word and the roster. */
export interface StaffChange {
  repId: string;
  from: Rep | undefined;
  fields: HrFields;
  phone?: string;
  /** Frozen by this change: no new leads from here on, open ones to be handed over. */
  freezes: boolean;
  /** Goes on leave by this change, or for another time than was known. */
  away: boolean;
}

/** What a person's row changes, or undefined when nothing. Fields that the row leaves out stay as they are. */
export function difference(
  row: Pick<Employee, 'employeeId'> & Partial<Employee>,
  known: Rep | undefined,
): StaffChange | undefined {
  const { employeeId, phone, ...said } = row;
  const fields = { ...hrFieldsOf(known), ...defined(said) } as HrFields;
  const newPhone = phone !== undefined && known?.channels.phone === undefined ? phone : undefined;
  // Of somebody new a row must say the least there is.
  if (!known && (fields.name === undefined || fields.status === undefined)) return undefined;
  const same = known !== undefined && newPhone === undefined && equal(fields, hrFieldsOf(known));
  if (same) return undefined;
  const freezes = isFrozen(fields) && known !== undefined && !isFrozen(known);
  const away = fields.status === 'on-leave' && (known?.status !== 'on-leave' || known.leaveUntil !== fields.leaveUntil);
  const more = newPhone === undefined ? {} : { phone: newPhone };
  return { repId: employeeId, from: known, fields, ...more, freezes, away };
}

const defined = <T extends object>(object: T): Partial<T> =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Partial<T>;

function hrFieldsOf(rep: Rep | undefined): Partial<HrFields> {
  if (!rep) return {};
  const { name, status, email, teamId, managerId, hiredAt, leftAt, leaveUntil } = rep;
  return defined({ name, status, email, teamId, managerId, hiredAt, leftAt, leaveUntil });
}

const equal = (a: object, b: object): boolean => {
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return left.length === right.length && left.every(([name, value]) => (b as Record<string, unknown>)[name] === value);
};

/** A person whom HR names for the first time. */
export const newRep = (repId: string, fields: HrFields, phone?: string): Rep => ({
  ...unset,
  repId,
  ...fields,
  channels: phone === undefined ? {} : { phone },
});
