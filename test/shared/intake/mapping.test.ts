import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { losslessJson } from '../../../shared/intake/json.ts';
import { fieldMap } from '../../../shared/intake/known-fields.ts';
import { answersOf, NotUnderstood, understand } from '../../../shared/intake/mapping.ts';
import { previewOf } from '../../../shared/intake/preview.ts';
import { defaultSourcesRules, sourcesRules } from '../../../shared/intake/sources.ts';
import { normalisePhone } from '../../../shared/lead/phone.ts';

const map = fieldMap(defaultSourcesRules, 'import');
const read = (fields: Record<string, string>, by = map) =>
  understand(
    Object.entries(fields).map(([name, value]) => ({ name, value })),
    by,
    normalisePhone,
  ).form;

describe('answers', () => {
  it('are known by their names whatever their case, blanks and underscores', () => {
    expect(read({ 'FULL NAME': 'Ann', Phone_Number: '13800138000', ' E-Mail ': 'a@b.co' }).contact).toEqual({
      name: 'Ann',
      phone: '+8613800138000',
      email: 'a@b.co',
    });
  });

  it('of first and last names are one name, as each language writes it', () => {
    expect(read({ first_name: 'Lei', last_name: 'Li', email: 'a@b.co' }).contact.name).toBe('Lei Li');
    expect(read({ 名: '雷', 姓: '李', email: 'a@b.co' }).contact.name).toBe('李雷');
  });

  it('of places are one address, each part once', () => {
    const { location } = read({ 省份: '江苏省', 城市: '苏州市', 详细地址: '苏州市星湖街328号', tel: '13800138000' });
    expect(location?.address).toBe('江苏省苏州市，苏州市星湖街328号'.replace('，', ''));
  });

  it('that their field cannot hold are kept as they were said, and cost nobody the lead', () => {
    const form = read({ phone: 'call me', email: 'a@b.co', employees: 'many', 预算: '十万' });
    expect(form.contact).toEqual({ email: 'a@b.co' });
    expect(form.fields).toEqual(
      expect.arrayContaining([
        { name: 'phone', value: 'call me' },
        { name: 'employees', value: 'many' },
        { name: '预算', value: '十万' },
      ]),
    );
  });

  it('that their field cannot hold give way to the next answer for it, and are kept', () => {
    const form = read({ 手机: '无', 电话: '-', mobile: '13800138000', tel: '13900139000' });
    expect(form.contact).toEqual({ phone: '+8613800138000' });
    expect(form.fields?.map(({ value }) => value).sort()).toEqual(['-', '13900139000', '无']);
    expect(read({ 电话: '无', '电话 (2)': '13800138000' }).contact).toEqual({ phone: '+8613800138000' });
    const sized = read({ phone: '13800138000', employees: '-5', company_size: 'many', 员工人数: '300' });
    expect([sized.company?.employees, sized.fields?.map(({ name }) => name).sort()]).toEqual([
      5,
      ['company_size', '员工人数'],
    ]);
  });

  it('by which nobody can be reached are not understood, and the reason quotes none of them', () => {
    expect(() => read({ phone: 'SECRET', name: 'Ann' })).toThrow(NotUnderstood);
    try {
      read({ phone: 'SECRET', name: 'Ann' });
    } catch (error) {
      expect((error as Error).message).toMatch(/contact.phone: not a phone number/);
      expect((error as Error).message).not.toMatch(/SECRET|Ann/);
      expect((error as NotUnderstood).errors).toEqual([{ path: 'contact.phone', message: 'not a phone number' }]);
    }
  });

  it('go where the customer says before where names are known to belong', () => {
    const rules = sourcesRules.parse({
      import: { fields: { name: 'company.name', 备注: 'ignore', vid: 'source.clickIds.bd_vid' } },
    });
    const form = read({ name: 'ACME', phone: '13800138000', 备注: 'x', vid: 'v1' }, fieldMap(rules, 'import'));
    expect(form).toMatchObject({ company: { name: 'ACME' }, source: { clickIds: { bd_vid: 'v1' } } });
    expect(form.fields).toBeUndefined();
  });

  it('are all in the lead, or it is not understood: none is lost, whatever their names', () => {
    const name = fc.oneof(
      fc.string({ minLength: 1, maxLength: 20 }),
      fc.constantFrom('__proto__', 'constructor', 'phone', '姓名'),
    );
    fc.assert(
      fc.property(
        fc.array(fc.record({ name, value: fc.string({ minLength: 1, maxLength: 30 }) }), { maxLength: 20 }),
        (answers) => {
          const all = [{ name: 'tel', value: '13800138000' }, ...answers];
          const { form } = understand(all, map, normalisePhone);
          const known = JSON.stringify(form);
          for (const { name, value } of answers) {
            if (map.has(name.toLowerCase()) || value.trim() === '') continue;
            if (
              map.get(
                name
                  .normalize('NFKC')
                  .replace(/[\s_:：*-]+/g, '')
                  .toLowerCase(),
              )
            )
              continue;
            expect(form.fields).toContainEqual({ name, value });
          }
          expect(known).toContain('+8613800138000');
          expect(Object.getPrototypeOf({})).toBe(Object.prototype);
        },
      ),
    );
  });
});

describe('JSON', () => {
  it('keeps numbers that JavaScript cannot hold digit for digit, and all others as numbers', () => {
    expect(losslessJson('{"a":9223372036854775807,"b":[6805367880608000001],"c":1.5,"d":12,"e":1e3}')).toEqual({
      a: '9223372036854775807',
      b: ['6805367880608000001'],
      c: 1.5,
      d: 12,
      e: 1000,
    });
  });

  it('is flattened to answers as far as forms go, and no deeper', () => {
    expect(answersOf({ a: { b: 1 }, list: [{ name: 'q', values: ['x', 'y'] }], tags: ['t', 'u'], none: null })).toEqual(
      [
        { name: 'a.b', value: '1' },
        { name: 'q', value: 'x, y' },
        { name: 'tags', value: 't, u' },
      ],
    );
    expect(() => answersOf(JSON.parse(`${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`))).toThrow(NotUnderstood);
  });

  it('in quarantine shows names of fields, and nobody’s data', () => {
    const body = JSON.stringify({
      phone: '13800138000',
      n: 13800138000,
      list: ['王芳'],
      inner: { mail: 'ann@example.com' },
    });
    for (const text of [
      body,
      'phone=13800138000&name=%E7%8E%8B',
      '--b\r\nname="x"\r\n\r\n13800138000',
      '13800138000,王芳',
      body.slice(0, 30),
    ])
      expect(previewOf(Buffer.from(text))).not.toMatch(/3800138|王芳|nn@|%8E/);
    expect(previewOf(Buffer.from(body))).toContain('"phone":"1…"');
  });
});
