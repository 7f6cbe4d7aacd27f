import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repStatuses } from '../../../shared/org/rep.ts';
import { difference, newRep, readRows } from '../../../shared/org/roster.ts';

const row = { employeeId: 'e1', name: 'Li Lei', status: 'active' as const, teamId: 'east' };

describe('a roster from HR', () => {
  it('changes nothing when it says what is known', () => {
    const employees = fc.record({
      employeeId: fc.constant('e1'),
      name: fc.constantFrom('Li Lei', 'Han Mei'),
      status: fc.constantFrom(...repStatuses),
      phone: fc.option(fc.constantFrom('1', '2'), { nil: undefined }),
      teamId: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
    });
    fc.assert(
      fc.property(employees, (employee) => {
        const change = difference(employee, undefined);
        if (!change) throw new Error('somebody new is a change');
        expect(difference(employee, newRep('e1', change.fields, change.phone))).toBeUndefined();
      }),
    );
  });

  it.each(['leaving', 'left'] as const)('freezes who is %s, once', (status) => {
    const rep = newRep('e1', { name: 'Li Lei', status: 'active', teamId: 'east' });
    expect(difference({ ...row, status }, rep)).toMatchObject({ freezes: true });
    expect(difference({ ...row, status, name: 'Li' }, { ...rep, status })).toMatchObject({ freezes: false });
    expect(difference({ ...row, status: 'on-leave' }, rep)).toMatchObject({ freezes: false });
  });

  it('leaves alone what a row does not say', () => {
    const rep = { ...newRep('e1', { name: 'Li Lei', status: 'active', teamId: 'east' }), capacity: 7 };
    const { teamId, ...silent } = row;
    expect(difference(silent, rep)).toBeUndefined();
  });

  it('reports each bad row with its line and takes the good ones', () => {
    const { good, rejected } = readRows([
      row,
      { ...row, employeeId: 'e2', status: 'asleep' },
      'nonsense',
      { ...row, employeeId: 'e3' },
    ]);
    expect(good.map(({ employeeId }) => employeeId)).toEqual(['e1', 'e3']);
    expect(rejected).toMatchObject([{ line: 2, path: 'status' }, { line: 3 }]);
  });

  it('takes neither of two rows for one person that disagree', () => {
    const { good, rejected } = readRows([row, { ...row, status: 'left' }]);
    expect(good).toEqual([]);
    expect(rejected).toMatchObject([{ line: 2, path: 'employeeId' }]);
  });
});
