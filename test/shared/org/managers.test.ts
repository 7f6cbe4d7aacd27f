import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idsByName, inCircles } from '../../../shared/org/push/managers.ts';

describe('managers', () => {
  it('of managers who come back to somebody are found, and nobody else', () => {
    expect(
      inCircles(
        new Map([
          ['a', 'b'],
          ['b', 'c'],
          ['c', 'b'],
          ['d', undefined],
          ['e', 'e'],
        ]),
      ),
    ).toEqual(new Set(['b', 'c', 'e']));
    const people = ['a', 'b', 'c', 'd', 'e', 'f'];
    const some = fc.tuple(...people.map(() => fc.option(fc.constantFrom(...people), { nil: undefined })));
    fc.assert(
      fc.property(some, (managers) => {
        const managerOf = new Map(people.map((id, at) => [id, managers[at]]));
        const circling = people.filter((start) => {
          let who = managerOf.get(start);
          for (let steps = 0; steps < people.length && who !== undefined && who !== start; steps += 1)
            who = managerOf.get(who);
          return who === start;
        });
        expect([...inCircles(managerOf)].sort()).toEqual(circling);
      }),
    );
  });

  it('may be named by a name that only one person has', () => {
    expect(
      idsByName([
        ['1', '李雷'],
        ['2', '韩梅'],
        ['3', '李雷'],
        ['4', undefined],
      ]),
    ).toEqual({ ids: new Map([['韩梅', '2']]), shared: new Set(['李雷']) });
  });
});
