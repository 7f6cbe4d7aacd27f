import { beforeAll, describe, expect, it } from 'vitest';
import { closeCycle } from '../../../functions/api/routes/cycles.ts';
import { getRankings } from '../../../functions/api/routes/rankings.ts';
import { count } from '../../../shared/appraisal/facts/store.ts';
import { applyStaffChange, readRep } from '../../../shared/org/store.ts';
import { commit } from '../../../shared/platform/commit.ts';
import type { Person } from '../../../shared/platform/identity.ts';
import { useRealTable } from '../../real-table.ts';
import { admin, call, hire } from './asked.ts';

const { table } = useRealTable();
const january = '2027-01-11T02:00:00.000Z';
const supervisor = (teamId: string): Person => ({ role: 'supervisor', repId: `head-of-${teamId}`, teamId });
const won = (repId: string, day: string, deals: number) =>
  commit(
    table(),
    count('deals', [
      {
        repId,
        at: `${day}T03:00:00.000Z`,
        facts: { won: deals, closed: 12 },
        of: { what: 'won', id: `${repId}-${day}`, leadId: `lead-${repId}` },
      },
    ]),
  );
/** HR says something else of somebody. */
const becomes = async (repId: string, day: string, but: object) => {
  const rep = await readRep(table(), repId);
  if (!rep) throw new Error(repId);
  const { name, status, teamId, hiredAt } = rep;
  const from = { name, status, ...(teamId && { teamId }), ...(hiredAt && { hiredAt }) };
  const change = { repId, from, to: { ...from, ...but }, by: 'hr' };
  await commit(table(), applyStaffChange(change, new Date(`${day}T01:00:00.000Z`)));
};

beforeAll(async () => {
  for (const [repId, teamId, deals] of [
    ['e1', 'east', 9],
    ['e2', 'east', 7],
    ['e3', 'east', 3],
    ['w1', 'west', 10],
    ['w2', 'west', 5],
  ] as const) {
    await hire(table(), repId, { teamId });
    await won(repId, '2026-11-10', deals);
  }
  await call(closeCycle, january, { params: { period: '2026-Q4' } });
});

describe('the ranking of a closed period', () => {
  const ranking = async (person: Person, query: object = {}) =>
    (await call(getRankings, january, { query: { period: '2026-Q4', ...query }, person })).body;

  it('stays that of those who were in a team when it was closed, whoever moves to another', async () => {
    const asked = () => Promise.all([ranking(supervisor('east')), ranking(supervisor('west')), ranking(admin)]);
    const before = await asked();
    await becomes('e3', '2027-01-12', { teamId: 'west' });
    expect(await asked()).toEqual(before);
    const idsOf = ({ items }: { items?: unknown }) => (items as { repId: string }[]).map(({ repId }) => repId).sort();
    expect(before.map(idsOf)).toEqual([
      ['e1', 'e2', 'e3'],
      ['w1', 'w2'],
      ['e1', 'e2', 'e3', 'w1', 'w2'],
    ]);
    expect(before[0]).toMatchObject({ closed: true });
    expect(await ranking(admin, { teamId: 'west' })).toEqual(before[1]);
  });

  it('is nobody’s for a supervisor without a team', async () => {
    await expect(ranking({ role: 'supervisor', repId: 's' })).resolves.toMatchObject({ items: [], closed: true });
  });
});
