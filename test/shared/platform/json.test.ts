import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readJson } from '../../../shared/platform/json.ts';

it('of JSON from outside, half characters become the sign for what could not be read, in texts and in names', () => {
  expect(readJson('{"a\\ud800":["\\udc00x",{"b":"\\uD83D\\uDE00"}],"__proto__":1}')).toEqual(
    JSON.parse('{"a\ufffd":["\ufffdx",{"b":"😀"}],"__proto__":1}'),
  );
});

it('any JSON comes out as it is but for half characters, of which none is left', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string({ unit: 'binary' }), (value, text) => {
      const read = readJson(JSON.stringify([value, text]));
      expect(JSON.stringify(read)).not.toMatch(/\\ud[89a-f]/);
      if (JSON.stringify(value).isWellFormed() && !JSON.stringify(value).includes('\\ud'))
        expect((read as unknown[])[0]).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
