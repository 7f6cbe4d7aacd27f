import { invalid } from '../../shared/platform/problem.ts';
import { sha256 } from '../../shared/platform/random.ts';

/** What was asked for, beside where to go on and how far: the address, and each field that chooses. */
export type Chosen = Readonly<Record<string, unknown>>;

const SEAL = 12;

/** Known again, not secret: it keeps mistakes out, and whoever may read a list may begin it anywhere. */
const sealOf = (list: string, chosen: Chosen, place: string): string => {
  const { limit: _, cursor: __, ...fields } = chosen;
  const inOrder = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
  return sha256(JSON.stringify([list, inOrder, place])).slice(0, SEAL);
};

/** The cursor that a list gives for a place in it: good for this list, as it was chosen, alone. */
export const cursorOf = (list: string, chosen: Chosen, place: string): string =>
  Buffer.from(`${sealOf(list, chosen, place)}${place}`).toString('base64url');

/** The place in the list that a cursor stands for. @throws Problem 400 for one that the list never gave */
export function placeOf(list: string, chosen: Chosen, cursor: string): string {
  const place = Buffer.from(cursor, 'base64url').toString('utf8').slice(SEAL);
  if (cursorOf(list, chosen, place) !== cursor) throw invalid('cursor', 'none that this list gave');
  return place;
}
