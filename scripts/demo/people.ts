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
  const items: Known[] = [];
  let next: string | undefined;
  do {
    const from = next === undefined ? '' : `&cursor=${next}`;
    const page = await client.call('GET', `/reps?limit=200${from}`, undefined, admin);
    const { items: some, nextCursor } = page as { items: Known[]; nextCursor?: string };
    items.push(...some);
    next = nextCursor;
  } while (next !== undefined);
  const managers = new Set(items.map(({ managerId }) => managerId));
  return items.map(({ repId, name, teamId }) => ({
    name,
    role: managers.has(repId) ? 'supervisor' : 'rep',
    repId,
    teamId,
  }));
}
