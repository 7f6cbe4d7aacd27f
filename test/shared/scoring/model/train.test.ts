import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sigmoid } from '../../../../shared/scoring/model/fit.ts';
import { aucOf, logLossOf } from '../../../../shared/scoring/model/measures.ts';
import { predict } from '../../../../shared/scoring/model/model.ts';
import { type Examples, TooFew, train } from '../../../../shared/scoring/model/train.ts';
import { draws } from '../../../closed-deals.ts';

const task = { outcome: { column: 'y', positive: '1', negative: '0' }, seed: 1 };

/** Leads of whom the truth is known: two numbers, one of them with a bend, one of six sources, some cells missing. */
function known(
  count: number,
  seed: number,
  more: Record<string, (row: number, outcome: number, draw: () => number) => string> = {},
) {
  const draw = draws(seed);
  const effects = { a: 1.5, b: 0.5, c: 0, d: -0.5, e: -1, f: -2 };
  const logits: number[] = [];
  const outcomes: number[] = [];
  const rows = Array.from({ length: count }, (_, row) => {
    const gauss = Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
    const visits = Math.floor(-8 * Math.log(1 - draw()));
    const source = Object.keys(effects)[Math.floor(draw() ** 1.5 * 6)] as keyof typeof effects;
    const missing = draw() < 0.2;
    const logit = -0.5 + (missing ? -0.7 : 0.8 * gauss) + 0.6 * Math.min(visits, 6) ** 0.5 - 0.6 + effects[source];
    const outcome = Number(draw() < sigmoid(logit));
    logits.push(logit);
    outcomes.push(outcome);
    const own = Object.values(more).map((cell) => cell(row, outcome, draw));
    return [missing ? 'Select' : gauss.toFixed(3), String(visits), source, ...own];
  });
  const examples: Examples = { columns: ['size', 'visits', 'source', ...Object.keys(more)], rows, outcomes };
  return { examples, logits };
}

const cellOf = (columns: readonly string[], row: readonly unknown[]) => (name: string) =>
  row[columns.indexOf(name)] as string;

describe('a model', () => {
  const { examples } = known(4000, 3);
  // Trained once, by whoever asks first.
  let trained: ReturnType<typeof train> | undefined;
  const learned = () => {
    trained ??= train(examples, task);
    return trained.model;
  };

  it('ranks leads that it has not seen nearly as well as the truth does, and says how likely they are', () => {
    const model = learned();
    const { examples: others, logits } = known(6000, 4);
    const said = others.rows.map((row) => predict(model, cellOf(others.columns, row)).probability);
    const best = aucOf(logits, others.outcomes) ?? 0;
    expect(best).toBeGreaterThan(0.78);
    expect(aucOf(said, others.outcomes)).toBeGreaterThan(best - 0.01);
    expect(logLossOf(said, others.outcomes)).toBeLessThan(logLossOf(logits.map(sigmoid), others.outcomes) + 0.01);
    for (let decile = 0; decile < 10; decile += 1) {
      const among = said.flatMap((each, row) => (Math.floor(each * 10) === decile ? [row] : []));
      if (among.length < 100) continue;
      const mean = (of: readonly number[]) => among.reduce((sum, row) => sum + (of[row] ?? 0), 0) / among.length;
      expect(Math.abs(mean(said) - mean(others.outcomes))).toBeLessThan(3 * Math.sqrt(0.25 / among.length) + 0.02);
    }
  });

  it('tells of itself what it is on the rows held out, and no more', () => {
    const model = learned();
    const { heldOut } = model.training;
    const { examples: others } = known(6000, 5);
    const said = others.rows.map((row) => predict(model, cellOf(others.columns, row)).probability);
    expect(heldOut.rows).toBe(800);
    expect(heldOut.reliability.reduce((sum, { count }) => sum + count, 0)).toBe(800);
    expect(Math.abs((heldOut.auc ?? 0) - (aucOf(said, others.outcomes) ?? 0))).toBeLessThan(0.03);
  });

  it('is the same to the letter whatever the order of rows and columns', () => {
    const model = learned();
    const reversed = {
      columns: examples.columns.toReversed(),
      rows: examples.rows.map((row) => row.toReversed()).toReversed(),
      outcomes: examples.outcomes.toReversed(),
    };
    expect(JSON.stringify(train(reversed, task).model)).toBe(JSON.stringify(model));
    expect(JSON.stringify(train(examples, { ...task, seed: 2 }).model)).not.toBe(JSON.stringify(model));
  });

  it('tells what it was learned from: how many, by which seed and division, each column’s strength, the strongest first', () => {
    const { training, ...model } = learned();
    expect(model).toMatchObject({ format: 'leadkeeper-model', formatVersion: 1, outcome: task.outcome });
    const positives = examples.outcomes.reduce((sum, outcome) => sum + outcome, 0);
    expect(training).toMatchObject({ rows: 4000, positives, seed: 1, heldOutBy: 'draw', leftOut: [], warnings: [] });
    expect(training.hash).toMatch(/^[\da-f]{64}$/);
    expect(train(examples, { ...task, seed: 2 }).model.training.hash).not.toBe(training.hash);
    const effects = training.strengths.map(({ effect }) => effect);
    expect(effects).toEqual(effects.toSorted((a, b) => b - a));
    // Of the truth: sources spread by about 1, sizes by 0.8 where they are known, visits by less.
    expect(training.strengths.map(({ column }) => column)).toEqual(['source', 'size', 'visits']);
    for (const { column, effect, auc } of training.strengths) {
      expect(effect, column).toBeGreaterThan(0.2);
      expect(effect, column).toBeLessThan(1.4);
      expect(auc, column).toBeGreaterThan(0.52);
      expect(auc, column).toBeLessThan(0.8);
    }
  });

  it('says of an average lead what came of leads on average, near enough', () => {
    const model = learned();
    const parts = examples.rows.map((row) => predict(model, cellOf(examples.columns, row)).parts);
    for (const [at, { name }] of model.features.entries()) {
      const mean = parts.reduce((sum, each) => sum + (each[at]?.part ?? 0), 0) / parts.length;
      expect(Math.abs(mean), name).toBeLessThan(0.05);
    }
  });

  it('holds out the most recent where times are known', () => {
    const { heldOut, model } = train({ ...examples, times: examples.rows.map((_, row) => -row) }, task);
    expect(Math.max(...heldOut)).toBe(799);
    expect(heldOut).toHaveLength(800);
    expect(model.training.heldOutBy).toBe('time');
  });

  it('takes anything for a cell, and explains every probability to the end', () => {
    const model = learned();
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.double(), fc.constant(undefined), fc.boolean()), {
          minLength: 3,
          maxLength: 3,
        }),
        (row) => {
          const { logit, probability, parts } = predict(model, (name) => row[examples.columns.indexOf(name)]);
          expect(probability).toBeGreaterThan(0);
          expect(probability).toBeLessThan(1);
          expect(parts.reduce((sum, { part }) => sum + part, model.intercept)).toBe(logit);
        },
      ),
    );
  });

  it('gives a missing cell its own meaning, and an unseen value none', () => {
    const model = learned();
    const partOf = (name: string, cell: string) =>
      predict(model, (column) => (column === name ? cell : undefined)).parts.find(({ column }) => column === name);
    expect(partOf('size', 'Select')?.part).toBeLessThan(-0.2);
    expect(partOf('size', 'Select')?.because).toBe('size not given');
    expect(partOf('source', 'never seen')).toMatchObject({ part: 0 });
    expect(partOf('size', '1e9')?.part).toBe(partOf('size', '3.4')?.part);
  });
});

