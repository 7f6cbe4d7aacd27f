import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { merged } from '../../../shared/duplicates/merged.ts';
import { plainName, similarity } from '../../../shared/duplicates/similar.ts';
import type { Form } from '../../../shared/lead/form.ts';

const text = fc.option(fc.string({ minLength: 1, maxLength: 5 }), { nil: undefined });
const time = fc.integer({ min: 0, max: 5 }).map((day) => `2026-11-0${day + 1}T00:00:00.000Z`);
const form: fc.Arbitrary<Form> = fc.record({
  contact: fc.record({ name: text, phone: text, email: text, wechat: text }),
  company: fc.option(fc.record({ name: text, industry: text }), { nil: undefined }),
  behavior: fc.option(fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.nat(100)), { nil: undefined }),
  productLine: text,
  source: fc.record({ channel: fc.constantFrom('web', 'meta') }),
  consent: fc.option(fc.record({ marketing: fc.option(fc.boolean(), { nil: undefined }), at: time }), {
    nil: undefined,
  }),
});
const RECEIVED = '2026-11-03T00:00:00.000Z';
const fold = (first: Form, ...posts: Form[]) =>
  posts.reduce(
    (known, post) => merged({ form: known, receivedAt: RECEIVED }, { form: post, receivedAt: RECEIVED }),
    first,
  );

describe('what later posts add', () => {
  it('overwrites nothing that was known, and changes nothing when it comes again', () => {
    fc.assert(
      fc.property(form, form, (first, post) => {
        const once = fold(first, post);
        for (const [name, value] of Object.entries(first.contact)) {
          if (value !== undefined) expect(once.contact[name as 'phone']).toBe(value);
        }
        expect(once.source).toEqual(first.source);
        expect(fold(first, post, post)).toEqual(once);
        expect(fold(once, first)).toEqual(once);
      }),
    );
  });

  it('comes to the same numbers and the same consent in any order', () => {
    fc.assert(
      fc.property(form, fc.array(form, { maxLength: 4 }), (first, posts) => {
        const [one, other] = [fold(first, ...posts), fold(first, ...posts.toReversed())];
        expect(other.behavior).toEqual(one.behavior);
        expect(other.consent?.marketing).toBe(one.consent?.marketing);
      }),
    );
  });

  it('is the later consent, of two at once the refusal, and none that is dated ahead', () => {
    const saying = (marketing: boolean, at?: string): Form => ({
      contact: {},
      source: { channel: 'web' },
      consent: { marketing, ...(at ? { at } : {}) },
    });
    const [early, late] = ['2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z'];
    expect(fold(saying(true, early), saying(false, late)).consent?.marketing).toBe(false);
    expect(fold(saying(false, early), saying(true, late)).consent?.marketing).toBe(true);
    expect(fold(saying(true, late), saying(false, late)).consent?.marketing).toBe(false);
    expect(fold(saying(false), saying(true, '2030-01-01T00:00:00.000Z')).consent?.marketing).toBe(false);
  });
});

describe('how similar names are', () => {
  it('is symmetric, between 0 and 1, and 1 for the same', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const found = similarity(one, other);
        expect(found).toBe(similarity(other, one));
        expect(found).toBeGreaterThanOrEqual(0);
        expect(found).toBeLessThanOrEqual(1);
        expect(similarity(one, one)).toBe(plainName(one) === '' ? 0 : 1);
      }),
    );
  });

  it.each([
    ['王芳', '王芳女士'],
    ['欧阳 文静', '欧阳文静'],
    ['Jonathan Lee', 'LEE, Jonathan'],
    ['Dr. José Pérez', 'Jose Perez'],
    ['Jonathon Lee', 'Jonathan Lee'],
    ['Wang Fang', 'Wang Fang'],
  ])('takes %s and %s for the same', (one, other) => expect(similarity(one, other)).toBeGreaterThanOrEqual(0.85));

  it.each([
    ['王芳', '王方'],
    ['王芳', '李芳'],
    ['Ann Lee', 'Dan Lee'],
    ['总', ''],
  ])('does not take %s and %s for the same', (one, other) => expect(similarity(one, other)).toBeLessThan(0.85));
});
