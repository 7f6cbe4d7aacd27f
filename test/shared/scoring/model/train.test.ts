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

  it('holds out the most recent where times are known', () => {
    const { heldOut } = train({ ...examples, times: examples.rows.map((_, row) => -row) }, task);
    expect(Math.max(...heldOut)).toBe(799);
    expect(heldOut).toHaveLength(800);
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
    expect(() => train({ ...examples, columns: [], rows: examples.rows.map(() => []) }, task)).toThrow(TooFew);
  });
});
