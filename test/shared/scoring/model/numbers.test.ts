import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrate } from '../../../../shared/scoring/model/calibrate.ts';
import type { Unfitted } from '../../../../shared/scoring/model/features.ts';
import { fitLogistic, sigmoid } from '../../../../shared/scoring/model/fit.ts';
import { aucAlone } from '../../../../shared/scoring/model/leaks.ts';
import { encode, type Matrix, pick, product, transposed } from '../../../../shared/scoring/model/matrix.ts';
import { aucOf, logLossOf, measure } from '../../../../shared/scoring/model/measures.ts';
import { choosePenalty } from '../../../../shared/scoring/model/penalty.ts';
import { nameRows, split } from '../../../../shared/scoring/model/split.ts';
import { draws } from '../../../closed-deals.ts';

const size: Unfitted = {
  name: 'size',
  kind: 'number',
  decimals: 'point',
  knots: [0, 10, 40],
  median: 10,
  missing: true,
};
const source: Unfitted = { name: 'source', kind: 'category', levels: ['ad', 'web'], rare: true, missing: true };
const features = [size, source];
type Row = readonly [size: string, source: string];
const encoded = (rows: readonly Row[]): Matrix => encode(rows.length, features, (row, n) => rows[row]?.[n]);
/** All inputs of each row, zeros too. */
const dense = ({ rows, columns, starts, at, times }: Matrix): number[][] =>
  Array.from({ length: rows }, (_, row) => {
    const all = Array<number>(columns).fill(0);
    for (let n = starts[row] ?? 0; n < (starts[row + 1] ?? 0); n += 1) all[at[n] ?? 0] = times[n] ?? 0;
    return all;
  });

const anyRow: fc.Arbitrary<Row> = fc.tuple(
  fc.oneof(fc.integer({ min: -5, max: 60 }).map(String), fc.constant('')),
  fc.constantFrom('ad', 'web', 'fair', ''),
);
const someRows = fc.array(anyRow, { minLength: 1, maxLength: 12 });

describe('rows as numbers', () => {
  it('are a line over a number’s knots with a hat at each, and one for each value', () => {
    const one = (...row: Row) => dense(encoded([row]))[0];
    // line, three hats, missing; ad, web, rare, missing
    expect(one('0', 'ad')).toEqual([-1, 1, 0, 0, 0, 1, 0, 0, 0]);
    expect(one('10', 'web')).toEqual([0, 0, 1, 0, 0, 0, 1, 0, 0]);
    expect(one('25', 'fair')).toEqual([0.5, 0, 0.5, 0.5, 0, 0, 0, 1, 0]);
    expect(one('40', '')).toEqual([1, 0, 0, 1, 0, 0, 0, 0, 1]);
    expect(one('1e9', 'ad')).toEqual(one('40', 'ad'));
    expect(one('-7', 'ad')).toEqual(one('0', 'ad'));
    expect(one('', 'ad')).toEqual([0, 0, 0, 0, 1, 1, 0, 0, 0]);
    expect(one('many', 'ad')).toEqual(one('', 'ad'));
  });

  it('take a number for the middle one, and a value for the average, where none was ever missing', () => {
    const whole: Unfitted[] = [
      { ...size, missing: false },
      { ...source, rare: false, missing: false },
    ];
    const one = (...row: Row) => dense(encode(1, whole, (_, n) => row[n]))[0];
    expect(one('', 'fair')).toEqual([0, 0, 1, 0, 0, 0]);
    expect(one('10', '')).toEqual([0, 0, 1, 0, 0, 0]);
  });

  it('are no more than those that are not zero', () => {
    const { starts, at, times } = encoded([
      ['5', 'ad'],
      ['', 'web'],
      ['0', ''],
    ]);
    expect([at.length, times.length]).toEqual([starts.at(-1), starts.at(-1)]);
    expect([...times]).not.toContain(0);
  });

  it('are multiplied as if they were written out', () => {
    fc.assert(
      fc.property(someRows, fc.integer(), fc.array(fc.nat(11), { maxLength: 8 }), (rows, seed, which) => {
        const matrix = encoded(rows);
        const all = dense(matrix);
        const draw = draws(seed);
        const weights = Float64Array.from({ length: matrix.columns + 1 }, draw);
        const plain = all.map((row) => row.reduce((sum, by, at) => sum + by * (weights[at] ?? 0), weights.at(-1) ?? 0));
        for (const [row, value] of product(matrix, weights).entries()) expect(value).toBeCloseTo(plain[row] ?? 0, 10);
        const factors = Float64Array.from(rows, draw);
        const into = new Float64Array(matrix.columns + 1).fill(7);
        transposed(matrix, factors, into);
        const sums = Array.from({ length: matrix.columns }, (_, at) =>
          all.reduce((sum, row, n) => sum + (row[at] ?? 0) * (factors[n] ?? 0), 0),
        );
        for (const [at, value] of [...sums, factors.reduce((a, b) => a + b, 0)].entries())
          expect(into[at]).toBeCloseTo(value, 10);
        const some = which.filter((row) => row < rows.length);
        expect(dense(pick(matrix, some))).toEqual(some.map((row) => all[row]));
      }),
    );
  });
});

