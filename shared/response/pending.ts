/**
 * Leads given to a rep that the running counts do not hold yet, by row. They ride in the rep's own item, which is written with each
 * lead that is given anyway, and go to the running counts some rows at a time: a count of its own for each would cost as much again.
 */
export interface Pending {
  /** The team in which they were given ('' for none). */
  teamId: string;
  leads: Readonly<Record<string, number>>;
}

/** So many rows are kept with a rep: the item stays below a KB. */
const MOST = 8;
const SEPARATOR = '|';

/** What the rows of leads are told apart by, beside the rep that has them. */
interface Place {
  day: string;
  source: string;
  teamId: string;
  grade: string;
}

/** Leads given, by place. */
export interface GivenAt extends Place {
  leads: number;
}

/** What is pending, place by place. */
export const placesOf = ({ teamId, leads }: Pending): GivenAt[] =>
  Object.entries(leads).map(([key, count]) => {
    const [day = '', source = '', grade = ''] = key.split(SEPARATOR);
    return { day, source, teamId, grade, leads: count };
  });

/**
 * What is pending after one more lead.
 * @returns also what is to be counted instead, as there is no room for it, or the rep was of another team then
 */
export function withOneMore(pending: Pending | undefined, place: Place): { pending: Pending; full: GivenAt[] } {
  const { day, source, teamId, grade } = place;
  const key = [day, source, grade].join(SEPARATOR);
  const leads = pending?.leads ?? {};
  const fits = pending?.teamId === teamId && (key in leads || Object.keys(leads).length < MOST);
  if (!fits) return { pending: { teamId, leads: { [key]: 1 } }, full: pending ? placesOf(pending) : [] };
  return { pending: { teamId, leads: { ...leads, [key]: (leads[key] ?? 0) + 1 } }, full: [] };
}
