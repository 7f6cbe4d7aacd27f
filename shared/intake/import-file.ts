import { CsvError, parse } from 'csv-parse/sync';
import { isRecord, losslessJson } from './json.ts';
import { fileText, NoText } from './text.ts';

/** A file that cannot be read at all: what is wrong, and where (`body`, or a line). */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
  readonly path: string;
  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

/** A row, and its line in the file. `wrong` says why it cannot be what it should be; it is kept all the same. */
export interface ImportRow {
  line: number;
  fields: Record<string, unknown>;
  wrong?: string;
}

/** A file of leads, read. */
export interface ImportFile {
  rows: ImportRow[];
}

const DELIMITERS = [',', ';', '\t', '|'];
/** Longer than any row, in characters. */
const LONGEST = 64 * 1024;

/** Whatever separates the headings: what stands between them most often, outside of quotes. @throws UnreadableFile for a tie */
function delimiterOf(text: string): string {
  const [heading = ''] = text.replace(/^(\s*[\r\n])+/, '').split(/\r?\n|\r/, 1);
  const bare = heading.replace(/"(?:[^"]|"")*"/g, '');
  const counts = DELIMITERS.map((delimiter) => ({ delimiter, count: bare.split(delimiter).length - 1 }));
  const [best, next] = counts.sort((a, b) => b.count - a.count);
  if (best && best.count > 0 && best.count === next?.count)
    throw new UnreadableFile('line 1', 'the headings are separated by more than one character');
  return best?.count ? best.delimiter : ',';
}

interface Parsed {
  record: string[];
  info: { lines: number };
}

/** The cells by their headings. Of several under one heading the first that says something has it, the others a number behind it. */
function named(record: readonly string[], headings: readonly string[]): [string, string][] {
  const cells = record.map((cell, at): [string, string] => [headings[at] ?? `column ${at + 1}`, cell]);
  const times = new Map<string, number>();
  const first = cells.filter(([, cell]) => cell !== '').concat(cells.filter(([, cell]) => cell === ''));
  const names = new Map(
    first.map((pair) => {
      const [heading] = pair;
      let nth = (times.get(heading) ?? 0) + 1;
      while (nth > 1 && headings.includes(`${heading} (${nth})`)) nth += 1;
      times.set(heading, nth);
      return [pair, nth === 1 ? heading : `${heading} (${nth})`];
    }),
  );
  return cells.map((pair) => [names.get(pair) ?? pair[0], pair[1]]);
}

/** What Excel is told its columns are separated by, in a line before the headings; the line stays, empty. */
function withoutHint(text: string): { text: string; delimiter?: string } {
  const [hint, delimiter] = /^\s*"?sep=([,;|\t])"?[^\S\r\n]*(?=[\r\n])/i.exec(text) ?? [];
  return hint === undefined || delimiter === undefined ? { text } : { text: text.slice(hint.length), delimiter };
}

function csvRows(whole: string): ImportRow[] {
  const { text, delimiter = delimiterOf(text) } = withoutHint(whole);
  let all: Parsed[];
  try {
    all = parse(text, {
      delimiter,
      info: true,
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      max_record_size: LONGEST,
    }) as unknown as Parsed[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number((error as CsvError & { lines?: number }).lines ?? 0);
    const why = error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'the file ends inside a quoted field' : 'this is no table';
    throw new UnreadableFile(line > 0 ? `line ${line}` : 'body', why);
  }
  const [head, ...rows] = all;
  if (!head) throw new UnreadableFile('body', 'the file is empty');
  const headings = head.record.map((heading, at) => heading || `column ${at + 1}`);
  return rows.map(({ record, info: { lines } }) => {
    // Pairs, not an object's own names: a heading may be called __proto__.
    const fields = Object.fromEntries(named(record, headings));
    const wrong =
      record.length === headings.length
        ? {}
        : { wrong: `line ${lines} has ${record.length} columns, the headings are ${headings.length}` };
    return { line: lines, fields, ...wrong };
  });
}

/** The one object that is the whole text, on however many lines. */
function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value = losslessJson(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function jsonRows(text: string): ImportRow[] {
  if (text.trimStart().startsWith('[')) {
    let list: unknown;
    try {
      list = losslessJson(text);
    } catch {
      throw new UnreadableFile('body', 'not JSON');
    }
    return (list as unknown[]).map((each, at) => rowOf(each, at + 1));
  }
  const alone = text.trim().includes('\n') ? objectIn(text) : undefined;
  if (alone) return [rowOf(alone, 1)];
  return text.split(/\r?\n/).flatMap((row, at) => {
    if (row.trim() === '') return [];
    try {
      return [rowOf(losslessJson(row), at + 1)];
    } catch {
      return [
        { line: at + 1, fields: { row: row.slice(0, 4000).toWellFormed() }, wrong: `line ${at + 1} is not JSON` },
      ];
    }
  });
}

function rowOf(value: unknown, line: number): ImportRow {
  const text = JSON.stringify(value);
  if (isRecord(value) && text.length <= LONGEST) return { line, fields: value };
  const wrong = `line ${line} is ${isRecord(value) ? 'too long' : 'no object'}`;
  return { line, fields: { row: text.slice(0, 4000).toWellFormed() }, wrong };
}

/**
 * The rows of a file of leads: CSV with a line of headings (comma, semicolon, tab or bar; UTF-8, UTF-16 or GB18030), or one JSON
 * object a line (or a list of them, or a single one on several lines). Lines that say nothing are no rows.
 * @throws UnreadableFile when it is none
 */
export function readImport(bytes: Uint8Array, kind: 'csv' | 'jsonl'): ImportFile {
  let text: string;
  try {
    text = fileText(bytes);
  } catch (error) {
    if (error instanceof NoText) throw new UnreadableFile('body', error.message);
    throw error;
  }
  const rows = kind === 'csv' ? csvRows(text) : jsonRows(text);
  if (rows.length === 0) throw new UnreadableFile('body', 'there are no rows');
  return { rows };
}
