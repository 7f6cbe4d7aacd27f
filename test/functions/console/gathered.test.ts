import { describe, expect, it } from 'vitest';
import { gathered } from '../../../functions/console/page/gathered.ts';

/** A list of so many, read page by page; each page is the very same object whenever it is asked for. */
function listOf(size: number) {
  const pages = new Map<string, { items: number[]; nextCursor?: string }>();
  return async ({ limit, cursor = '0' }: { limit: number; cursor?: string }) => {
    const from = Number(cursor);
    const to = Math.min(from + limit, size);
    const known = pages.get(cursor) ?? {
      items: Array.from({ length: to - from }, (_, at) => from + at),
      ...(to < size ? { nextCursor: String(to) } : {}),
    };
    pages.set(cursor, known);
    return known;
  };
}

describe('a list gathered page after page', () => {
  it('is whole, with whoever comes after the first two hundred', async () => {
    for (const size of [0, 199, 200, 201, 450]) {
      const { items, nextCursor } = await gathered(1000, listOf(size));
      expect(items).toEqual(Array.from({ length: size }, (_, at) => at));
      expect(nextCursor).toBeUndefined();
    }
  });

  it('says that there is more where it is cut', async () => {
    const { items, nextCursor } = await gathered(400, listOf(450));
    expect([items.length, nextCursor]).toEqual([400, '400']);
    expect((await gathered(400, listOf(400))).nextCursor).toBeUndefined();
  });

  it('is the very same as before when nothing changed, and another when any page did', async () => {
    const list = listOf(450);
    const before = await gathered(1000, list);
    expect(await gathered(1000, list)).toBe(before);
    const changed = async (at: { limit: number; cursor?: string }) =>
      at.cursor === '400' ? { items: [] } : await list(at);
    expect((await gathered(1000, changed)).items).toHaveLength(400);
  });
});
