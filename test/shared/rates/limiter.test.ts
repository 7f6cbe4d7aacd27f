import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visitorOf } from '../../../shared/rates/address.ts';
import { Limiter, stepOf } from '../../../shared/rates/limiter.ts';
import { defaultRates, limitOf } from '../../../shared/rates/rules.ts';

const noon = new Date('2026-11-02T12:00:10.000Z');

/** A table of counts that answers in an order of its own. */
function slowCounts(luck: () => number) {
  const counts = new Map<string, number>();
  let writes = 0;
  const add = async (key: string, minute: number, posts: number) => {
    writes += 1;
    for (let turns = luck() % 4; turns > 0; turns -= 1) await undefined;
    const at = `${key} ${minute}`;
    const now = (counts.get(at) ?? 0) + posts;
    counts.set(at, now);
    for (let turns = luck() % 4; turns > 0; turns -= 1) await undefined;
    return now;
  };
  return { add, writes: () => writes };
}

describe('a limit of posts a minute', () => {
  it('refuses none before it is reached, and takes no more than a step of each worker too many, in any interleaving', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 0, max: 900 }),
        fc.infiniteStream(fc.nat(1000)),
        async (limit, workers, posts, luck) => {
          const draw = () => luck.next().value;
          const counts = slowCounts(draw);
          const limiters = Array.from({ length: workers }, () => new Limiter(counts.add));
          const answers = await Promise.all(
            Array.from({ length: posts }, async () => {
              for (let turns = draw() % 5; turns > 0; turns -= 1) await undefined;
              return limiters[draw() % workers]?.take('web', limit, noon);
            }),
          );
          const taken = answers.filter((seconds) => seconds === undefined).length;
          expect(taken).toBeGreaterThanOrEqual(Math.min(posts, limit));
          expect(taken).toBeLessThanOrEqual(limit + workers * stepOf(limit));
          expect(counts.writes()).toBeLessThanOrEqual(taken / stepOf(limit));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('begins anew with each minute, and for each key', async () => {
    const limiter = new Limiter(slowCounts(() => 0).add);
    const take = (key: string, at: Date) => limiter.take(key, 1, at);
    expect(await take('a', noon)).toBeUndefined();
    expect(await take('a', noon)).toBe(50);
    expect(await take('b', noon)).toBeUndefined();
    expect(await take('a', new Date('2026-11-02T12:00:59.999Z'))).toBe(1);
    expect(await take('a', new Date('2026-11-02T12:01:00.000Z'))).toBeUndefined();
  });

  it('costs no write far below it, and one for each hundred posts of a busy source', async () => {
    const counts = slowCounts(() => 0);
    const limiter = new Limiter(counts.add);
    await limiter.take('one visitor', 60, noon);
    await limiter.take('one visitor', 60, noon);
    expect(counts.writes()).toBe(0);
    for (let at = 0; at < 1000; at += 1) await limiter.take('web', 60_000, noon);
    expect(counts.writes()).toBe(10);
  });

  it('is exact for one worker alone, also while nothing can be counted', async () => {
    for (const limit of [1, 7, 45, 199, 2500]) {
      for (const add of [slowCounts(() => 0).add, async () => 0]) {
        const limiter = new Limiter(add);
        let taken = 0;
        while ((await limiter.take('web', limit, noon)) === undefined) taken += 1;
        expect(taken).toBe(limit);
      }
    }
    expect([1, 19, 20, 45, 2000, 60_000].map(stepOf)).toEqual([1, 1, 1, 2, 100, 100]);
  });

  it('is remembered of twenty thousand visitors a minute, and then forgotten of who came first', async () => {
    for (const [others, writes] of [
      [19_999, 1],
      [20_000, 0],
    ] as const) {
      const counts = slowCounts(() => 0);
      const limiter = new Limiter(counts.add);
      await limiter.take('first', 40, noon);
      for (let n = 0; n < others; n += 1) await limiter.take(`visitor-${n}`, 40, noon);
      await limiter.take('first', 40, noon);
      expect(counts.writes()).toBe(writes);
    }
  });

  it('is that of the source, or else of all others', () => {
    const rates = { otherwise: 10, sources: { web: 5, meta: null } };
    expect(['web', 'meta', 'baidu', 'toString'].map((source) => limitOf(rates, source))).toEqual([5, null, 10, 10]);
    expect(limitOf(defaultRates.perSource, 'web')).toBeGreaterThan(10_000);
    expect(limitOf(defaultRates.perAddress, 'meta')).toBeNull();
  });
});

describe('a visitor', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:0:12:aaaa::1', '2001:db8:0:12'],
    ['2001:0DB8::12:1:2:3:4', '2001:db8:0:12'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:db8:0:0:1:2:3:4', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['::FFFF:198.51.100.23', '198.51.100.23'],
    ['2001:00ab:000c:0:1:2:3:4', '2001:ab:c:0'],
    ['1::ffff:198.51.100.23', '1:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('at %s is %s: of IPv6 the whole network is theirs', (address, visitor) => {
    expect(visitorOf(address)).toBe(visitor);
  });
});
