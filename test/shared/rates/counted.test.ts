import { describe, expect, it } from 'vitest';
import { Limiter, stepOf } from '../../../shared/rates/limiter.ts';
import { countIn } from '../../../shared/rates/store.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const noon = new Date('2026-11-02T12:00:10.000Z');

describe('a limit of posts a minute', () => {
  it('holds on the real table for six workers at once', async () => {
    const limiters = Array.from({ length: 6 }, () => new Limiter(countIn(table)));
    const answers = await Promise.all(
      Array.from({ length: 600 }, (_, at) => limiters[at % 6]?.take('SOURCE#web', 200, noon)),
    );
    const taken = answers.filter((seconds) => seconds === undefined).length;
    expect(taken).toBeGreaterThanOrEqual(200);
    expect(taken).toBeLessThanOrEqual(200 + 6 * stepOf(200));
    expect(answers.find((seconds) => seconds !== undefined)).toBe(50);
  });

  it('stops nobody while it cannot count', async () => {
    const broken = () => {
      throw new Error('no table');
    };
    const limiter = new Limiter(countIn(broken));
    for (let at = 0; at < 40; at += 1) expect(await limiter.take('web', 50, noon)).toBeUndefined();
  });
});
