import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as page from '../../../functions/console/page/product-line.ts';
import * as router from '../../../shared/lead/product-line.ts';

it.each([
  ['mes basic', 'MES  Basic', true],
  [' ｍｅｓ basic', 'mes basic ', true],
  ['mesbasic', 'mes basic', false],
  ['', 'mes', false],
])('%j and %j are one product line: %s', (one, other, same) => {
  expect(router.sameLine(one, other)).toBe(same);
  expect(page.sameLine(one, other)).toBe(same);
});

it('the console takes for one product line what the router does', () => {
  const line = fc.string({ unit: fc.constantFrom('m', 'M', 'ｍ', 'Ｍ', ' ', '　', 'É', 'é'), maxLength: 4 });
  fc.assert(fc.property(line, line, (one, other) => page.sameLine(one, other) === router.sameLine(one, other)));
});
