import { CsvError, parse } from 'csv-parse/sync';
import type { repStatuses } from './rep.ts';

/** A roster file that cannot be read at all: what is wrong, and where (`body`, a heading, or a line). */
export class UnreadableRoster extends Error {
  override readonly name = 'UnreadableRoster';
  readonly path: string;
  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

/** The field that a heading stands for. Compared without case, spaces and underscores. */
const HEADINGS: Readonly<Record<string, string>> = {
  employeeid: 'employeeId',
  employeenumber: 'employeeId',
  工号: 'employeeId',
  员工编号: 'employeeId',
  name: 'name',
  displayname: 'name',
  姓名: 'name',
  status: 'status',
  在职状态: 'status',
  员工状态: 'status',
  状态: 'status',
  email: 'email',
  workemail: 'email',
  邮箱: 'email',
  电子邮箱: 'email',
  phone: 'phone',
  mobilephone: 'phone',
  手机: 'phone',
  手机号: 'phone',
  电话: 'phone',
  teamid: 'teamId',
  team: 'teamId',
  团队: 'teamId',
  managerid: 'managerId',
  manager: 'managerId',
  上级: 'managerId',
  直属上级: 'managerId',
  hiredat: 'hiredAt',
  hiredate: 'hiredAt',
  入职日期: 'hiredAt',
  leftat: 'leftAt',
  terminationdate: 'leftAt',
  离职日期: 'leftAt',
  leaveuntil: 'leaveUntil',
  休假至: 'leaveUntil',
};

const STATUSES: Readonly<Record<string, (typeof repStatuses)[number]>> = {
  在职: 'active',
  休假: 'on-leave',
  离职中: 'leaving',
  离职: 'left',
  active: 'active',
  'on-leave': 'on-leave',
  'on leave': 'on-leave',
  leaving: 'leaving',
  left: 'left',
};

/** Without these a row says nothing. */
const REQUIRED = ['employeeId', 'name', 'status'] as const;
/** Longer than any row of a roster, in characters. */
const LONGEST = 64 * 1024;

/** The text of a file: UTF-8 with or without a byte order mark, else GB18030 as Excel in China writes it. */
function textOf(bytes: Uint8Array): string {
  if (bytes.includes(0)) throw new UnreadableRoster('body', 'this is no text');
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The other one, then.
    }
  }
  throw new UnreadableRoster('body', 'neither UTF-8 nor GB18030');
}

const plain = (heading: string): string =>
  heading
    .normalize('NFKC')
    .replace(/[\s_]+/g, '')
    .toLowerCase();

/** `2021/5/10`, `2021年5月10日` and `20210510` are dates as people write them. */
function dateOf(text: string): string {
  const [, year, month = '', day = ''] = /^(\d{4})[/.年-]?(\d{1,2})[/.月-]?(\d{1,2})日?$/.exec(text) ?? [];
  return year === undefined ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

const DATES = new Set(['hiredAt', 'leftAt', 'leaveUntil']);

function cellOf(field: string, text: string): string {
  if (field === 'status') return STATUSES[text.toLowerCase()] ?? text;
  return DATES.has(field) ? dateOf(text) : text;
}

function fieldsOf(headings: readonly string[]): (string | undefined)[] {
  const fields = headings.map((heading) => HEADINGS[plain(heading)]);
  const missing = REQUIRED.filter((field) => !fields.includes(field));
  if (missing.length > 0) throw new UnreadableRoster(missing[0] ?? '', `no column for ${missing.join(', ')}`);
  const twice = fields.find((field, at) => field !== undefined && fields.indexOf(field) !== at);
  if (twice !== undefined) throw new UnreadableRoster(twice, `two columns for ${twice}`);
  return fields;
}

/** A row of the file, and its line in it. */
export interface CsvRow {
  line: number;
  row: Record<string, string>;
}

/**
 * The rows of a roster as comma-separated values with English or Chinese headings. Empty cells say nothing; columns that no field
 * goes by are ignored.
 * @throws UnreadableRoster when it is no text, ends inside a quote, has a line of more than 64 Ki characters, or lacks a column
 */
export function readCsv(bytes: Uint8Array): CsvRow[] {
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(textOf(bytes), {
      bom: true,
      trim: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: LONGEST,
    }) as unknown as typeof records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number((error as CsvError & { lines?: number }).lines ?? 0);
    const why = error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'the file ends inside a quoted field' : 'this is no table';
    throw new UnreadableRoster(
      line > 0 ? `line ${line}` : 'body',
      error.code === 'CSV_MAX_RECORD_SIZE' ? 'the line is too long' : why,
    );
  }
  const [first, ...rest] = records;
  if (!first) throw new UnreadableRoster('body', 'the file is empty');
  const fields = fieldsOf(first.record);
  return rest.map(({ record, info }) => ({
    line: info.lines,
    row: Object.fromEntries(
      record.flatMap((text, at) => {
        const field = fields[at];
        return field === undefined || text === '' ? [] : [[field, cellOf(field, text)]];
      }),
    ),
  }));
}
