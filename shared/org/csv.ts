import { CsvError, parse } from 'csv-parse/sync';
import type { columns, HrRules } from './guard.ts';
import type { RepStatus } from './rep.ts';
import { announced } from './roster.ts';

/** A roster file that cannot be read at all: what is wrong, and where (`body`, a heading, or a line). */
export class UnreadableRoster extends Error {
  override readonly name = 'UnreadableRoster';
  readonly path: string;
  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

/** A field of a person that a column stands for. */
type Column = (typeof columns)[number];

/** The field that a heading stands for. Compared without case, spaces, underscores and number signs. */
const HEADINGS: Readonly<Record<string, Column>> = {
  employeeid: 'employeeId',
  employeenumber: 'employeeId',
  employee: 'employeeId',
  工号: 'employeeId',
  员工编号: 'employeeId',
  员工工号: 'employeeId',
  name: 'name',
  fullname: 'name',
  displayname: 'name',
  姓名: 'name',
  firstname: 'firstName',
  lastname: 'lastName',
  status: 'status',
  employmentstatus: 'status',
  在职状态: 'status',
  员工状态: 'status',
  状态: 'status',
  email: 'email',
  workemail: 'email',
  邮箱: 'email',
  电子邮箱: 'email',
  phone: 'phone',
  mobile: 'phone',
  mobilephone: 'phone',
  手机: 'phone',
  手机号: 'phone',
  手机号码: 'phone',
  电话: 'phone',
  teamid: 'teamId',
  team: 'teamId',
  团队: 'teamId',
  department: 'department',
  部门: 'department',
  managerid: 'managerId',
  manager: 'managerId',
  supervisoreid: 'managerId',
  上级: 'managerId',
  直属上级: 'managerId',
  上级工号: 'managerId',
  hiredat: 'hiredAt',
  hiredate: 'hiredAt',
  startdate: 'hiredAt',
  入职日期: 'hiredAt',
  leftat: 'leftAt',
  terminationdate: 'leftAt',
  离职日期: 'leftAt',
  leavefrom: 'leaveFrom',
  休假开始: 'leaveFrom',
  休假自: 'leaveFrom',
  leaveuntil: 'leaveUntil',
  休假结束: 'leaveUntil',
  休假至: 'leaveUntil',
};

const STATUSES: Readonly<Record<string, RepStatus>> = {
  在职: 'active',
  正式: 'active',
  试用: 'active',
  试用期: 'active',
  休假: 'on-leave',
  停薪留职: 'on-leave',
  离职中: 'leaving',
  待离职: 'leaving',
  离职: 'left',
  已离职: 'left',
  退休: 'left',
  active: 'active',
  'on-leave': 'on-leave',
  'on leave': 'on-leave',
  leaving: 'leaving',
  left: 'left',
  inactive: 'left',
  terminated: 'left',
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
    .replace(/[\s_#]+/g, '')
    .toLowerCase();

/** `2021/5/10`, `2021年5月10日` and `20210510` are dates as people write them, `2021/5/10 0:00:00` as spreadsheets do. */
function dateOf(text: string): string {
  const [, year, month = '', day = ''] =
    /^(\d{4})[/.年-]?(\d{1,2})[/.月-]?(\d{1,2})日?(?: 0?0:00(?::00)?)?$/.exec(text) ?? [];
  return year === undefined ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

const DATES: ReadonlySet<string> = new Set(['hiredAt', 'leftAt', 'leaveFrom', 'leaveUntil'] satisfies Column[]);

const ANNOUNCED: ReadonlySet<string> = new Set(announced);

/** How a file is read: what HR's own headings and words stand for. */
export type Mapping = Pick<HrRules, 'headings' | 'statuses' | 'departments'>;

const keyed = <T>(words: Readonly<Record<string, T>>): Map<string, T> =>
  new Map(Object.entries(words).map(([word, meaning]) => [plain(word), meaning]));

function fieldsOf(headings: readonly string[], { headings: more }: Mapping): (Column | undefined)[] {
  const known = new Map([...keyed(HEADINGS), ...keyed(more)]);
  const fields = headings.map((heading) => known.get(plain(heading)));
  const named = fields.includes('firstName') || fields.includes('lastName');
  const missing = REQUIRED.filter((field) => !fields.includes(field) && !(field === 'name' && named));
  if (missing.length > 0) throw new UnreadableRoster(missing[0] ?? '', `no column for ${missing.join(', ')}`);
  const twice = fields.find((field, at) => field !== undefined && fields.indexOf(field) !== at);
  if (twice !== undefined) throw new UnreadableRoster(twice, `two columns for ${twice}`);
  return fields;
}

/** Chinese names have the family name first, and nothing between. */
const joined = (first = '', last = ''): string =>
  /\p{Script=Han}/u.test(first + last) ? `${last}${first}` : `${first} ${last}`.trim();

/** Makes rows of the cells, by the headings. */
function rowReader(headings: readonly string[], mapping: Mapping) {
  const fields = fieldsOf(headings, mapping);
  const statuses = new Map([...keyed(STATUSES), ...keyed(mapping.statuses)]);
  return (cells: readonly string[]): CsvRow['row'] => {
    const row: Partial<Record<Column, string>> = {};
    const none: Record<string, null> = {};
    for (const [at, text] of cells.entries()) {
      const field = fields[at];
      if (field === undefined) continue;
      if (text !== '') row[field] = DATES.has(field) ? dateOf(text) : text;
      else if (ANNOUNCED.has(field)) none[field] = null;
    }
    const { firstName, lastName, department, status, ...rest } = row;
    const name = rest.name ?? joined(firstName, lastName);
    const teamId = rest.teamId ?? department;
    return {
      ...rest,
      ...none,
      ...(name === '' ? {} : { name }),
      ...(status === undefined ? {} : { status: statuses.get(plain(status)) ?? status }),
      ...(teamId === undefined ? {} : { teamId: mapping.departments[teamId] ?? teamId }),
    };
  };
}

/** A row of the file, and its line in it. */
export interface CsvRow {
  line: number;
  row: Record<string, string | null>;
}

/** What a record is handed over as; the parser's own types do not say that it comes with where it stood. */
interface Parsed {
  record: string[];
  info: { lines: number };
}

/**
 * The rows of a roster as comma-separated values with English or Chinese headings, read one by one. Empty cells say nothing,
 * but that there is no such day where one is announced (`leftAt`, `leaveFrom`, `leaveUntil`); columns that no field goes by are ignored.
 * @throws UnreadableRoster when it is no text, ends in the middle of a row, has a line of more than 64 Ki characters, or lacks a column
 */
export function readCsv(bytes: Uint8Array, mapping: Mapping): CsvRow[] {
  const text = textOf(bytes);
  const rows: CsvRow[] = [];
  let read: ReturnType<typeof rowReader> | undefined;
  let width = 0;
  let last = { line: 0, cells: 0 };
  const take = ({ record, info }: Parsed): null => {
    if (read) rows.push({ line: info.lines, row: read(record) });
    else {
      read = rowReader(record, mapping);
      width = record.length;
    }
    last = { line: info.lines, cells: record.length };
    return null;
  };
  try {
    parse(text, {
      bom: true,
      trim: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: LONGEST,
      // Nothing is kept beside the row that is made of it.
      on_record: (record: unknown) => take(record as Parsed),
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number((error as CsvError & { lines?: number }).lines ?? 0);
    const why = error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'the file ends inside a quoted field' : 'this is no table';
    throw new UnreadableRoster(
      line > 0 ? `line ${line}` : 'body',
      error.code === 'CSV_MAX_RECORD_SIZE' ? 'the line is too long' : why,
    );
  }
  if (!read) throw new UnreadableRoster('body', 'the file is empty');
  if (last.cells < width && !/[\r\n]$/.test(text.slice(-1)))
    throw new UnreadableRoster(`line ${last.line}`, 'the file ends in the middle of a row');
  return rows;
}
