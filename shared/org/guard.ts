import * as z from 'zod';
import { repStatuses } from './rep.ts';
import { team } from './roster.ts';

/** Fields of a person that a roster's column can stand for. */
export const columns = [
  'employeeId',
  'name',
  'firstName',
  'lastName',
  'status',
  'email',
  'phone',
  'teamId',
  'department',
  'managerId',
  'hiredAt',
  'leftAt',
  'leaveFrom',
  'leaveUntil',
] as const;

const word = z.string().trim().min(1).max(100);

/** How HR's pushes are read, and when one is held for an admin instead of being applied: a broken one must never freeze a company. */
export const hrRules = z.strictObject({
  /** Who is absent from a whole roster, having stood in one before, has left; or stays as they are. */
  absent: z.enum(['left', 'unchanged']).default('left'),
  /** What a file's headings stand for, beside those that are known anyway; compared without case, spaces and underscores. */
  headings: z.record(word, z.enum(columns)).default({}),
  /** What words for a status in a file mean, beside those that are known anyway. */
  statuses: z.record(word, z.enum(repStatuses)).default({}),
  /** The team of a department, by its name or number in HR's and other systems. */
  departments: z.record(word, team).default({}),
  guard: z.strictObject({
    /** A push that would freeze more than this share of the active staff is held … */
    share: z.number().min(0).max(1),
    /** … or more people than this … */
    people: z.int().min(0).max(100_000),
    /** … but never one that would freeze fewer than this. */
    least: z.int().min(1).max(1000),
    /** A whole roster with fewer rows than this share of the last one is held. */
    shrink: z.number().min(0).max(1),
  }),
});

/** What earlier versions were: a department's team could be what no team is called, and still reads as it did. */
export const keptHrRules = hrRules.extend({ departments: z.record(word, word).default({}) });

/** How HR's pushes are read, and when one is held. */
export type HrRules = z.infer<typeof hrRules>;

/** A fifth of the staff or thirty people, from two on; half a roster. */
export const defaultHrRules: HrRules = hrRules.parse({ guard: { share: 0.2, people: 30, least: 2, shrink: 0.5 } });

/** What of a push the guard looks at. */
export interface PushSize {
  freezes: number;
  /** How many of those are active before it. */
  ofActive: number;
  /** Active staff before it. */
  active: number;
  mode: 'full' | 'delta';
  rows: number;
  /** Rows of the last whole roster that was applied; 0 when there was none. */
  lastRows: number;
}

/** Why a push is held, in words for the admins; undefined when it is not. */
export function whyHold(
  { freezes, ofActive, active, mode, rows, lastRows }: PushSize,
  { guard }: Pick<HrRules, 'guard'>,
): string | undefined {
  if (mode === 'full' && rows < lastRows * guard.shrink)
    return `${rows} rows, where the last whole roster had ${lastRows}`;
  if (freezes < guard.least) return undefined;
  if (freezes > guard.people) return `${freezes} people would be frozen at once`;
  const share = active === 0 ? 0 : ofActive / active;
  return share > guard.share ? `${ofActive} of ${active} active people would be frozen at once` : undefined;
}