describe('what is not learned from', () => {
  it('is ids, free texts, dates and what is the same everywhere; whether there is a text may count', () => {
    const { examples } = known(1500, 6, {
      'Lead Number': (row) => String(579_533 + row * 7),
      'Prospect ID': (row) => `7927b2df-8bba-${row}`,
      phone: (row) => String(13_800_000_000 + row * 977),
      created: (row) => `2026-0${1 + (row % 9)}-11`,
      country: () => 'China',
      nothing: () => '',
      remark: (row, outcome, draw) => (draw() < 0.3 + 0.4 * outcome ? `remark ${row}` : ''),
    });
    const { training, features } = train(examples, task).model;
    expect(features.map(({ name }) => name)).toEqual(['remark', 'size', 'source', 'visits']);
    expect(training.leftOut.map(({ column }) => column)).toEqual([
      'Lead Number',
      'Prospect ID',
      'country',
      'created',
      'nothing',
      'phone',
    ]);
    const { model } = train(examples, { ...task, wanted: new Set(['Lead Number']) });
    expect(model.features.map(({ name }) => name)).toContain('Lead Number');
  });

  it('is warned of when it leaks the outcome, as number or as value; many different values are no leak', () => {
    const { examples } = known(2000, 8, {
      tags: (_, outcome, draw) => (draw() < 0.97 ? ['busy', 'signed'] : ['signed', 'busy'])[outcome] ?? '',
      invoiced: (_, outcome, draw) => (outcome * 900 + draw() * 950).toFixed(2),
      group: (row) => `group ${row % 200}`,
    });
    const { warnings, strengths } = train(examples, task).model.training;
    expect(warnings.map((warning) => warning.split(' ')[0]).sort()).toEqual(['invoiced', 'tags']);
    expect(strengths.find(({ column }) => column === 'group')?.auc).toBeLessThan(0.6);
  });

  it('is too little', () => {
    const { examples } = known(30, 9);
    expect(() => train({ ...examples, outcomes: examples.outcomes.map((_, row) => Number(row < 3)) }, task)).toThrow(
      TooFew,
    );
    // A fifth of either is held out: of ten with the outcome eight are left, of nine seven.
    const with_ = (count: number) => ({
      ...examples,
      outcomes: examples.outcomes.map((_, row) => Number(row < count)),
    });
    expect(train(with_(10), task).model.training.positives).toBe(10);
    expect(train(with_(20), task).model.training.positives).toBe(20);
    expect(() => train(with_(9), task)).toThrow(
      '7 rows with 1 and 17 with 0 to learn from; at least 8 of each are needed',
    );
    expect(() => train(with_(21), task)).toThrow('17 rows with 1 and 7 with 0 to learn from');
    expect(() => train({ ...examples, columns: [], rows: examples.rows.map(() => []) }, task)).toThrow(TooFew);
  });
});
