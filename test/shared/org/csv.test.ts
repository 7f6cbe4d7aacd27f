import { describe, expect, it } from 'vitest';
import { type Mapping, readCsv as read, UnreadableRoster } from '../../../shared/org/csv.ts';
import { defaultHrRules } from '../../../shared/org/guard.ts';
import { readRows } from '../../../shared/org/roster.ts';

const readCsv = (bytes: Uint8Array, mapping: Partial<Mapping> = {}) => read(bytes, { ...defaultHrRules, ...mapping });
const utf8 = (text: string) => new TextEncoder().encode(text);
/** 工号,姓名,在职状态 / e1,李雷,在职 / e2,韩梅,离职, as Excel in China saves it. */
const gb18030 = Buffer.from(
  'b9a4bac52cd0d5c3fb2cd4dad6b0d7b4ccac0d0a65312cc0eec0d72cd4dad6b00d0a65322cbaabc3b72cc0ebd6b00d0a',
  'hex',
);
const problem = (bytes: Uint8Array) => {
  try {
    readCsv(bytes);
  } catch (error) {
    if (error instanceof UnreadableRoster) return [error.path, error.message];
  }
  return undefined;
};

describe('a roster as a file', () => {
  it('is read with Chinese headings and statuses, in GB18030 as in UTF-8, with a byte order mark or without', () => {
    const text = '工号,姓名,在职状态\r\ne1,李雷,在职\r\ne2,韩梅,离职\r\n';
    const expected = [
      { line: 2, row: { employeeId: 'e1', name: '李雷', status: 'active' } },
      { line: 3, row: { employeeId: 'e2', name: '韩梅', status: 'left' } },
    ];
    expect(readCsv(utf8(text))).toEqual(expected);
    expect(readCsv(utf8(`\uFEFF${text}`))).toEqual(expected);
    expect(readCsv(gb18030)).toEqual(expected);
  });

  it('is read with English headings, quotes, line breaks inside them, dates as people write them and columns of no use', () => {
    const text =
      'Employee ID,Name,Status,Team,hired_at,shoe size\n"e,1","Li\n""Lei""",on leave,east,2021/5/10,42\n\ne2,Han,left,,2020年12月1日,\n';
    expect(readCsv(utf8(text))).toEqual([
      {
        line: 3,
        row: { employeeId: 'e,1', name: 'Li\n"Lei"', status: 'on-leave', teamId: 'east', hiredAt: '2021-05-10' },
      },
      { line: 5, row: { employeeId: 'e2', name: 'Han', status: 'left', hiredAt: '2020-12-01' } },
    ]);
  });

  it('has dates at midnight where a spreadsheet wrote them so', () => {
    const text =
      '工号,姓名,在职状态,离职日期\na,李雷,离职,2021/5/10 0:00:00\nb,韩梅,离职,2021-05-10 00:00\nc,赵强,离职,2021/5/10 9:00\n';
    const { good, rejected } = readRows(readCsv(utf8(text)).map(({ row }) => row));
    expect([...good.values()].map(({ row }) => row.leftAt)).toEqual(['2021-05-10', '2021-05-10']);
    expect(rejected).toMatchObject([{ line: 3, path: 'leftAt' }]);
  });

  it('may have headings, words and departments of its own, by configuration', () => {
    const mapping = {
      headings: { 人员代码: 'employeeId', 'Worker Status': 'status' } as const,
      statuses: { 外派: 'active', 'On Sabbatical': 'on-leave' } as const,
      departments: { 销售一部: 'east' },
    };
    expect(
      readCsv(utf8('人员代码,姓名,worker_status,部门\n7,李雷,外派,销售一部\n8,韩梅,on sabbatical,财务部\n'), mapping),
    ).toEqual([
      { line: 2, row: { employeeId: '7', name: '李雷', status: 'active', teamId: 'east' } },
      { line: 3, row: { employeeId: '8', name: '韩梅', status: 'on-leave', teamId: '财务部' } },
    ]);
  });

  it('may be one of BambooHR’s, with names in two columns', () => {
    const text =
      'Employee #,First Name,Last Name,Work Email,Status,Termination Date\n12,Lei,Li,li@ex.com,Inactive,2026-11-01\n13,雷,李,,Active,\n';
    expect(readCsv(utf8(text)).map(({ row }) => row)).toEqual([
      { employeeId: '12', name: 'Lei Li', email: 'li@ex.com', status: 'left', leftAt: '2026-11-01' },
      { employeeId: '13', name: '李雷', status: 'active', leftAt: null },
    ]);
  });

  it('reports bad rows by their lines, and takes the others', () => {
    const rows = readCsv(utf8('employeeId,name,status\ne1,Li,active\ne2,Han,asleep\n,Nobody,active\n'));
    const { good, rejected } = readRows(
      rows.map(({ row }) => row),
      rows.map(({ line }) => line),
    );
    expect([...good.keys()]).toEqual(['e1']);
    expect(rejected.map(({ line, path }) => [line, path])).toEqual([
      [3, 'status'],
      [4, 'employeeId'],
    ]);
  });

  it('is refused as a whole when it is binary, half of one, a column short or has a line without end', () => {
    expect(problem(new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]))).toEqual(['body', 'this is no text']);
    expect(problem(new Uint8Array([0xff, 0xff, 0xff]))).toEqual(['body', 'neither UTF-8 nor GB18030']);
    expect(problem(utf8('employeeId,name,status\ne1,"Li'))).toEqual([
      expect.any(String),
      'the file ends inside a quoted field',
    ]);
    expect(problem(utf8('employeeId,name,status\ne1,Li,active\ne2,Ha'))).toEqual([
      'line 3',
      'the file ends in the middle of a row',
    ]);
    expect(problem(utf8('employeeId,name\ne1,Li'))).toEqual(['status', 'no column for status']);
    expect(problem(utf8(`employeeId,name,status\ne1,${'x'.repeat(10 * 1024 * 1024)},active`))?.[1]).toBe(
      'the line is too long',
    );
    expect(problem(utf8(''))).toEqual(['body', 'the file is empty']);
    expect(problem(utf8('工号,工号,姓名,状态\n1,2,a,b'))).toEqual(['employeeId', 'two columns for employeeId']);
  });
});