/** The loss that a fit is to make least. */
function lossOf(matrix: Matrix, outcomes: Float64Array, weights: Float64Array, lambda: number): number {
  const logits = product(matrix, weights);
  const penalty = weights.slice(0, -1).reduce((sum, weight) => sum + weight ** 2, 0);
  return logLossOf(logits.map(sigmoid), outcomes) * matrix.rows + (lambda / 2) * penalty;
}

describe('a fit', () => {
  const fitted = fc.record({ rows: fc.array(anyRow, { minLength: 4, maxLength: 20 }), seed: fc.integer() });

  it('is where no weight can be changed for the better', () => {
    fc.assert(
      fc.property(fitted, fc.constantFrom(0.3, 3, 30), ({ rows, seed }, lambda) => {
        const matrix = encoded(rows);
        const draw = draws(seed);
        const outcomes = Float64Array.from(rows, (_, n) => (n === 0 ? 1 : n === 1 ? 0 : Math.round(draw())));
        const weights = fitLogistic(matrix, outcomes, lambda);
        const least = lossOf(matrix, outcomes, weights, lambda);
        for (const at of weights.keys())
          for (const by of [-0.01, 0.01]) {
            const other = weights.slice();
            other[at] = (other[at] ?? 0) + by;
            expect(lossOf(matrix, outcomes, other, lambda)).toBeGreaterThan(least);
          }
      }),
      { numRuns: 20 },
    );
  });

  it('is the same wherever it began', () => {
    const draw = draws(5);
    const rows = Array.from({ length: 200 }, (): Row => [String(Math.floor(draw() * 50)), draw() < 0.5 ? 'ad' : 'web']);
    const outcomes = Float64Array.from(rows, ([, each]) => Number(draw() < (each === 'ad' ? 0.8 : 0.2)));
    const matrix = encoded(rows);
    const weights = fitLogistic(matrix, outcomes, 1);
    const far = Float64Array.from(weights, () => draw() * 20 - 10);
    for (const [at, weight] of fitLogistic(matrix, outcomes, 1, { from: far }).entries())
      expect(weight).toBeCloseTo(weights[at] ?? 0, 4);
    expect([...fitLogistic(matrix, outcomes, 1, { from: weights })]).toEqual([...weights]);
  });

  it('says of a logit its probability, however large it is', () => {
    const quarter = expect.closeTo(0.25, 12);
    expect([0, -Math.log(3), 800, -800].map(sigmoid)).toEqual([0.5, quarter, 1, 0]);
    expect(1 - sigmoid(Math.log(3))).toEqual(quarter);
  });
});

describe('the penalty', () => {
  it('is strong where there is nothing to learn, and weak where there is much; each try is the loss on rows left out', () => {
    const draw = draws(11);
    const rows = Array.from({ length: 300 }, (): Row => [String(Math.floor(draw() * 50)), draw() < 0.5 ? 'ad' : 'web']);
    const fold = rows.map((_, row) => row % 5);
    const matrix = encoded(rows);
    const chosen = (outcomes: Float64Array) => choosePenalty(matrix, outcomes, fold, 5);
    const chance = chosen(Float64Array.from(rows, () => Number(draw() < 0.5)));
    const clear = chosen(Float64Array.from(rows, ([, each]) => Number(draw() < (each === 'ad' ? 0.98 : 0.02))));
    expect(chance.lambda).toBeGreaterThan(clear.lambda);
    // It begins in the middle, and goes on one way only, to one beyond the best.
    const all = [1000, 300, 100, 30, 10, 3, 1, 0.3, 0.1];
    const triedOf = (each: ReturnType<typeof chosen>) => each.tried.map((one) => one.lambda);
    expect(triedOf(chance)).toEqual(all.slice(Math.max(0, all.indexOf(chance.lambda) - 1), 5));
    expect(triedOf(clear)).toEqual(all.slice(3, all.indexOf(clear.lambda) + 2));
    expect(clear.weights).toHaveLength(matrix.columns + 1);
    const outcomes = Float64Array.from(rows, ([, each]) => Number(draw() < (each === 'ad' ? 0.7 : 0.4)));
    const { lambda, tried, logits } = chosen(outcomes);
    const best = tried.find((each) => each.lambda === lambda);
    expect(Math.min(...tried.map(({ logLoss }) => logLoss))).toBe(best?.logLoss);
    expect(logLossOf(logits.map(sigmoid), outcomes)).toBe(best?.logLoss);
    expect(tried.map((each) => each.lambda)).toEqual(tried.map((each) => each.lambda).toSorted((a, b) => b - a));
    const left = fold.indexOf(0);
    const inside = [...fold.keys()].filter((row) => fold[row] !== 0);
    const weights = fitLogistic(
      pick(matrix, inside),
      Float64Array.from(inside, (row) => outcomes[row] ?? 0),
      lambda,
    );
    expect(logits[left]).toBeCloseTo(product(pick(matrix, [left]), weights)[0] ?? 0, 1);
  });
});

