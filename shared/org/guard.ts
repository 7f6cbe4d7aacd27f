import * as z from 'zod';

/** When a push of HR's is held for an admin instead of being applied: a broken one must never freeze a company. */
export const hrRules = z.strictObject({
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

/** When a push of HR's is held for an admin. */
export type HrRules = z.infer<typeof hrRules>;

/** A fifth of the staff or thirty people, from two on; half a roster. */
export const defaultHrRules: HrRules = { guard: { share: 0.2, people: 30, least: 2, shrink: 0.5 } };

/** What of a push the guard looks at. */
export interface PushSize {
  freezes: number;
  /** Active staff before it. */
  active: number;
  mode: 'full' | 'delta';
  rows: number;
  /** Rows of the last whole roster that was applied; 0 when there was none. */
  lastRows: number;
}

/** Why a push is held, in words for the admins; undefined when it is not. */
export function whyHold({ freezes, active, mode, rows, lastRows }: PushSize, { guard }: HrRules): string | undefined {
  if (mode === 'full' && rows < lastRows * guard.shrink)
    return `${rows} rows, where the last whole roster had ${lastRows}`;
  if (freezes < guard.least) return undefined;
  if (freezes > guard.people) return `${freezes} people would be frozen at once`;
  const share = active === 0 ? 0 : freezes / active;
  return share > guard.share ? `${freezes} of ${active} active people would be frozen at once` : undefined;
}
