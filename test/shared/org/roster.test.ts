import { describe, expect, it } from 'vitest';
import { readRows } from '../../../shared/org/roster.ts';

const row = { employeeId: 'e1', name: 'Li Lei', status: 'active' as const, teamId: 'east' };

describe('the rows of a roster', () => {
  it('are taken when they are good, and reported with their line when they are not', () => {
    const { good, rejected, disputed } = readRows([
      row,
      { ...row, employeeId: 'e2', status: 'asleep' },
      { ...row, employeeId: 'e3' },
    ]);
    expect([...good.keys()]).toEqual(['e1', 'e3']);
    expect(rejected).toMatchObject([{ line: 2, path: 'status' }]);
    expect(disputed).toEqual(new Set(['e2']));
  });

  it('have their phones in E.164; one that a spreadsheet spoiled is reported, and says nothing', () => {
    const phones = ['138 0013 8000', '+49 30 123456', '1.38E+10', '0512-67891234-801', '+86abc', '9'.repeat(60), ''];
    const { good, rejected, disputed } = readRows(
      phones.map((phone, at) => ({ ...row, employeeId: `e${at}`, phone, status: 'left' })),
    );
    expect([...good.values()].map((each) => each.row.phone)).toEqual([
      '+8613800138000',
      '+4930123456',
      ...Array(5).fill(undefined),
    ]);
    expect(rejected.map(({ line, path }) => [line, path])).toEqual([3, 4, 5, 6].map((line) => [line, 'phone']));
    expect(disputed).toEqual(new Set());
  });

  it('name nobody . or .., which no address reaches', () => {
    const { good, rejected } = readRows(['.', '..', '...', '.a'].map((employeeId) => ({ ...row, employeeId })));
    expect([...good.keys()]).toEqual(['...', '.a']);
    expect(rejected).toMatchObject([
      { line: 1, path: 'employeeId' },
      { line: 2, path: 'employeeId' },
    ]);
  });

  it('say of nobody that they are absent when one does not say whom it is about', () => {
    expect(readRows([row, 'nonsense']).disputed).toBeUndefined();
    expect(readRows([row, { ...row, employeeId: undefined }]).disputed).toBeUndefined();
  });

  it('are not taken, neither of them, when two say otherwise of one person', () => {
    for (const other of [
      { ...row, status: 'left' },
      { ...row, status: 'asleep' },
    ]) {
      const { good, rejected } = readRows([row, other]);
      expect([...good.keys()]).toEqual(other.status === 'left' ? [] : ['e1']);
      expect(rejected).toMatchObject(
        other.status === 'left' ? [{ line: 1 }, { line: 2 }] : [{ line: 2, path: 'status' }],
      );
    }
    expect(readRows([row, row])).toMatchObject({ rejected: [] });
  });

  it('may hold null for what HR does not have: it keeps no leaver in', () => {
    const { good, rejected } = readRows([{ ...row, status: 'left', teamId: null, phone: null, leftAt: null }]);
    expect(rejected).toEqual([]);
    expect(good.get('e1')?.row).toEqual({ employeeId: 'e1', name: 'Li Lei', status: 'left', leftAt: null });
    expect(readRows([{ ...row, status: null }]).rejected).toMatchObject([{ line: 1, path: 'status' }]);
  });

  it('of a leave that ends before it begins are not taken, but for whoever leaves', () => {
    const leave = (leaveFrom: string, leaveUntil: string, status = 'on-leave') => ({
      ...row,
      status,
      leaveFrom,
      leaveUntil,
    });
    const [begins, ends] = ['2026-12-20', '2026-12-10'];
    const { good, rejected, disputed } = readRows([leave(begins, ends), { ...row, employeeId: 'e2' }]);
    expect(rejected).toEqual([{ line: 1, path: 'leaveUntil', message: 'lies before leaveFrom' }]);
    expect([[...good.keys()], disputed]).toEqual([['e2'], new Set(['e1'])]);
    const taken = (...dates: Parameters<typeof leave>) => readRows([leave(...dates)]).good.size === 1;
    expect([taken(begins, begins), taken(ends, begins), taken(begins, ends, 'left')]).toEqual([true, true, true]);
    expect(taken(begins, ends, 'active')).toBe(false);
    // Where a time may be of that day somewhere, it is.
    expect(taken('2026-12-10T20:00:00.000Z', ends)).toBe(true);
    expect(taken('2026-12-12T20:00:00.000Z', ends)).toBe(false);
    expect(taken(begins, '2026-12-19T18:00:00+08:00')).toBe(true);
    expect(taken(begins, '2026-12-18T18:00:00+08:00')).toBe(false);
    expect(taken('2026-12-10T20:00:00.000Z', '2026-12-10T19:59:59.000Z')).toBe(false);
  });

  it('that are not good say what is wanted', () => {
    const { rejected } = readRows([{ ...row, employeeId: undefined, hiredAt: 'last May' }]);
    expect(rejected.map(({ message }) => message)).toEqual([
      'letters, digits, and . _ @ - only, at most 64, and neither . nor ..',
      'a date such as 2026-11-23, or a time in ISO 8601',
    ]);
  });

  it('may have teams as people call them', () => {
    const names = ['华东 大区', '销售部（苏州）', '渠道部·一组', '市场、公关部', '研发—平台', '客户成功+续费'];
    const { good, rejected } = readRows(names.map((teamId, at) => ({ ...row, employeeId: at, teamId })));
    expect(rejected).toEqual([]);
    expect([...good.values()].map(({ row: { teamId } }) => teamId)).toEqual(names);
  });
});
