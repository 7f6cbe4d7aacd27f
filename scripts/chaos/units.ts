import type { Running } from './running.ts';
import { postLead, type Taken } from './sending.ts';

/** Steps on a lead's way; schedules run meanwhile and are nobody's lead. */
const WAY = ['intake', 'scoring', 'assignment', 'notification', 'duplicates'];

/** Write and read units of the table. */
export interface Units {
  writes: number;
  reads: number;
}

async function spent(on: Running): Promise<Units> {
  type Step = { tableWrites: number; tableReads: number };
  const { byStep } = (await on.asAdmin('GET', '/_local/cost')) as { byStep: Record<string, Step> };
  const steps = WAY.flatMap((step) => byStep[step] ?? []);
  const sum = (of: (step: Step) => number) => steps.reduce((all, step) => all + of(step), 0);
  return { writes: sum(({ tableWrites }) => tableWrites), reads: sum(({ tableReads }) => tableReads) };
}

/**
 * What one lead costs by the meter while nothing goes wrong: so many of new people, each when the one before is dealt with. Two on
 * their way at once may meet at the same rep, and one of them is decided twice: that is chance, and no growth.
 * @param settle waits until nothing is in flight
 */
export async function unitsPerLead(
  on: Running,
  key: string,
  { first, count, name }: { first: number; count: number; name: string },
  settle: () => Promise<void>,
): Promise<{ units: Units; taken: Taken[] }> {
  const before = await spent(on);
  const taken: Taken[] = [];
  for (let n = first; n < first + count; n += 1) {
    const post = { person: n, twice: false, point: { lng: 120.73, lat: 31.27 } };
    taken.push(...(await postLead(on, post, key, n, `${name}-${n}`)));
    await settle();
  }
  const after = await spent(on);
  const each = (what: keyof Units) => (after[what] - before[what]) / count;
  return { units: { writes: each('writes'), reads: each('reads') }, taken };
}
