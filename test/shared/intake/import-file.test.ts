import { describe, expect, it } from 'vitest';
import { readImport, UnreadableFile } from '../../../shared/intake/import-file.ts';
import { charsetOf, fileText, NoText, textOf } from '../../../shared/intake/text.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const utf16 = (text: string, big = false): Uint8Array => {
  const little = Buffer.from(`\uFEFF${text}`, 'utf16le');
  return big ? little.swap16() : little;
};
/** 姓名 in GB18030. */
const GB = Uint8Array.from([0xd0, 0xd5, 0xc3, 0xfb]);
const csv = (text: string) => readImport(bytes(text), 'csv').rows;
const json = (text: string) => readImport(bytes(text), 'jsonl').rows;
const why = (read: () => unknown): [string, string] => {
  try {
    read();
  } catch (error) {
    if (error instanceof UnreadableFile) return [error.path, error.message];
    throw error;
  }
  throw new Error('it was read');
};

describe('a table of leads', () => {
  it.each([',', ';', '\t', '|'])('is read whose columns are separated by %j', (by) => {
    expect(csv(['name', 'phone'].join(by).concat('\n', ['王芳', '13800138000'].join(by), '\n'))).toEqual([
      { line: 2, fields: { name: '王芳', phone: '13800138000' } },
    ]);
  });

  it('is read by the character that separates most headings, outside of quotes', () => {
    expect(csv('"a;b;c;d",e,f\n1,2,3')).toEqual([{ line: 2, fields: { 'a;b;c;d': '1', e: '2', f: '3' } }]);
    expect(csv('a,b;c;d\n1;2;3')).toEqual([{ line: 2, fields: { 'a,b': '1', c: '2', d: '3' } }]);
    expect(csv('"say ""x;y;z""",b\n1,2')).toEqual([{ line: 2, fields: { 'say "x;y;z"': '1', b: '2' } }]);
    expect(why(() => csv('a,b;c\n1'))[0]).toBe('line 1');
    expect(csv('phone\n13800138000')).toEqual([{ line: 2, fields: { phone: '13800138000' } }]);
  });

  it('may begin with empty lines, end its lines in any way, and leave headings out', () => {
    for (const end of ['\n', '\r\n', '\r'])
      expect(csv(['', ' ', 'a;b', '1;2', '', '3;4'].join(end)).map(({ fields }) => fields)).toEqual([
        { a: '1', b: '2' },
        { a: '3', b: '4' },
      ]);
    expect(csv('a,,c\n1,2,3')).toEqual([{ line: 2, fields: { a: '1', 'column 2': '2', c: '3' } }]);
  });

  it('keeps a row of more or fewer columns, and says what is wrong with it', () => {
    const [short, long] = csv('a,b\n1\n1,2,3\n');
    expect(short).toEqual({ line: 2, fields: { a: '1' }, wrong: 'line 2 has 1 columns, the headings are 2' });
    expect(long).toMatchObject({ line: 3, fields: { a: '1', b: '2', 'column 3': '3' } });
    expect(long?.wrong).toContain('line 3 has 3 columns');
  });

  it('that is none is refused, with where it goes wrong', () => {
    expect(why(() => csv(''))).toEqual(['body', 'the file is empty']);
    expect(why(() => csv('a,b\n'))).toEqual(['body', 'there are no rows']);
    expect(why(() => csv('a,b\n1,"2'))[1]).toBe('the file ends inside a quoted field');
    expect(why(() => csv('a,b\n1,2"x"3\n'))).toEqual(['line 2', 'this is no table']);
  });

  it('keeps all cells under one heading: the first that says something has it, the others a number', () => {
    expect(csv('姓名,电话,电话\n王一,13800138000,\n王二,,13900139000\n王三,1,2')).toEqual([
      { line: 2, fields: { 姓名: '王一', 电话: '13800138000', '电话 (2)': '' } },
      { line: 3, fields: { 姓名: '王二', '电话 (2)': '', 电话: '13900139000' } },
      { line: 4, fields: { 姓名: '王三', 电话: '1', '电话 (2)': '2' } },
    ]);
    expect(csv('a,a,a (2)\n1,2,3')).toEqual([{ line: 2, fields: { a: '1', 'a (3)': '2', 'a (2)': '3' } }]);
  });

  it('has no rows where nothing is said, and counts their lines', () => {
    expect(csv('a,b\n,\n"", \n1,2')).toEqual([{ line: 4, fields: { a: '1', b: '2' } }]);
    expect(why(() => csv('a,b\n,\n'))).toEqual(['body', 'there are no rows']);
  });

  it('may say to Excel what separates its columns', () => {
    expect(csv('sep=;\r\na,b;c\r\n1;2')).toEqual([{ line: 3, fields: { 'a,b': '1', c: '2' } }]);
    expect(csv('sep=,\na,b\n1,2')).toEqual([{ line: 3, fields: { a: '1', b: '2' } }]);
  });

  it('never reaches prototypes by its headings', () => {
    const [row] = csv('__proto__,a\nx,1');
    expect(Object.keys(row?.fields ?? {})).toEqual(['__proto__', 'a']);
  });
});

