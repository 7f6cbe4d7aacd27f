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

function csvRows(text: string): ImportRow[] {
  let all: Parsed[];
  try {
    all = parse(text, {
      delimiter: delimiterOf(text),
      info: true,
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
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
    const fields = Object.fromEntries(record.map((cell, at) => [headings[at] ?? `column ${at + 1}`, cell]));
    const wrong =
      record.length === headings.length
        ? {}
        : { wrong: `line ${lines} has ${record.length} columns, the headings are ${headings.length}` };
    return { line: lines, fields, ...wrong };
  });
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
 * object a line (or a list of them).
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
