import { describe, expect, it } from 'vitest';
import { isDate, numberOf, textOf } from '../../../../shared/scoring/model/cells.ts';
import { decide } from '../../../../shared/scoring/model/columns.ts';

describe('a cell', () => {
  it('that says nothing is empty, however it says so', () => {
    for (const cell of [
      '',
      ' ',
      'Select',
      'NA',
      'n/a',
      'NULL',
      'unknown',
      '?',
      '-',
      '未知',
      null,
      undefined,
      Number.NaN,
    ])
      expect(textOf(cell)).toBe('');
    for (const cell of ['none', 'Other', '0', 'No', 0, false]) expect(textOf(cell)).toBe(String(cell));
  });

  it('is a number as people write them', () => {
    expect(['1,234.5', '12%', '$5', '-.5', '1e3', '¥ 7'].map((text) => numberOf(text))).toEqual([
      1234.5, 12, 5, -0.5, 1000, 7,
    ]);
    expect(['1.234,5', '12,5', '7'].map((text) => numberOf(text, 'comma'))).toEqual([1234.5, 12.5, 7]);
    for (const text of ['', 'x', '1-2', '1,23', '١', 'Infinity', '0x10']) expect(numberOf(text)).toBeUndefined();
  });

  it('is a number to the end or none at all, whichever way decimals are written', () => {
    const numbers = {
      '+5': 5,
      '5.': 5,
      '-12.25': -12.25,
      '2E-3': 0.002,
      '1,234,567': 1_234_567,
      '-1,234': -1234,
      '5 元': 5,
    };
    for (const [text, number] of Object.entries(numbers)) expect(numberOf(text), text).toBe(number);
    for (const text of ['€ 7', '£7', '￥7', '7$', '7 %']) expect(numberOf(text), text).toBe(7);
    const none = [
      '5x',
      'x5',
      '.',
      '1e',
      '1e1234',
      '1,2345',
      '1234,567',
      ',123',
      '1,234.',
      '12 345',
      '7 %%',
      '5 5',
      '--5',
    ];
    for (const text of none) expect(numberOf(text), text).toBeUndefined();
    const commas = { '1.234.567,25': 1_234_567.25, '-12,5': -12.5, '+7': 7, '999,': undefined, '1.23': undefined };
    for (const [text, number] of Object.entries(commas)) expect(numberOf(text, 'comma'), text).toBe(number);
    for (const text of ['x1,5', '1,5x', '1,2,3', '1.2345', ',5', '12.34,5'])
      expect(numberOf(text, 'comma'), text).toBeUndefined();
  });

  it('of sixteen letters or more says something', () => {
    expect(textOf('  please select  ')).toBe('');
    expect(textOf(' a phone ')).toBe('a phone');
    expect(textOf('not specified yet')).toBe('not specified yet');
  });

  it('is a date in several spellings, and a number is none', () => {
    for (const text of [
      '2026-11-23',
      '2026/1/2 10:11',
      '23.11.2026',
      '2026年1月2日',
      '2026-11-23T01:02:03.4Z',
      '2-Jan-2026',
      '12 March 26',
      '1.2.2026 9:30 pm',
      '2026-11-23 01:02:03 UTC',
      '2026-11-23T01:02+08:00',
      '2026-11-23 01:02 -0800',
    ])
      expect(isDate(text), text).toBe(true);
    for (const text of [
      ...[
        '20261123',
        '12.5',
        '1-2',
        'May',
        'on 2026-11-23',
        '2026-11-23 at noon',
        '2026-11-23T1',
        '126-11-23',
        '2026-111-23',
      ],
      ...['1.2.26', '123 May 2026', '2-Ja-2026', '2026-11-23 01:02:03.', '2026-11-23 01:02 XM', '2026-11-23 01:02+8'],
    ])
      expect(isDate(text), text).toBe(false);
  });
});

describe('a column', () => {
  const column = (cell: (row: number) => string) => Array.from({ length: 400 }, (_, row) => cell(row));

  it('of numbers with a value that stands for many has a knot there', () => {
    const decided = decide(
      'pdays',
      column((row) => (row % 3 === 0 ? String(row) : '999')),
      false,
    );
    expect(decided).toMatchObject({ feature: { kind: 'number', missing: false } });
    if ('feature' in decided && decided.feature.kind === 'number') expect(decided.feature.knots).toContain(999);
  });

  it('of numbers with decimal commas is one of numbers', () => {
    expect(
      decide(
        'share',
        column((row) => `${row % 90},5`),
        false,
      ),
    ).toMatchObject({ feature: { decimals: 'comma' } });
  });

  it('of numbers with a few words among them is one of numbers, and says so', () => {
    expect(
      decide(
        'age',
        column((row) => (row === 7 ? 'about 30' : String(20 + (row % 40)))),
        false,
      ),
    ).toMatchObject({
      feature: { kind: 'number', missing: true },
      note: '1 cells are no numbers and count as missing',
    });
  });

  it('keeps rare values together', () => {
    expect(
      decide(
        'city',
        column((row) => (row % 100 === 0 ? `village ${row}` : `town ${row % 7}`)),
        false,
      ),
    ).toMatchObject({
      feature: { kind: 'category', rare: true, levels: Array.from({ length: 7 }, (_, n) => `town ${n}`) },
    });
  });
});
