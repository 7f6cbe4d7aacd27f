import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { measure } from '../shared/scoring/model/measures.ts';
import { predict } from '../shared/scoring/model/model.ts';
import { BASELINE, perCent, pointsOf } from '../shared/scoring/model/points.ts';
import { TooFew, train } from '../shared/scoring/model/train.ts';
import { readLabels, readTimes } from './score/label.ts';
import { readModel } from './score/model-file.ts';
import { measuresLine, report } from './score/report.ts';
import { BadInput, columnOf, csvLine, readSheet, type Sheet } from './score/sheet.ts';

const HELP = `npm run score -- train FILE.csv --label COLUMN [--positive VALUE] [--columns A,B,…] [--ignore A,B,…]
                        [--time COLUMN] [--out MODEL.json] [--seed N]
npm run score -- predict MODEL.json FILE.csv [--out SCORED.csv]

train fits a calibrated logistic regression to the rows of a table and says how good it is on a fifth of them that it was
not fitted to. The same rows make the same model, to the letter. predict adds probability, score (0–100) and reasons to
each row; points of the reasons and of an average row add up to the score.

  --label     the column with the outcome: two values, of which one means yes (1, true, yes, Converted, 是, …)
  --positive  which of its values is the outcome, where that is not plain
  --columns   learn from these columns only, even if they look like ids (quote a name with a comma: '"a,b",c')
  --ignore    do not learn from these
  --time      a column of times or dates: the most recent fifth is held out, not one drawn by the seed
  --out       where the model (model.json) or the scored table is written (standard output, below the two lines by which npm
              says what it runs: npm run -s leaves these out)
  --seed      draws the rows held out and the folds (1)

A table has headings and is separated by comma, semicolon, tab or bar. Empty cells, Select, NA, N/A, null, unknown, ?, -,
未知, 请选择 and their like are missing values; a missing one has a weight of its own. Values seen less than five times are
taken together. Dates and columns that look like ids or free text are left out, and said so.
`;

const SEED = 1;
const REASONS = 3;

/** The names in an option's list. */
function listed(text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined;
  return [...text.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/g)]
    .map(([, quoted, bare]) => (quoted === undefined ? (bare ?? '').trim() : quoted.replaceAll('""', '"')))
    .filter((name) => name !== '');
}

function whole(text: string | undefined, option: string, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d{1,15}$/.test(text)) throw new BadInput(`${option} is a whole number, not ${text}`);
  return Number(text);
}

