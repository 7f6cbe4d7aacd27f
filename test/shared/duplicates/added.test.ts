import { describe, expect, it } from 'vitest';
import { merged } from '../../../shared/duplicates/merged.ts';
import { plainName, similarity } from '../../../shared/duplicates/similar.ts';
import type { Form } from '../../../shared/lead/form.ts';

const form = (but: Partial<Form> = {}): Form => ({ contact: {}, source: { channel: 'web' }, ...but });
const [early, late, later] = [1, 2, 3].map((n) => `2026-11-0${n}T00:00:00.000Z`) as [string, string, string];
const add = (known: Form, more: Form, [first, second] = [early, late]): Form =>
  merged({ form: known, receivedAt: first }, { form: more, receivedAt: second });

describe('a later post', () => {
  it('adds whatever was missing', () => {
    const whole = form({
      contact: { name: '王芳', phone: '+8613800138000' },
      company: { name: '苏州精工' },
      location: { address: '苏州' },
      productLine: 'mes',
      preferredRepId: 'rep-li',
      behavior: { pageViews: 2 },
      consent: { marketing: true, at: early },
    });
    expect(add(form(), whole)).toEqual(whole);
    expect(add(whole, form())).toStrictEqual(whole);
    expect(add(form(), form())).toStrictEqual(form());
  });

  it('fills in the parts of a company that were not known, and never mixes two addresses', () => {
    const known = form({ company: { name: '苏州精工' }, location: { address: '苏州' } });
    const more = form({ company: { name: '另一家', employees: 320 }, location: { postcode: '200000' } });
    expect(add(known, more)).toMatchObject({
      company: { name: '苏州精工', employees: 320 },
      location: { address: '苏州' },
    });
    expect(add(known, more).location).not.toHaveProperty('postcode');
  });

  it('raises numbers of behaviour and never lowers them', () => {
    const known = form({ behavior: { pageViews: 5, downloads: 1 } });
    expect(add(known, form({ behavior: { pageViews: 3, downloads: 4, videos: 1 } })).behavior).toEqual({
      pageViews: 5,
      downloads: 4,
      videos: 1,
    });
  });

  it('brings a lead to a hundred numbers at most, of which the known ones still rise', () => {
    const hundred = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`n${n}`, 1]));
    const { behavior } = add(form({ behavior: hundred }), form({ behavior: { more: 1, n7: 9 } }));
    expect(Object.keys(behavior ?? {})).toHaveLength(100);
    expect(behavior).toMatchObject({ n7: 9 });
    const { n0, ...rest } = hundred;
    expect(add(form({ behavior: rest }), form({ behavior: { more: 1 } })).behavior).toHaveProperty('more');
  });
});

describe('a consent', () => {
  const saying = (marketing?: boolean, at?: string): Form =>
    form({ consent: { ...(marketing === undefined ? {} : { marketing }), ...(at ? { at } : {}) } });

  it('counts from when it was said, or else from when it came', () => {
    expect(add(saying(true), saying(false)).consent).toEqual({ marketing: false, at: late });
    expect(add(saying(true, early), saying(false, early), [late, later]).consent?.marketing).toBe(false);
    expect(add(saying(false, late), saying(true, early), [late, later]).consent?.marketing).toBe(false);
    expect(add(saying(true, late), saying(false, early), [late, later]).consent?.marketing).toBe(true);
  });

  it('of two said at once is the refusal, whichever came first', () => {
    expect(add(saying(false, early), saying(true, early)).consent?.marketing).toBe(false);
    expect(add(saying(true, early), saying(false, early)).consent?.marketing).toBe(false);
    expect(add(saying(true, early), saying(true, early)).consent).toEqual({ marketing: true, at: early });
  });

  it('stays where the later post says nothing of it, with the words that were agreed to', () => {
    const agreed = form({ consent: { marketing: true, at: early, text: 'yes' } });
    expect(add(agreed, saying(undefined, late)).consent).toEqual(agreed.consent);
    expect(add(form(), saying(undefined, late)).consent).toEqual({ at: late });
    expect(add(saying(undefined, late), agreed).consent).toEqual(agreed.consent);
  });

  it('dated ahead counts from when it came', () => {
    expect(add(form(), saying(true, '2030-01-01T00:00:00.000Z')).consent?.at).toBe(late);
  });
});

describe('a name', () => {
  it.each([
    ['Mr. José  PÉREZ', 'jose perez'],
    ['Dr Prof Lee', 'lee'],
    ['Lee Drake', 'drake lee'],
    ['Missy Profit', 'missy profit'],
    ['王芳 女士', '王芳女士'],
    ['王芳总经理', '王芳'],
    ['欧阳 文静', '欧阳文静'],
    ['王芳 Fang', 'fang 王芳'],
    ['ＷＡＮＧ', 'wang'],
    ['-', ''],
  ])('%s is plainly %j', (name, plain) => expect(plainName(name)).toBe(plain));

  it.each([
    ['abc', 'abd', 2 / 3],
    ['abc', 'ab', 2 / 3],
    ['abc', 'bc', 2 / 3],
    ['abcd', 'wxyz', 0],
    ['abc', '', 0],
    ['', '', 0],
  ])('%j is like %j by %d', (one, other, by) => expect(similarity(one, other)).toBeCloseTo(by, 10));

  it('is compared by its first sixty letters', () => {
    const sixty = 'a'.repeat(60);
    expect(similarity(`${sixty}b`, `${sixty}c`)).toBe(1);
    expect(similarity(`${sixty.slice(1)}b`, `${sixty.slice(1)}c`)).toBeLessThan(1);
  });
});
