import { teamMembers } from '../../shared/org/store.ts';
import type { Person } from '../../shared/platform/identity.ts';
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