const options = {
  label: { type: 'string' },
  positive: { type: 'string' },
  columns: { type: 'string' },
  ignore: { type: 'string' },
  time: { type: 'string' },
  out: { type: 'string' },
  seed: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;
type Options = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

/** The columns to learn from, as places in the sheet. */
function chosen(
  sheet: Sheet,
  { columns, ignore, time }: Options,
  label: string,
): { at: number[]; wanted: Set<string> } {
  const places = (names: string[] | undefined, option: string) => names?.map((name) => columnOf(sheet, name, option));
  const wanted = places(listed(columns), '--columns');
  const not = new Set(places(listed(ignore), '--ignore') ?? []);
  not.add(sheet.columns.indexOf(label));
  if (time !== undefined && !wanted) not.add(columnOf(sheet, time, '--time'));
  const at = [...new Set(wanted ?? sheet.columns.map((_, column) => column))].filter((column) => !not.has(column));
  return { at, wanted: new Set(wanted?.map((column) => sheet.columns[column] ?? '')) };
}

function trainOn(file: string, given: Options): void {
  const { label, positive, time, seed, out = 'model.json' } = given;
  if (label === undefined) throw new BadInput('--label names the column with the outcome');
  const sheet = readSheet(file);
  const { outcome, values } = readLabels(sheet, label, positive);
  const { at, wanted } = chosen(sheet, given, outcome.column);
  const times = time === undefined ? undefined : readTimes(sheet, time);
  const said = values.flatMap((value, row) => (value === undefined ? [] : [row]));
  const { model } = train(
    {
      columns: at.map((column) => sheet.columns[column] ?? ''),
      rows: said.map((row) => at.map((column) => sheet.rows[row]?.[column])),
      outcomes: said.map((row) => values[row] ?? 0),
      times: times && said.map((row) => times[row] ?? 0),
    },
    { outcome, seed: whole(seed, '--seed', SEED), wanted },
  );
  writeFileSync(out, `${JSON.stringify(model, null, 1)}\n`);
  const silent = values.length - said.length;
  if (silent > 0) process.stdout.write(`${silent} rows without an outcome left out\n`);
  const [result = '', ...lines] = report(model).toReversed();
  for (const line of lines.toReversed()) process.stdout.write(`${line}\n`);
  process.stdout.write(`model written to ${out}\n${result}\n`);
}

function predictOf(modelFile: string, file: string, { out }: Options): void {
  const model = readModel(modelFile);
  const sheet = readSheet(file);
  const at = new Map(model.features.map(({ name }) => [name, sheet.columns.indexOf(name)]));
  const gone = [...at].filter(([, column]) => column < 0).map(([name]) => name);
  if (gone.length === at.size) throw new BadInput(`${file}: none of the model's columns is there: ${gone.join(', ')}`);
  if (gone.length > 0) process.stderr.write(`warning: not there, and taken for missing: ${gone.join(', ')}\n`);
  const kept = sheet.columns.flatMap((name, column) =>
    ['probability', 'score', 'reasons'].includes(name) ? [] : [column],
  );
  const lines = [csvLine([...kept.map((column) => sheet.columns[column] ?? ''), 'probability', 'score', 'reasons'])];
  const probabilities: number[] = [];
  for (const row of sheet.rows) {
    const said = predict(model, (name) => row[at.get(name) ?? -1]);
    const { value, points } = pointsOf(said, model.intercept, perCent, 'an average row');
    const reasons = points
      .filter(({ rule }) => rule !== BASELINE)
      .slice(0, REASONS)
      .map(({ points, because }) => `${points > 0 ? '+' : '−'}${Math.abs(points)} ${because}`);
    probabilities.push(said.probability);
    lines.push(
      csvLine([
        ...kept.map((column) => row[column] ?? ''),
        said.probability.toFixed(6),
        String(value),
        reasons.join('; '),
      ]),
    );
  }
  const result = `${sheet.rows.length} rows scored${measured(sheet, model.outcome, probabilities)}\n`;
  if (out === undefined) {
    process.stdout.write(lines.join(''));
    process.stderr.write(result);
  } else {
    writeFileSync(out, lines.join(''));
    process.stdout.write(`written to ${out}\n${result}`);
  }
}

/** How good the probabilities are, where the file says what came of it. */
function measured(
  sheet: Sheet,
  { column, positive }: { column: string; positive: string },
  probabilities: number[],
): string {
  const at = sheet.columns.indexOf(column);
  const known = sheet.rows.flatMap((row, n) => ((row[at] ?? '').trim() === '' ? [] : [n]));
  if (at < 0 || known.length === 0) return '';
  const outcomes = known.map((row) => Number(sheet.rows[row]?.[at]?.trim() === positive));
  return `; against ${column}: ${measuresLine(
    measure(
      known.map((row) => probabilities[row] ?? 0),
      outcomes,
    ),
  )}`;
}

function run(): number {
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    if (values.help) {
      process.stdout.write(HELP);
      return 0;
    }
    const [command, first, second, more] = positionals;
    if (command === 'train' && first !== undefined && second === undefined) trainOn(first, values);
    else if (command === 'predict' && first !== undefined && second !== undefined && more === undefined)
      predictOf(first, second, values);
    else throw new BadInput(`train FILE.csv --label COLUMN, or predict MODEL.json FILE.csv\n\n${HELP}`);
    return 0;
  } catch (error) {
    const { code } = error as { code?: string };
    if (
      !(error instanceof BadInput || error instanceof TooFew || code?.startsWith('ERR_PARSE_ARGS') || code === 'ENOENT')
    )
      throw error;
    process.stderr.write(`${(error as Error).message}\n`);
    return 2;
  }
}

process.exitCode = run();
