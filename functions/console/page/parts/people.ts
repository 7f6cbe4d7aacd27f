import { call } from '../calls.ts';
import { useLive } from '../live.ts';

const SLOW = 60_000;

/** Names of reps by their id; whoever is not known yet is called by it. */
export function useNames(): (repId: string) => string {
  const { data } = useLive(() => call('GET', '/reps', { query: { limit: 200 } }), 'names', SLOW);
  const names = new Map(data?.items.map(({ repId, name }) => [repId, name]));
  return (repId) => names.get(repId) ?? repId;
}
