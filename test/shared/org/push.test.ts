import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultHrRules } from '../../../shared/org/guard.ts';
import { LastWord } from '../../../shared/org/push/order.ts';
import { plan, type Situation } from '../../../shared/org/push/plan.ts';
import { readRows } from '../../../shared/org/roster.ts';
import { type Page, packed, pageOf, unpacked } from '../../../shared/org/staff/page.ts';
import { type Person, say, today } from '../../../shared/org/staff/word.ts';

const now = today(new Date('2026-11-23T02:00:00.000Z'), 'Asia/Shanghai');
const [early, asOf, late] = [20, 21, 22].map((day) => `2026-11-${day}T00:00:00.000Z`) as [string, string, string];
const row = (employeeId: string, but: object = {}) => ({ employeeId, name: employeeId, status: 'active', ...but });

/** The staff as HR said it before. */
function staff(...rows: object[]): Map<number, Page> {
  const pages = new Map<number, Page>();
  for (const [employeeId, { row: said }] of readRows(rows).good) {
    const words = say({}, 'hr', said, early);
    const page = pages.get(pageOf(employeeId)) ?? { number: pageOf(employeeId), version: 1, people: new Map() };
    const people = new Map<string, Person>([...page.people, [employeeId, { status: said.status, words }]]);
    pages.set(page.number, { ...page, people });
  }
  return pages;
}

const planned = (pages: Map<number, Page>, rows: unknown[], but: Partial<Situation> = {}) =>
  plan({
    asOf,
    mode: 'full',
    read: readRows(rows),
    pages,
    later: new LastWord('Asia/Shanghai'),
    rules: defaultHrRules,
    now,
    ...but,
  });
const rowsOf = (changing: { rows: Map<number, unknown[]> }) => [...changing.rows.values()].flat();

describe('a push of HR', () => {
  const [ann, bob, cai] = [row('ann'), row('bob'), row('cai', { status: 'on-leave' })];

  it('of which nothing is new changes nothing', () => {
    const same = planned(staff(ann, bob, cai), [ann, bob, cai]);
    expect(same).toMatchObject({ rejected: [], active: 2, managersChange: false });
    for (const changing of [same.said, same.absent])
      expect(changing).toEqual({ rows: new Map(), frozen: [], ofActive: 0 });
    expect(same.everybody).toEqual(new Set(['ann', 'bob', 'cai']));
  });

  it('says whom it freezes, and how many of these are active', () => {
    const { said, absent } = planned(staff(ann, bob, cai), [
      ann,
      { ...bob, status: 'leaving' },
      { ...cai, status: 'left' },
      row('new', { status: 'left' }),
    ]);
    expect(said.frozen).toEqual(['bob', 'cai']);
    expect(said.ofActive).toBe(1);
    expect(
      rowsOf(said)
        .map((each) => (each as { employeeId: string }).employeeId)
        .sort(),
    ).toEqual(['bob', 'cai', 'new']);
    expect(said.rows.get(pageOf('bob'))).toContainEqual({ ...bob, status: 'leaving' });
    expect(absent.frozen).toEqual([]);
  });

  it('that is a whole roster takes who is absent for gone, unless the rules say otherwise', () => {
    const pages = staff(ann, bob, row('gone', { status: 'left' }));
    expect(planned(pages, [ann]).absent).toMatchObject({ frozen: ['bob'], ofActive: 1 });
    expect(rowsOf(planned(pages, [ann]).absent)).toEqual([{ employeeId: 'bob', name: 'bob', status: 'left' }]);
    const unchanged = planned(pages, [ann], { rules: { ...defaultHrRules, absent: 'unchanged' } });
    expect(unchanged.absent.frozen).toEqual([]);
    expect(unchanged).not.toHaveProperty('everybody');
    expect(planned(pages, [ann], { mode: 'delta' }).absent.frozen).toEqual([]);
  });

  it('takes nobody for gone of whom a bad row speaks, and nobody at all when one does not say of whom', () => {
    const pages = staff(ann, bob);
    const disputed = planned(pages, [ann, { ...bob, status: 'asleep' }]);
    expect(disputed.absent.frozen).toEqual([]);
    expect(disputed.rejected).toMatchObject([{ line: 2, path: 'status' }]);
    expect(planned(pages, [ann, 'nonsense']).absent.frozen).toEqual([]);
  });

  it('takes for gone only whom HR itself had named', () => {
    const people = new Map([
      ['guest', { status: 'active' as const, words: say({}, 'scim', row('guest') as never, early) }],
    ]);
    const pages = new Map([[pageOf('guest'), { number: pageOf('guest'), version: 1, people }]]);
    expect(planned(pages, [ann])).toMatchObject({ absent: { frozen: [] }, active: 1 });
  });

  it('gives way, field by field, to what HR knew later and was applied before', () => {
    const later = new LastWord('Asia/Shanghai');
    later.take({ asOf: late, rows: [{ employeeId: 'bob', status: 'active' }] });
    const { said } = planned(staff(ann, bob), [ann, { ...bob, status: 'left', teamId: 'east' }], { later });
    expect(said.frozen).toEqual([]);
    expect(rowsOf(said)).toEqual([{ ...bob, teamId: 'east' }]);
  });
});

