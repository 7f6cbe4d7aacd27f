import { beforeEach, describe, expect, it } from 'vitest';
import { current, publish } from '../../../shared/config/store.ts';
import { defaultHrRules } from '../../../shared/org/guard.ts';
import { type Applied, approve, takePush } from '../../../shared/org/push/store.ts';
import { hear, reinstate } from '../../../shared/org/staff/store.ts';
import { historyOf, readRep } from '../../../shared/org/store.ts';
import { commit, reconsider } from '../../../shared/platform/commit.ts';
import { newId } from '../../../shared/platform/random.ts';
import { query } from '../../../shared/platform/table.ts';
import { monday } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const now = () => monday;
let hours = 0;
/** A prefix for the people of one test, and a time of its own before now: each test's roster is newer than those before it. */
let p = '';
const hour = () => {
  hours += 1;
  return new Date(monday.getTime() + (hours - 200) * 3_600_000);
};
const person = (id: string, but: object = {}) => ({
  employeeId: `${p}${id}`,
  name: `${p}${id}`,
  status: 'active',
  ...but,
});
const push = (mode: 'full' | 'delta', ...employees: unknown[]) =>
  takePush(table(), { mode, asOf: hour().toISOString(), employees }, now);
const applied = async (mode: 'full' | 'delta', ...employees: unknown[]): Promise<Applied> => {
  const done = await push(mode, ...employees);
  if (!done.applied) throw new Error(`held: ${done.review.because}`);
  return done;
};
const statusOf = async (id: string) => (await readRep(table(), `${p}${id}`))?.status;

/** Counts the writes to the table. */
function writes(): () => number {
  let count = 0;
  table().client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        if (!/^(Get|BatchGet|Query)/.test(commandName ?? '')) count += 1;
        return next(args);
      },
    { step: 'initialize', name: 'writes', override: true },
  );
  return () => count;
}

const rules = (guard: object) =>
  reconsider(async () => {
    const { hr } = await current(table());
    await commit(
      table(),
      publish('hr', hr, { ...defaultHrRules, guard: { ...defaultHrRules.guard, ...guard } }, 'admin', monday),
    );
  });

beforeEach(async () => {
  p = `${newId(new Date())}-`;
  // The others of this table are absent from every roster here: that is not the guard's business but in its own test.
  await rules({ share: 1, people: 100_000, shrink: 0 });
});

describe('a whole roster', () => {
  it('says of who is absent from it, having stood in one before, that they left', async () => {
    await applied('full', person('a'), person('b'), person('c'));
    expect((await applied('full', person('a'), person('b'))).changed).toEqual([
      { repId: `${p}c`, from: 'active', to: 'left' },
    ]);
    expect(await statusOf('c')).toBe('left');
    expect((await applied('full', person('a'), person('b'))).changed).toEqual([]);
  });

  it('says nothing of who stands in it in a bad row, nor of anybody when a row does not say whom it is about', async () => {
    await applied('full', person('a'), person('b'), person('c'));
    expect((await applied('full', person('a'), person('b'), person('c', { status: 'asleep' }))).changed).toEqual([]);
    expect((await applied('full', person('a'), person('b'), { name: 'nobody' })).changed).toEqual([]);
    expect(await statusOf('c')).toBe('active');
  });

  it('says nothing of whom only other systems know', async () => {
    await hear(table(), 'scim', { employeeId: `${p}s`, name: 'from SCIM', status: 'active' }, monday, 'UTC');
    await applied('full', person('a'), person('b'));
    await applied('full', person('a'), person('b'));
    expect(await statusOf('s')).toBe('active');
  });

  it('that arrives late takes nobody back who came since, and nobody out', async () => {
    const early = hour().toISOString();
    const earlier = { mode: 'full' as const, asOf: early, employees: [person('a'), person('b')] };
    await applied('full', person('a', { status: 'on-leave' }), person('b'), person('n'));
    await takePush(table(), earlier, now);
    expect([await statusOf('a'), await statusOf('n')]).toEqual(['on-leave', 'active']);
  });
});

describe('a whole roster from which many are absent', () => {
  it('freezes none of them until an admin says so, tells the admins once, and is applied in all that it says', async () => {
    const ten = Array.from({ length: 10 }, (_, n) => person(`t${n}`));
    await applied('full', ...ten);
    await rules({});
    const six = [person('t0', { status: 'on-leave' }), ...ten.slice(1, 6)];
    const done = await applied('full', ...six);
    expect(done.changed).toEqual([{ repId: `${p}t0`, from: 'active', to: 'on-leave' }]);
    expect(done.absent).toMatchObject({ wouldFreeze: 4, people: [`${p}t6`, `${p}t7`, `${p}t8`, `${p}t9`] });
    const reviewId = done.absent?.reviewId ?? '';
    const count = writes();
    expect((await applied('full', ...six)).absent).toMatchObject({ reviewId });
    expect(count()).toBe(0);
    expect(await statusOf('t9')).toBe('active');
    const events = await query(table(), { pk: `HR-REVIEW#${reviewId}`, begins: 'EVENT#' });
    expect(events.map(({ type }) => type)).toEqual(['HrPushHeld']);
    const approved = await approve(table(), reviewId, now);
    expect(typeof approved === 'string' ? approved : approved.changed).toHaveLength(4);
    expect(await statusOf('t9')).toBe('left');
  });
});

