import type { Rep } from '../../shared/org/rep.ts';
import { readReps } from '../../shared/org/store.ts';
import type { Table } from '../../shared/platform/table.ts';

/** Whether somebody sees to what a supervisor is told: not who left or is leaving, nor who is on leave and might read it days later. */
export const isThere = ({ status }: Pick<Rep, 'status'>): boolean => status === 'active';

/** Who is told as the supervisor of some people, by the id of whose; without those who have none that is there (or only themselves). */
export async function supervisorsOf(table: Table, reps: readonly Rep[]): Promise<Map<string, Rep>> {
  const managers = await readReps(table, [...new Set(reps.flatMap(({ managerId }) => managerId ?? []))]);
  return new Map(
    reps.flatMap(({ repId, managerId = '' }): [string, Rep][] => {
      const manager = managers.get(managerId);
      return manager && manager.repId !== repId && isThere(manager) ? [[repId, manager]] : [];
    }),
  );
}

/** Who is told as somebody's supervisor, or undefined: then the admins are. */
export const supervisorOf = async (table: Table, rep: Rep | undefined): Promise<Rep | undefined> =>
  rep && (await supervisorsOf(table, [rep])).get(rep.repId);
