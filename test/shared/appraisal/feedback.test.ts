import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resultsOf } from '../../../shared/appraisal/feedback/results.ts';

const questions = [
  { id: 'reliable', text: 'Keeps what was agreed' },
  { id: 'helps', text: 'Helps when asked' },
];
const answers = (...points: number[]) => points.map((each) => ({ points: { reliable: each } }));
const result = (points: number[], mutualShare = 0) =>
  resultsOf(questions, answers(...points), { mutualShare, atLeast: 4 })?.questions[0];

describe('what colleagues answered', () => {
  it('is said of nobody of whom too few answered, nor to a question that too few answered', () => {
    expect(resultsOf(questions, answers(1, 2, 3), { mutualShare: 0, atLeast: 4 })).toBeUndefined();
    const four = resultsOf(questions, [...answers(1, 2, 3), { points: { reliable: 4, helps: 5 } }], {
      mutualShare: 0,
      atLeast: 4,
    });
    expect(four?.answers).toBe(4);
    expect(four?.questions.map(({ id }) => id)).toEqual(['reliable']);
  });

  it('is a mean and a middle to the half point', () => {
    expect(result([4, 4, 5, 5])).toEqual({ ...questions[0], mean: 4.5, median: 4.5, drawnIn: 0 });
    expect(result([3, 3, 4, 4, 4])).toMatchObject({ mean: 3.5, median: 4 });
  });

  it('counts what lies far from the middle as one and a half from it', () => {
    // The middle is 5: the 1 counts as 3.5.
    expect(result([5, 5, 5, 5, 1])).toMatchObject({ mean: 4.5, median: 5, drawnIn: 1 });
    expect(result([1, 1, 1, 1, 5])).toMatchObject({ mean: 1.5, drawnIn: 1 });
    expect(result([3.5, 5, 5, 5])).toMatchObject({ drawnIn: 0 });
  });

  it('moves to the middle of the scale by half the share of those who were asked about each other', () => {
    expect(result([5, 5, 5, 5], 1)?.mean).toBe(4);
    expect(result([1, 1, 1, 1], 1)?.mean).toBe(2);
    expect(result([5, 5, 5, 5], 0.5)?.mean).toBe(4.5);
    expect(result([3, 3, 3, 3], 1)?.mean).toBe(3);
    expect(resultsOf(questions, answers(5, 5, 5, 5), { mutualShare: 1 / 3, atLeast: 4 })?.mutualShare).toBe(0.33);
  });

  it('is the same in whatever order they answered, and never outside of what they said', () => {
    const some = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 4, maxLength: 12 });
    fc.assert(
      fc.property(
        some.chain((points) =>
          fc.tuple(fc.constant(points), fc.shuffledSubarray(points, { minLength: points.length })),
        ),
        ([points, shuffled]) => {
          const one = result(points);
          expect(result(shuffled)).toEqual(one);
          expect(one?.mean).toBeGreaterThanOrEqual(Math.min(...points));
          expect(one?.mean).toBeLessThanOrEqual(Math.max(...points));
        },
      ),
    );
  });

  it('keeps the words of those who wrote some', () => {
    const said = answers(4, 4, 4, 4).map((each, n) => (n === 1 ? { ...each, text: 'Thank you' } : each));
    expect(resultsOf(questions, said, { mutualShare: 0, atLeast: 4 })?.texts).toEqual(['Thank you']);
  });
});