const cases = fc.array(fc.tuple(fc.integer({ min: 0, max: 10 }), fc.constantFrom(0, 1)), { maxLength: 25 });

describe('how good probabilities are', () => {
  it('is told by how often one with the outcome is ranked before one without, equals counting half', () => {
    fc.assert(
      fc.property(cases, (all) => {
        const [of, without] = [1, 0].map((which) => all.filter(([, outcome]) => outcome === which));
        const pairs = (of ?? []).flatMap(([a]) => (without ?? []).map(([b]) => (a > b ? 1 : a === b ? 0.5 : 0)));
        const auc = aucOf(
          all.map(([value]) => value),
          all.map(([, outcome]) => outcome),
        );
        if (pairs.length === 0) expect(auc).toBeNull();
        else expect(auc).toBeCloseTo(pairs.reduce<number>((a, b) => a + b, 0) / pairs.length, 10);
      }),
    );
  });

  it('is told by likelihood, squares and ten bins', () => {
    const said = [0.1, 0.15, 0.5, 1, 0];
    const { logLoss, brier, reliability, rows, positives } = measure(said, [0, 1, 1, 1, 0]);
    expect(logLoss).toBeCloseTo(-(Math.log(0.9) + Math.log(0.15) + Math.log(0.5)) / 5, 10);
    expect(brier).toBeCloseTo((0.1 ** 2 + 0.85 ** 2 + 0.5 ** 2) / 5, 10);
    expect([rows, positives]).toEqual([5, 3]);
    expect(reliability.map(({ count }) => count)).toEqual([1, 2, 0, 0, 0, 1, 0, 0, 0, 1]);
    expect(reliability[1]).toEqual({ from: 0.1, to: 0.2, count: 2, predicted: 0.125, observed: 0.5 });
    expect(reliability[2]).toEqual({ from: 0.2, to: 0.3, count: 0, predicted: null, observed: null });
    expect(logLossOf([0, 1], [1, 0])).toBeCloseTo(-Math.log(1e-15), 1);
    expect(measure([], [])).toMatchObject({ rows: 0, auc: null, logLoss: 0, brier: 0 });
  });
});

describe('a correction of logits', () => {
  it('finds what they were stretched and moved by, and what speaks the wrong way speaks hardly at all', () => {
    const draw = draws(3);
    const truth = Array.from({ length: 1500 }, () => draw() * 6 - 3);
    const outcomes = truth.map((logit) => Number(draw() < sigmoid(logit)));
    const { slope, shift } = calibrate(
      truth.map((logit) => 2 * logit + 3),
      outcomes,
    );
    expect(slope).toBeCloseTo(0.5, 1);
    expect(shift).toBeCloseTo(-1.5, 0);
    const some = outcomes.slice(0, 100);
    const turned = calibrate(
      truth.slice(0, 100).map((logit) => -logit),
      some,
    );
    expect(turned.slope).toBe(0.01);
    const won = some.reduce((sum, each) => sum + each, 0);
    expect(turned.shift).toBeCloseTo(Math.log((won + 1) / (some.length - won + 1)), 6);
  });

  it('is likelier than any beside it, by outcomes a little inside 0 and 1', () => {
    const draw = draws(9);
    const logits = Array.from({ length: 60 }, () => draw() * 4 - 2);
    const outcomes = logits.map((logit) => Number(draw() < sigmoid(logit + 1)));
    const won = outcomes.reduce((sum, each) => sum + each, 0);
    const [high, low] = [(won + 1) / (won + 2), 1 / (outcomes.length - won + 2)];
    const loss = (slope: number, shift: number) =>
      logits.reduce((sum, logit, row) => {
        const [said, came] = [sigmoid(slope * logit + shift), outcomes[row] === 1 ? high : low];
        return sum - came * Math.log(said) - (1 - came) * Math.log(1 - said);
      }, 0);
    const { slope, shift } = calibrate(logits, outcomes);
    for (const [a, b] of [
      [0.01, 0],
      [-0.01, 0],
      [0, 0.01],
      [0, -0.01],
    ] as const)
      expect(loss(slope + a, shift + b)).toBeGreaterThan(loss(slope, shift));
  });
});

