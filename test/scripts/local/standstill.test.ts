import { describe, expect, it } from 'vitest';
import type { WireItem } from '../../../scripts/local/item-size.ts';
import { Standstill } from '../../../scripts/local/standstill.ts';

const minute = (n: number): Date => new Date(Date.parse('2026-11-02T02:00:00.000Z') + n * 60_000);
const dueAt = (n: number): WireItem => ({ dueAt: { S: minute(n).toISOString() } });

/** A schedule that looks at what is due, and a world in which that changes. */
function watched() {
  const world = { soonest: async () => minute(60), asked: 0, changed: 0, unseen: false };
  const watch = {
    soonest: () => {
      world.asked += 1;
      return world.soonest();
    },
    because: ({ dueAt: due }: WireItem) => (due ? new Date(String(due.S)) : undefined),
  };
  const standstill = new Standstill(
    { watch },
    () => world.changed,
    () => world.unseen,
  );
  return { world, standstill, idles: (n: number) => standstill.idles('watch', minute(n)) };
}

describe('a schedule', () => {
  it('finds nothing to do before the soonest moment, and that is asked for once', async () => {
    const { world, idles } = watched();
    for (let n = 0; n < 60; n += 1) expect(await idles(n)).toBe(true);
    expect(world.asked).toBe(1);
    expect(await idles(60)).toBe(false);
  });

  it('rests on once its moment has come and gone and nothing is due any more', async () => {
    const { world, idles } = watched();
    await idles(0);
    world.soonest = async () => minute(90);
    expect(await idles(60)).toBe(true);
    expect(await idles(89)).toBe(true);
    expect(await idles(90)).toBe(false);
  });

  it('is woken sooner by what is written, and not by what does not concern it or comes later', async () => {
    const { world, standstill, idles } = watched();
    await idles(0);
    standstill.wrote({ pk: { S: 'REP#rep-li' } });
    standstill.wrote(dueAt(75));
    expect(await idles(30)).toBe(true);
    expect(world.asked).toBe(1);
    world.soonest = async () => minute(31);
    standstill.wrote(dueAt(31));
    expect(await idles(30)).toBe(true);
    expect(await idles(31)).toBe(false);
  });

  it('is woken by what is written just while it is asked for', async () => {
    const { world, standstill, idles } = watched();
    world.soonest = async () => {
      standstill.wrote(dueAt(5));
      return minute(60);
    };
    expect(await idles(4)).toBe(true);
    expect(await idles(5)).toBe(false);
  });

  it('is not let rest while there are writes that nobody saw', async () => {
    const { world, idles } = watched();
    await idles(0);
    world.unseen = true;
    expect(await idles(1)).toBe(false);
  });

  it('is asked anew once something changed of which no item tells', async () => {
    const { world, idles } = watched();
    await idles(0);
    world.soonest = async () => minute(2);
    world.changed += 1;
    expect(await idles(1)).toBe(true);
    expect(await idles(2)).toBe(false);
  });

  it('does not rest for ever because it could not be asked once', async () => {
    const { world, idles } = watched();
    world.soonest = () => Promise.reject(new Error('the table is busy'));
    await expect(idles(0)).rejects.toThrow('busy');
    world.soonest = async () => minute(1);
    expect(await idles(1)).toBe(false);
  });

  it('of which nothing is known is never let rest', async () => {
    const { standstill } = watched();
    expect(await standstill.idles('another', minute(0))).toBe(false);
  });
});
