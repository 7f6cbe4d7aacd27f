import { setTimeout as wait } from 'node:timers/promises';
import { after, iso } from '../../../platform/clock.ts';
import { Conflict, commitOne, update } from '../../../platform/commit.ts';
import { newId } from '../../../platform/random.ts';
import { get, type Table } from '../../../platform/table.ts';

/** A push that does not end within this time has died. */
const LEASE = 150_000;
/** A push waits so long for another, looking so often (milliseconds). */
const PATIENCE = 20_000;
const PAUSE = 100;
const key = { pk: 'HR', sk: 'LOCK' };

/** How many pushes were begun so far, and whether one is being applied. */
export interface Begun {
  pushes: number;
  busy: boolean;
}

/** Whether pushes are being applied. */
export async function begun(from: Table): Promise<Begun> {
  const item = await get(from, key);
  return { pushes: Number(item?.pushes ?? 0), busy: item?.holder !== undefined };
}

/** Runs one push at a time, whichever function it came to. @throws Conflict when another does not end */
export async function alone<T>(table: Table, now: () => Date, work: () => Promise<T>): Promise<T> {
  const holder = newId(now());
  const began = performance.now();
  for (;;) {
    try {
      const at = now();
      await commitOne(
        table,
        update('another push', key, {
          expression: 'SET holder = :holder, heldUntil = :until ADD pushes :one',
          // Its own: of a try before this one the answer was lost.
          onlyIf: 'attribute_not_exists(holder) OR heldUntil < :now OR holder = :holder',
          values: { ':holder': holder, ':until': iso(after(at, LEASE)), ':now': iso(at), ':one': 1 },
        }),
      );
      break;
    } catch (error) {
      if (!(error instanceof Conflict) || performance.now() - began > PATIENCE) throw error;
      await wait(PAUSE);
    }
  }
  try {
    return await work();
  } finally {
    const free = { expression: 'REMOVE holder, heldUntil', onlyIf: 'holder = :holder', values: { ':holder': holder } };
    await commitOne(table, update('another push', key, free)).catch(() => undefined);
  }
}