describe('rows of a push', () => {
  it('of which one says a name for the manager are taken when only one person has it', async () => {
    await applied('delta', person('boss', { name: `${p}王总` }), person('a', { managerId: `${p}王总` }));
    expect((await readRep(table(), `${p}a`))?.managerId).toBe(`${p}boss`);
  });

  it('that make somebody their own manager’s manager are named, and only they are not taken', async () => {
    await applied('delta', person('a'), person('b', { managerId: `${p}a` }), person('c'));
    const done = await applied('delta', person('a', { managerId: `${p}b` }), person('c', { status: 'on-leave' }));
    expect(done.rejected).toEqual([
      { line: 1, path: 'managerId', message: expect.stringContaining(`${p}a comes back`) },
    ]);
    expect(done.changed).toEqual([{ repId: `${p}c`, from: 'active', to: 'on-leave' }]);
    expect((await readRep(table(), `${p}a`))?.managerId).toBeUndefined();
  });
});

describe('a push that says nothing new', () => {
  it('of one row or of many, writes nothing to the table', async () => {
    const many = Array.from({ length: 200 }, (_, n) => person(`m${n}`));
    await applied('full', ...many);
    const count = writes();
    expect((await applied('full', ...many)).changed).toEqual([]);
    expect((await applied('delta', person('m1'))).changed).toEqual([]);
    expect(count()).toBe(0);
  });
});

describe('a push that breaks off', () => {
  it('is made up for by the same push again', async () => {
    const many = Array.from({ length: 300 }, (_, n) => person(`k${n}`));
    let count = 0;
    const { middlewareStack } = table().client;
    middlewareStack.add(
      (next, { commandName }) =>
        (args) => {
          if (commandName?.startsWith('TransactWrite') && ++count > 40) throw new Error('crashed');
          return next(args);
        },
      { step: 'initialize', name: 'crash', override: true },
    );
    await expect(push('full', ...many)).rejects.toThrow('crashed');
    middlewareStack.remove('crash');
    const done = await applied('full', ...many);
    expect(done.changed.length).toBeGreaterThan(0);
    expect(await Promise.all(many.map(({ employeeId }) => readRep(table(), employeeId)))).not.toContain(undefined);
    expect((await applied('full', ...many)).changed).toEqual([]);
  });
});

describe('two pushes at once', () => {
  it('end as if one had come after the other, whichever HR knew later', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [early, late] = [hour().toISOString(), hour().toISOString()];
      await applied('delta', person(`r${round}`));
      const says = (asOf: string, status: string) =>
        takePush(table(), { mode: 'delta', asOf, employees: [person(`r${round}`, { status })] }, now);
      // Known later than the push above.
      const later = hour().toISOString();
      await Promise.all([says(early, 'left'), says(later, 'on-leave'), says(late, 'leaving')]);
      expect(await statusOf(`r${round}`)).toBe('on-leave');
    }
  });
});

describe('somebody who was shut out', () => {
  it('comes back when no system shuts them out any more, and the history says by whom', async () => {
    await applied('delta', person('a'));
    const hears = (status: 'active' | 'left') => hear(table(), 'scim', { employeeId: `${p}a`, status }, monday, 'UTC');
    await hears('left');
    await applied('delta', person('a', { teamId: 'east' }));
    expect(await statusOf('a')).toBe('left');
    await hears('active');
    expect(await statusOf('a')).toBe('active');
    await applied('delta', person('a', { status: 'left' }));
    await reinstate(table(), `${p}a`, { by: 'admin', reason: 'the wrong Li Lei' }, monday, 'UTC');
    expect(await statusOf('a')).toBe('active');
    expect((await historyOf(table(), `${p}a`)).map(({ type, detail }) => [type, detail.by, detail.reason])).toEqual([
      ['RepFrozen', 'scim', undefined],
      ['RepMoved', 'hr', undefined],
      ['RepBack', 'scim', undefined],
      ['RepFrozen', 'hr', undefined],
      ['RepBack', 'admin', 'the wrong Li Lei'],
    ]);
  });
});
