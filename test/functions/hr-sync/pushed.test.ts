import { describe, expect, it } from 'vitest';
import { readRoster } from '../../../functions/hr-sync/pushed.ts';
import { defaultHrRules } from '../../../shared/org/guard.ts';

describe('a roster as it came', () => {
  it('says of a row of a file in which line it stands', () => {
    const csv = Buffer.from('工号,姓名,在职状态,手机\ne1,李雷,在职,13800138000\n');
    expect(readRoster({ bytes: csv, csv: true, mode: 'full' }, defaultHrRules)).toMatchObject({
      employees: [{ employeeId: 'e1', phone: '13800138000' }],
      lines: [2],
    });
  });

  it('that is half of one, or no roster, is refused by name', () => {
    expect(() => readRoster({ bytes: Buffer.from('{"mode":"full","empl'), csv: false }, defaultHrRules)).toThrow(
      'not JSON',
    );
    expect(() => readRoster({ bytes: Buffer.from('{}'), csv: false }, defaultHrRules)).toThrow('mode');
  });
});
