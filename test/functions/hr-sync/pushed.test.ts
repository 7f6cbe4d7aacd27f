import { describe, expect, it } from 'vitest';
import { readRoster } from '../../../functions/hr-sync/pushed.ts';
import { defaultHrRules } from '../../../shared/org/guard.ts';

const json = (employees: unknown[]) => ({
  bytes: Buffer.from(JSON.stringify({ mode: 'delta', employees })),
  csv: false,
});

describe('a roster as it came', () => {
  it('has its phones in E.164; what a spreadsheet spoiled says nothing', () => {
    const said = [
      { phone: '138 0013 8000' },
      { phone: '+49 30 123456' },
      { phone: '1.38E+10' },
      { phone: 7 },
      'nonsense',
    ];
    expect(readRoster(json(said), defaultHrRules).employees).toEqual([
      { phone: '+8613800138000' },
      { phone: '+4930123456' },
      { phone: undefined },
      { phone: 7 },
      'nonsense',
    ]);
    const csv = Buffer.from('工号,姓名,在职状态,手机\ne1,李雷,在职,13800138000\n');
    expect(readRoster({ bytes: csv, csv: true, mode: 'full' }, defaultHrRules)).toMatchObject({
      employees: [{ phone: '+8613800138000' }],
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
