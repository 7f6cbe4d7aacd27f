import type { Model } from '../../shared/scoring/model/model.ts';
import { BadInput, columnOf, type Sheet } from './sheet.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split('|'));
const YES = words(
  '1|1.0|true|t|yes|y|x|won|win|closed won|converted|conversion|success|successful|positive|purchased|bought|accepted|是|有|真|成交|已成交|赢单|转化|已转化|成功',
);
const NO = words(
  '0|0.0|false|f|no|n|lost|loss|closed lost|not converted|unconverted|fail|failed|failure|negative|declined|rejected|否|无|假|未成交|输单|未转化|流失|失败',
);
const NOT = /^(not|non|un|no|未|不|没)[\s-]*/;

const plain = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/** Which of two values is the outcome, or undefined when that cannot be told. */
function positiveOf(a: string, b: string): string | undefined {
  const says = (value: string, other: string): number => {
    if (YES.has(plain(value))) return 1;
    if (NO.has(plain(value)) || plain(value).replace(NOT, '') === plain(other)) return -1;
    return 0;
  };
  const difference = says(a, b) - says(b, a);
  return difference === 0 ? undefined : difference > 0 ? a : b;
}

/** What is foretold, and for each row whether it came (1), did not (0) or is not said (undefined). */
export interface Labels {
  outcome: Model['outcome'];
  values: (0 | 1 | undefined)[];
}

/**
 * Reads the column of outcomes: two values, of which one means yes; or any, of which `positive` is the one. Rows in which it is
 * empty say nothing.
 * @throws BadInput naming the column, and the line of the first value that is too much
 */
export function readLabels(sheet: Sheet, name: string, positive?: string): Labels {
  const at = columnOf(sheet, name, '--label');
  const column = sheet.columns[at] ?? name;
  const cells = sheet.rows.map((row) => (row[at] ?? '').trim());
  const different = [...new Set(cells.filter((cell) => cell !== ''))].sort();
  const [a, b, c] = different;
  if (a === undefined || b === undefined)
    throw new BadInput(
      `column ${column} has ${different.length === 0 ? 'no value' : `only the value ${a}`}; two are needed to learn`,
    );
  if (positive !== undefined && !different.includes(positive.trim()))
    throw new BadInput(
      `--positive: ${positive} is not a value of column ${column}; there are ${different.slice(0, 10).join(', ')}`,
    );
  if (positive === undefined && c !== undefined) {
    const known = new Set<string>();
    const third = cells.findIndex((cell) => cell !== '' && known.add(cell).size > 2);
    throw new BadInput(
      `line ${sheet.lines[third]}: column ${column} has more than two values (${different.slice(0, 5).join(', ')}${different.length > 5 ? ', …' : ''}); say which is the outcome by --positive VALUE`,
    );
  }
  const yes = positive?.trim() ?? positiveOf(a, b);
  if (yes === undefined)
    throw new BadInput(
      `column ${column} says ${a} or ${b}, and neither is plainly a yes; say which is the outcome by --positive VALUE`,
    );
  const negative = different.length === 2 ? (yes === a ? b : a) : 'anything else';
  return {
    outcome: { column, positive: yes, negative },
    values: cells.map((cell) => (cell === '' ? undefined : cell === yes ? 1 : 0)),
  };
}

/** When each row happened, to order rows by. @throws BadInput naming the line that says no time */
export function readTimes(sheet: Sheet, name: string): number[] {
  const at = columnOf(sheet, name, '--time');
  return sheet.rows.map((row, n) => {
    const text = (row[at] ?? '').trim();
    const [, day, month, year] = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(text) ?? [];
    // 13/01/2024 can only be the thirteenth; 01/02/2024 is read as Date does.
    const said =
      day !== undefined && Number(day) > 12
        ? `${year}-${month?.padStart(2, '0')}-${day}`
        : text.replaceAll('年', '-').replaceAll('月', '-').replaceAll('日', '');
    const time = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Date.parse(said);
    if (Number.isNaN(time))
      throw new BadInput(`line ${sheet.lines[n]}: column ${sheet.columns[at]} says no time: ${text || 'nothing'}`);
    return time;
  });
}
