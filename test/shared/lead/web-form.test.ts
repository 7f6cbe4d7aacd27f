import { describe, expect, it } from 'vitest';
import { normalisePhone } from '../../../shared/lead/phone.ts';
import { webFormWith } from '../../../shared/lead/web-form.ts';

const form = webFormWith(normalisePhone);
const contact = { phone: '138 0013 8000' };
const wrongIn = (posted: unknown): string[] =>
  form.safeParse(posted).error?.issues.map(({ path }) => path.join('.')) ?? [];

describe('a web form', () => {
  it('is read with its phone normalised, texts trimmed, and what is empty left out', () => {
    const read = form.parse({
      contact: { name: ' 王芳 ', phone: ' 13800138000 ', email: ' Wang@example.com ', wechat: '' },
      company: { name: '', employees: 320 },
      message: '  ',
    });
    expect(read.contact).toEqual({
      name: '王芳',
      phone: '+8613800138000',
      email: 'Wang@example.com',
      wechat: undefined,
    });
    expect(read.company).toEqual({ name: undefined, employees: 320 });
    expect(read.message).toBeUndefined();
  });

  it('with blanks for an e-mail names none, as with blanks for anything else', () => {
    for (const blanks of ['', ' ', '　\t'])
      expect(form.parse({ contact: { ...contact, email: blanks } }).contact.email).toBeUndefined();
    const read = form.safeParse({ contact: { ...contact, email: 'wang @example.com' } });
    expect(read.error?.issues.map(({ message }) => message)).toEqual(['not an e-mail address']);
  });

  it('has its consent’s time in UTC', () => {
    const { consent } = form.parse({ contact, consent: { marketing: true, at: '2026-11-01T10:00:00+08:00' } });
    expect(consent?.at).toBe('2026-11-01T02:00:00.000Z');
  });

  it.each<[string, unknown, string]>([
    ['no phone', { contact: { phone: '123' } }, 'contact.phone'],
    ['no address of mail', { contact: { ...contact, email: 'wang' } }, 'contact.email'],
    ['nothing by which to reach anybody', { contact: { name: '王芳' } }, 'contact'],
    ['nothing but blanks', { contact: { phone: '', email: '', wechat: ' ' } }, 'contact'],
    ['fewer than no employees', { contact, company: { employees: -1 } }, 'company.employees'],
    ['a number of behaviour that is none', { contact, behavior: { pageViews: 'many' } }, 'behavior.pageViews'],
    [
      'a name that reaches into prototypes',
      { contact, behavior: JSON.parse('{"constructor": 1}') },
      'behavior.constructor',
    ],
    ['a text that is too long', { contact, message: 'x'.repeat(5001) }, 'message'],
  ])('with %s is refused with the name of the field', (_, posted, field) => {
    expect(wrongIn(posted)).toEqual([field]);
  });

  it('needs one way to reach somebody, whichever', () => {
    for (const one of [contact, { email: 'wang@example.com' }, { wechat: 'wf88' }])
      expect(wrongIn({ contact: one })).toEqual([]);
  });
});
