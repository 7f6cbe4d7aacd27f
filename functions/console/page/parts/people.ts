import { call } from '../calls.ts';
import { gathered } from '../gathered.ts';
import { useLive } from '../live.ts';

const SLOW = 60_000;
/** As many reps are read, page after page. */
const MOST = 5000;

/** The reps whom whoever is signed in may see. */
export const readPeople = () => gathered(MOST, (at) => call('GET', '/reps', { query: at }));

/** Names of reps by their id; whoever is not known yet is called by it. */
export function useNames(): (repId: string) => string {
  const { data } = useLive(readPeople, 'names', SLOW);
  const names = new Map(data?.items.map(({ repId, name }) => [repId, name]));
  return (repId) => names.get(repId) ?? repId;
}
