import { readFileSync } from 'node:fs';
import { CsvError, parse } from 'csv-parse/sync';

/** A file, an option or a cell that cannot be used: what is wrong, and where. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
}

/** A file of rows with named columns, and the line in which each row ends. */
export interface Sheet {
  columns: string[];
  rows: string[][];
  lines: number[];
}

const DELIMITERS = [',', ';', '\t', '|'];
/** As spreadsheets and exports write them; the last takes anything. */
const ENCODINGS = ['utf-8', 'gb18030', 'windows-1252'];

function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.includes(0)) throw new BadInput('this is no text');
  for (const encoding of ENCODINGS) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next one, then.
    }
  }
  throw new BadInput('this is no text');
}

/** Whatever stands between the headings most often, outside of quotes. */
function delimiterOf(text: string): string {
  const [heading = ''] = text
    .trimStart()
    .replace(/"(?:[^"]|"")*"/g, '')
    .split(/\r?\n|\r/, 1);
  const counts = DELIMITERS.map((delimiter) => heading.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** Headings as names: one without any is called by its place, a second of the same name says so. */
function namesOf(headings: readonly string[]): string[] {
  const taken = new Map<string, number>();
  return headings.map((heading, at) => {
    const name = heading.trim() || `column ${at + 1}`;
    const again = (taken.get(name) ?? 0) + 1;
    taken.set(name, again);
    return again === 1 ? name : `${name} (${again})`;
  });
}

function parsed(text: string): { record: string[]; info: { lines: number } }[] {
  try {
    return parse(text, {
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as CsvError & { lines?: number };
    const why = error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'the file ends inside a quoted cell' : error.message;
    throw new BadInput(lines ? `line ${lines}: ${why}` : why);
  }
}

/**
 * Reads a table of comma-, semicolon-, tab- or bar-separated values with headings; UTF-8, UTF-16, GB18030 or Windows-1252.
 * @throws BadInput naming the file, and the line where there is one
 */
export function readSheet(file: string): Sheet {
  try {
    const [head, ...body] = parsed(decoded(readFileSync(file)));
    if (!head) throw new BadInput('the file is empty');
    const columns = namesOf(head.record);
    for (const { record, info } of body) {
      if (record.length !== columns.length)
        throw new BadInput(`line ${info.lines} has ${record.length} cells, the headings are ${columns.length}`);
    }
    if (body.length === 0) throw new BadInput('there are no rows under the headings');
    return { columns, rows: body.map(({ record }) => record), lines: body.map(({ info }) => info.lines) };
  } catch (error) {
    if (error instanceof BadInput) throw new BadInput(`${file}: ${error.message}`);
    const { code } = error as { code?: string };
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'EACCES')
      throw new BadInput(`${file}: cannot be read (${code})`);
    throw error;
  }
}

const plain = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

/** The column of that name, if need be whatever its case. @throws BadInput naming it and those there are */
export function columnOf({ columns }: Pick<Sheet, 'columns'>, name: string, option: string): number {
  const exact = columns.indexOf(name);
  if (exact >= 0) return exact;
  const alike = columns.flatMap((column, at) => (plain(column) === plain(name) ? [at] : []));
  if (alike.length === 1 && alike[0] !== undefined) return alike[0];
  throw new BadInput(`${option}: there is no column ${name}; there are ${columns.join(', ')}`);
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** A line of comma-separated values. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\n`;