describe('leads as JSON', () => {
  it('are one a line, or a list, each with its place', () => {
    expect(json('{"a":1}\n\n  \r\n{"a":9223372036854775807}\n')).toEqual([
      { line: 1, fields: { a: 1 } },
      { line: 4, fields: { a: '9223372036854775807' } },
    ]);
    expect(json(' [{"a":1},{"a":2}]')).toEqual([
      { line: 1, fields: { a: 1 } },
      { line: 2, fields: { a: 2 } },
    ]);
  });

  it('may be a single one on several lines', () => {
    expect(json('\n{\n  "name": "Ann",\n  "phone": "1"\n}\n')).toEqual([
      { line: 1, fields: { name: 'Ann', phone: '1' } },
    ]);
    expect(json('\n{"name": "Ann"}')).toEqual([{ line: 2, fields: { name: 'Ann' } }]);
  });

  it('keep a line that is none, and say so', () => {
    expect(json('{"a":1}\nnonsense\n[1]')).toEqual([
      { line: 1, fields: { a: 1 } },
      { line: 2, fields: { row: 'nonsense' }, wrong: 'line 2 is not JSON' },
      { line: 3, fields: { row: '[1]' }, wrong: 'line 3 is no object' },
    ]);
    const [long, list] = json(`{${'x'.repeat(5000)}\n"${'y'.repeat(5000)}"`);
    expect([long?.fields.row, list?.fields.row].map((row) => String(row).length)).toEqual([4000, 4000]);
  });

  it('that are a broken list, or nothing, are refused', () => {
    expect(why(() => json('[{"a":1}'))).toEqual(['body', 'not JSON']);
    expect(why(() => json(' \n'))).toEqual(['body', 'there are no rows']);
    expect(why(() => json('[]'))).toEqual(['body', 'there are no rows']);
  });
});

describe('text', () => {
  it('is UTF-8, what it is said to be, or GB18030', () => {
    expect(textOf(bytes('姓名'))).toBe('姓名');
    expect(textOf(GB)).toBe('姓名');
    expect(textOf(GB, 'gbk')).toBe('姓名');
    expect(textOf(bytes('姓名'), 'utf8')).toBe('姓名');
    expect(textOf(bytes('姓名'), 'UTF-8')).toBe('姓名');
    expect(textOf(Uint8Array.from([0xe9]), 'iso-8859-1')).toBe('é');
    expect(textOf(bytes('姓名'), 'no-such-encoding')).toBe('姓名');
    expect(textOf(bytes('x'), 'x-utf-8')).toBe('x');
    // Also UTF-8, in which it would be another text.
    expect(textOf(Uint8Array.from([0xc3, 0xa9]), 'iso-8859-1')).toBe('Ã©');
  });

  it('is not what no encoding makes sense of, nor UTF-16 where it is posted', () => {
    for (const none of [Uint8Array.from([0xff, 0xff, 0xff]), Uint8Array.from([0x61, 0x00, 0x62])])
      expect(() => textOf(none)).toThrow(NoText);
    for (const big of [false, true]) expect(() => textOf(utf16('姓名', big))).toThrow('this is UTF-16: send UTF-8');
    expect(textOf(Uint8Array.from([0xfe, 0x41]))).not.toBe('');
  });

  it('of a file may be UTF-16 of either order', () => {
    for (const big of [false, true]) expect(fileText(utf16('姓名', big))).toBe('姓名');
    expect(fileText(bytes('姓名'))).toBe('姓名');
    expect(() => fileText(Uint8Array.from([0xff, 0xfe, 0x00, 0xd8]))).toThrow('broken UTF-16');
    expect(why(() => readImport(Uint8Array.from([0xff, 0xfe, 0x00, 0xd8]), 'csv'))).toEqual(['body', 'broken UTF-16']);
    expect(readImport(utf16('a\tb\n1\t2'), 'csv').rows).toEqual([{ line: 2, fields: { a: '1', b: '2' } }]);
  });

  it.each([
    ['text/plain; charset=gbk', 'gbk'],
    ['text/plain;charset="GB18030"; x=y', 'GB18030'],
    ['text/plain; boundary=x;  CharSet = iso-8859-1', 'iso-8859-1'],
    ['text/plain', undefined],
    ['text/plain; xcharset=gbk', undefined],
  ])('of the type %s is in %s', (type, charset) => expect(charsetOf(type)).toBe(charset));
});
