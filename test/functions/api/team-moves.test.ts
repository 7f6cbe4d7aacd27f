import { beforeAll, describe, expect, it } from 'vitest';
import { closeCycle } from '../../../functions/api/routes/cycles.ts';
import { getRankings } from '../../../functions/api/routes/rankings.ts';
import { getTargets, putTargets } from '../../../functions/api/routes/targets.ts';
import { count } from '../../../shared/appraisal/facts/store.ts';
import { applyStaffChange, readRep } from '../../../shared/org/store.ts';
import { commit } from '../../../shared/platform/commit.ts';
import type { Person } from '../../../shared/platform/identity.ts';
import { useRealTable } from '../../real-table.ts';
import { admin, call, hire, rep } from './asked.ts';

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

describe('the targets of a team', () => {
  interface Progress {
    company?: { actual: number };
    teams: { teamId: string; actual: number }[];
    reps: { repId: string; actual: number }[];
  }
  const setFor = (period: string, east: [repId: string, target: number][]) => {
    const sum = east.reduce((all, [, target]) => all + target, 0);
    const teams = [
      { teamId: 'east', target: sum, reps: east.map(([repId, target]) => ({ repId, target })) },
      { teamId: 'west', target: 20 },
    ];
    return call(putTargets, january, { params: { period }, body: { measure: 'won', company: sum + 20, teams } });
  };
  const progress = async (period: string, person: Person) => {
    const { items } = (await call(getTargets, '2027-04-01T02:00:00.000Z', { params: { period }, person })).body;
    const [{ company, teams, reps } = { teams: [], reps: [] }] = items as unknown as Progress[];
    return {
      ...(company && { company: company.actual }),
      teams: Object.fromEntries(teams.map(({ teamId, actual }) => [teamId, actual])),
      reps: Object.fromEntries(reps.map(({ repId, actual }) => [repId, actual])),
    };
  };
  const everyone = (period: string) =>
    Promise.all([admin, supervisor('east'), supervisor('west'), rep('e4')].map((person) => progress(period, person)));

  beforeAll(async () => {
    await hire(table(), 'e4', { teamId: 'east' });
    await hire(table(), 'e5', { teamId: 'east' });
    await won('e4', '2026-09-10', 4);
    await won('e5', '2026-09-10', 2);
    await won('e4', '2027-02-09', 1);
    await won('e4', '2027-02-11', 6);
    await setFor('2026-Q3', [['e4', 30]]);
    await setFor('2027-Q1', [['e4', 30]]);
  });

  it('are reached by what people did while they were in it: no move changes what is past', async () => {
    const before = await everyone('2026-Q3');
    await becomes('e4', '2027-02-10', { teamId: 'west' });
    await becomes('e5', '2027-02-10', { teamId: 'west' });
    expect(await everyone('2026-Q3')).toEqual(before);
    expect(before).toEqual([
      { company: 6, teams: { east: 6, west: 0 }, reps: { e4: 4 } },
      { teams: { east: 6 }, reps: { e4: 4 } },
      { teams: { west: 0 }, reps: {} },
      { teams: {}, reps: { e4: 4 } },
    ]);
  });

  it('of a period in which somebody moves add up to the company’s, and all see the same of a person', async () => {
    expect(await everyone('2027-Q1')).toEqual([
      { company: 7, teams: { east: 1, west: 6 }, reps: { e4: 7 } },
      { teams: { east: 1 }, reps: { e4: 7 } },
      { teams: { west: 6 }, reps: {} },
      { teams: {}, reps: { e4: 7 } },
    ]);
  });

  it('keep what somebody did who left and of whom HR names no team any more', async () => {
    await becomes('e4', '2027-02-11', { status: 'left', teamId: undefined });
    expect((await everyone('2027-Q1'))[0]).toMatchObject({ company: 7, teams: { east: 1, west: 6 } });
  });
});
