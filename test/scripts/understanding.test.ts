import { describe, expect, it } from 'vitest';
import { type Half, measure, precision, readHalf, recall } from '../../scripts/understanding/measure.ts';
import { topics } from '../../shared/understanding/topics.ts';

describe('conversations are understood', () => {
  const lines = (half: Half) => readHalf(half).map(({ sentence }) => sentence);

  it('by sentences of which none is held out and developed against', () => {
    const [developed, heldOut] = [lines('development'), lines('held-out')];
    expect(new Set([...developed, ...heldOut]).size).toBe(developed.length + heldOut.length);
    expect(heldOut.length).toBeGreaterThanOrEqual(200);
    for (const topic of topics)
      expect(readHalf('held-out').filter((each) => each.topics.includes(topic)).length, topic).toBeGreaterThanOrEqual(
        15,
      );
  });

  it.each([
    ['held-out', undefined, 0.84, 0.8],
    ['held-out', 'zh', 0.84, 0.77],
    ['held-out', 'en', 0.82, 0.82],
    ['development', undefined, 0.9, 0.94],
  ] as const)('at least as well as it was measured: %s, %s', (half, only, least, leastRecall) => {
    const { all } = measure(readHalf(half).filter(({ language }) => only === undefined || language === only));
    expect(precision(all)).toBeGreaterThanOrEqual(least);
    expect(recall(all)).toBeGreaterThanOrEqual(leastRecall);
  });

  it('each topic by itself', () => {
    const measured = measure(readHalf('held-out'));
    for (const topic of topics) {
      expect(precision(measured[topic]), `precision of ${topic}`).toBeGreaterThanOrEqual(0.74);
      expect(recall(measured[topic]), `recall of ${topic}`).toBeGreaterThanOrEqual(0.64);
    }
  });
});