describe('a column alone', () => {
  const draw = draws(21);
  const rows = Array.from({ length: 1000 }, (_, row) => row);
  const fold = rows.map((row) => row % 5);
  const outcomes = rows.map(() => Math.round(draw()));
  const number = { ...size, kind: 'number' as const };
  const alone = (feature: Parameters<typeof aucAlone>[0], cell: (row: number, outcome: number) => string) =>
    aucAlone(
      feature,
      rows.map((row) => cell(row, outcomes[row] ?? 0)),
      outcomes,
      fold,
      5,
    );

  it('tells the outcome in order, either way round, or by its middle', () => {
    expect(alone(number, (row, outcome) => String(outcome * 1000 + row / 2))).toBeGreaterThan(0.7);
    expect(alone(number, (_, outcome) => String(outcome))).toBe(1);
    expect(alone(number, (_, outcome) => String(-outcome))).toBe(1);
    expect(alone(number, (row, outcome) => String(outcome === 1 ? 50 + (row % 9) : (row % 2) * 100))).toBeGreaterThan(
      0.95,
    );
    expect(alone(number, (row) => String((row * 7919) % 101))).toBeLessThan(0.6);
  });

  it('tells it by its being missing', () => {
    expect(alone(number, (row, outcome) => (outcome === 1 ? '' : String(row % 7)))).toBeGreaterThan(0.95);
    expect(alone({ ...source, givenOnly: true }, (row, outcome) => (outcome === 1 ? '' : `x${row}`))).toBeGreaterThan(
      0.95,
    );
  });

  it('tells nothing by values that each row has for itself', () => {
    expect(alone(source, (row) => `x${row}`)).toBeCloseTo(0.5, 1);
    expect(alone(source, (_, outcome) => `x${outcome}`)).toBe(1);
  });
});

describe('rows', () => {
  const outcomes = Array.from({ length: 103 }, (_, row) => Number(row % 3 === 0));
  const names = nameRows(
    outcomes.map((_, row) => `row ${row}`),
    1,
  );
  const rows = [...outcomes.keys()];

  it('are each held out or fitted to, a fifth being held out; folds are even in either outcome', () => {
    for (const times of [undefined, rows.map((row) => 1000 - row)]) {
      const { training, fold, heldOut } = split(outcomes, names, 5, times);
      expect([...training, ...heldOut].toSorted((a, b) => a - b)).toEqual(rows);
      expect(Math.abs(heldOut.length - 20.6)).toBeLessThan(1);
      for (const outcome of [0, 1]) {
        const counts = [0, 1, 2, 3, 4].map(
          (each) => training.filter((row, n) => outcomes[row] === outcome && fold[n] === each).length,
        );
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }
    }
  });

  it('that came last are held out where times are known; else as many of either outcome, by draw', () => {
    const latest = split(
      outcomes,
      names,
      5,
      rows.map((row) => 1000 - row),
    ).heldOut;
    expect(latest.toSorted((a, b) => a - b)).toEqual(rows.slice(0, 21));
    const { heldOut } = split(outcomes, names, 5);
    expect(heldOut.filter((row) => outcomes[row] === 1)).toHaveLength(7);
    expect(heldOut.filter((row) => outcomes[row] === 0)).toHaveLength(14);
    expect(Math.max(...heldOut) - Math.min(...heldOut)).toBeGreaterThan(50);
  });

  it('are named by what they say and how often it was said before, not by where they stand', () => {
    const named = nameRows(['a', 'b', 'a'], 1);
    expect(new Set(named).size).toBe(3);
    expect(nameRows(['b', 'a', 'a'], 1).toSorted()).toEqual(named.toSorted());
    expect(nameRows(['a'], 2)).not.toEqual(nameRows(['a'], 1));
  });
});
