import type { Person } from '../local/person.ts';
import { bearer, clientOf } from './client.ts';

interface Known {
  repId: string;
  name: string;
  teamId?: string;
  managerId?: string;
}

/** Everybody on the roster of the Leadkeeper at `url`; whoever manages somebody as a supervisor. */
export async function peopleOf(url: string): Promise<Person[]> {
  const client = clientOf(url);
  const admin = await bearer(client, { role: 'admin' });
  const { items } = (await client.call('GET', '/reps?limit=200', undefined, admin)) as { items: Known[] };
  const managers = new Set(items.map(({ managerId }) => managerId));
  return items.map(({ repId, name, teamId }) => ({
    name,
    role: managers.has(repId) ? 'supervisor' : 'rep',
    repId,
    teamId,
  }));
}
