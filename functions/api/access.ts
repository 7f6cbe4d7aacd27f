import { teamMembers } from '../../shared/org/store.ts';
import type { Person } from '../../shared/platform/identity.ts';
import { Problem } from '../../shared/platform/problem.ts';
import type { Table } from '../../shared/platform/table.ts';

export { mustBeThere, mustSee, mustSeeBare, signedIn } from '../../shared/platform/access.ts';

/** The reps whose leads the person may see; undefined means all leads, owned or not. */
export async function visibleOwners(table: Table, person: Person): Promise<string[] | undefined> {
  switch (person.role) {
    case 'admin':
      return undefined;
    case 'supervisor':
      return person.teamId === undefined ? [] : teamMembers(table, person.teamId);
    case 'rep':
      return person.repId === undefined ? [] : [person.repId];
  }
}

/**
 * The team whose figures somebody is shown: a supervisor their own, anybody else the one they ask for, if any.
 * @throws Problem 403 naming `teamId`, of a supervisor who asks for another
 */
export function teamShown({ role, teamId: own = '' }: Person, asked: string | undefined): string | undefined {
  if (role !== 'supervisor') return asked;
  mustBeOwnTeam(own, asked ?? own);
  return own;
}

/** @throws Problem 403 naming `teamId` where another team than the supervisor's own is named */
export function mustBeOwnTeam(own: string | undefined, named: string): void {
  if (named !== own)
    throw new Problem(403, `${named} is not your team`, [{ path: 'teamId', message: 'not your team' }]);
}