describe('managers in a push', () => {
  const boss = row('boss', { name: '王芳' });

  it('are known by id, or by a name that is one person’s alone', () => {
    const { said, rejected, managersChange } = planned(staff(boss, row('ann')), [
      boss,
      row('ann', { managerId: '王芳' }),
    ]);
    expect([rejected, managersChange]).toEqual([[], true]);
    expect(rowsOf(said)).toEqual([row('ann', { managerId: 'boss' })]);
  });

  it('may not be one of several who go by a name: the line is named, and the rest of its row taken', () => {
    const other = row('other', { name: '王芳' });
    const said = [boss, other, row('ann', { managerId: '王芳', status: 'left' })];
    const two = planned(staff(boss, other, row('ann')), said);
    expect(two.rejected).toEqual([{ line: 3, path: 'managerId', message: expect.stringContaining('王芳') }]);
    expect(rowsOf(two.said)).toEqual([row('ann', { status: 'left' })]);
    const before = planned(staff(boss, other, row('ann', { managerId: 'boss' })), said);
    expect(before.rejected).toEqual([]);
    expect(rowsOf(before.said)).toEqual([row('ann', { managerId: 'boss', status: 'left' })]);
  });

  it('named by what is somebody’s id are these, whoever else goes by it', () => {
    const pages = staff(row('ann'), row('bob', { name: 'cai' }), row('cai'));
    expect(rowsOf(planned(pages, [row('ann', { managerId: 'cai' })], { mode: 'delta' }).said)).toEqual([
      row('ann', { managerId: 'cai' }),
    ]);
  });

  it('never make anybody their own manager’s manager: such rows are not taken', () => {
    const pages = staff(boss, row('ann', { managerId: 'boss' }), row('bob'));
    const { said, rejected } = planned(pages, [{ ...boss, managerId: 'ann' }, row('bob', { managerId: 'bob' })], {
      mode: 'delta',
    });
    expect(rejected.map(({ line, path }) => [line, path])).toEqual([
      [1, 'managerId'],
      [2, 'managerId'],
    ]);
    expect(rowsOf(said)).toEqual([]);
  });

  it('are looked at only when somebody’s changes', () => {
    const pages = staff(boss, row('ann', { managerId: 'boss' }));
    const { said, managersChange } = planned(pages, [boss, row('ann', { managerId: 'boss', teamId: 'east' })]);
    expect(managersChange).toBe(false);
    expect(rowsOf(said)).toHaveLength(1);
  });
});

describe('the last word', () => {
  it('on each field is what HR knew last, in whatever order the pushes come', () => {
    const push = fc.record({
      asOf: fc.constantFrom(early, asOf, late),
      teamId: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
      email: fc.option(fc.constantFrom('x', 'y'), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(push, { minLength: 1, maxLength: 6 }), push, (pushes, own) => {
        const settle = (inOrder: typeof pushes) => {
          const last = new LastWord('Asia/Shanghai');
          for (const { asOf: at, ...fields } of inOrder)
            last.take({ asOf: at, rows: [{ employeeId: 'ann', ...fields } as never] });
          const { asOf: at, ...fields } = own;
          return last.on({ employeeId: 'ann', ...fields } as never, at);
        };
        const said = settle(pushes);
        expect(settle(pushes.toReversed())).toEqual(said);
        for (const field of ['teamId', 'email'] as const) {
          if (own[field] === undefined) expect(said).not.toHaveProperty(field);
          else {
            const all = [own, ...pushes].filter((each) => each[field] !== undefined);
            const newest = all
              .map((each) => each.asOf)
              .sort()
              .at(-1);
            const values = all
              .filter((each) => each.asOf === newest)
              .map((each) => each[field])
              .sort();
            expect(said[field]).toBe(values.at(-1));
          }
        }
      }),
    );
  });

  it('of who is absent from a whole roster that is known later is that they left', () => {
    const last = new LastWord('Asia/Shanghai');
    last.take({ asOf: late, rows: [], everybody: new Set(['bob']) });
    expect(last.on(row('ann') as never, asOf)).toEqual(row('ann', { status: 'left' }));
    expect(last.on(row('bob') as never, asOf)).toEqual(row('bob'));
    expect(last.on(row('ann') as never, '2026-11-23T00:00:00.000Z')).toEqual(row('ann'));
  });
});

describe('a page of the staff', () => {
  it('is read as it was written, and everybody has one of 256', () => {
    const people = new Map<string, Person>([
      ['李雷', { status: 'active', words: { hr: { since: early, name: '李雷' } } }],
    ]);
    expect(unpacked(packed(people))).toEqual(people);
    const pages = new Set(Array.from({ length: 3000 }, (_, n) => pageOf(`employee-${n}`)));
    expect(Math.min(...pages)).toBe(0);
    expect(Math.max(...pages)).toBe(255);
  });
});
