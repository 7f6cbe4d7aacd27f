/** What a table holds in one place: text, a number, yes or no, or nothing. */
export type Cell = string | number | boolean | null | undefined;

/** What forms and exports write for nothing. `none` and `other` say something, and stay. */
const NOTHING: ReadonlySet<string> = new Set([
  '',
  '-',
  '--',
  '?',
  '.',
  'select',
  'please select',
  'na',
  'n/a',
  '#n/a',
  'nan',
  'null',
  'nil',
  'undefined',
  'unknown',
  'unspecified',
  'not specified',
  'not provided',
  '请选择',
  '未知',
  '不详',
  '未填',
  '未填写',
  '未提供',
]);

/** The cell as trimmed text; empty when nothing is said. */
export function textOf(cell: Cell): string {
  if (cell === undefined || cell === null) return '';
  const text = String(cell).trim();
  return text.length < 16 && NOTHING.has(text.toLowerCase()) ? '' : text;
}

const PLAIN = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?$/;
const GROUPED = /^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/;
const WITH_COMMA = /^[-+]?\d{1,3}((\.\d{3})+|\d*)(,\d+)?$/;
const UNITS = /^[$€£¥￥]\s*|\s*(%|[$€£¥￥元])$/gu;

/** How a column writes its decimals: 1,234.5 or 1.234,5. */
export type Decimals = 'point' | 'comma';

/** The number that a text says, with or without a sign of currency or per cent, or undefined. */
export function numberOf(text: string, decimals: Decimals = 'point'): number | undefined {
  const bare = text.replace(UNITS, '');
  if (decimals === 'comma')
    return WITH_COMMA.test(bare) ? Number(bare.replaceAll('.', '').replace(',', '.')) : undefined;
  if (PLAIN.test(bare)) return Number(bare);
  return GROUPED.test(bare) ? Number(bare.replaceAll(',', '')) : undefined;
}

const DATE =
  /^(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{1,2}[-/. ][A-Za-z]{3,9}[-/. ]\d{2,4})([T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp][Mm])?)?( ?(Z|UTC|[-+]\d{2}:?\d{2}))?$/;

/** Whether the text is a date, with or without a time of day. */
export const isDate = (text: string): boolean => DATE.test(text);
