import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { publish } from '../../../shared/config/store.ts';
import { defaultHrRules } from '../../../shared/org/guard.ts';
import { takePush } from '../../../shared/org/push/store.ts';
import { readReps } from '../../../shared/org/store.ts';
import { commit } from '../../../shared/platform/commit.ts';
import { newId } from '../../../shared/platform/random.ts';
import { monday } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const now = () => monday;
const people = ['a', 'b'];

/** What HR knew of some people, or of everybody, at an hour. Two pushes of one hour may disagree. */
const push = fc.record({
  mode: fc.constantFrom('full' as const, 'delta' as const),
  hour: fc.integer({ min: 0, max: 5 }),
  rows: fc.uniqueArray(
    fc.record({
      employeeId: fc.constantFrom(...people),
      name: fc.constantFrom('Li', 'Han'),
      status: fc.constantFrom('active', 'on-leave', 'leaving', 'left'),
      teamId: fc.option(fc.constantFrom('east', 'west'), { nil: undefined }),
      hiredAt: fc.option(fc.constantFrom('2020-01-01', '2021-01-01'), { nil: undefined }),
    }),
    { selector: ({ employeeId }) => employeeId, minLength: 1 },
  ),
});
type Pushed = { mode: 'full' | 'delta'; hour: number; rows: { employeeId: string }[] };

let day = 0;

/** The state in which the pushes end, of people who exist for this once, on a day of their own. */
async function endOf(pushes: readonly Pushed[]): Promise<unknown[]> {
  const prefix = newId(new Date());
  day += 1;
  for (const { mode, hour, rows } of pushes) {
    const asOf = new Date(Date.UTC(2020, 0, day, hour)).toISOString();
    const employees = rows.map((row) => ({ ...row, employeeId: `${prefix}-${row.employeeId}` }));
    const done = await takePush(table(), { mode, asOf, employees }, now);
    expect(done.applied).toBe(true);
  }
  const reps = await readReps(
    table(),
    people.map((id) => `${prefix}-${id}`),
  );
  return people.map((id) => {
    const rep = reps.get(`${prefix}-${id}`);
    return rep && [rep.name, rep.status, rep.teamId, rep.hiredAt];
  });
}

describe('pushes of HR’s', () => {
  beforeAll(async () => {
    // The guard is another matter.
    const guard = { share: 1, people: 100_000, least: 1000, shrink: 0 };
    await commit(table(), publish('hr', 1, { ...defaultHrRules, guard }, 'admin', monday));
  });

  it('in any order, repeated and split, end in the same state as in the right order', async () => {
    const history = fc.array(push, { minLength: 1, maxLength: 5 }).chain((pushes) =>
      fc.tuple(
        fc.constant(pushes),
        fc.shuffledSubarray(
          pushes.flatMap((each) => [
            each,
            ...each.rows.map((row) => ({ ...each, mode: 'delta' as const, rows: [row] })),
          ]),
          { minLength: 0 },
        ),
      ),
    );
    await fc.assert(
      fc.asyncProperty(history, async ([pushes, more]) => {
        const inOrder = [...pushes].sort((a, b) => a.hour - b.hour);
        expect(await endOf([...more, ...[...pushes].reverse()])).toEqual(await endOf(inOrder));
      }),
      { numRuns: 20 },
    );
  });
});
