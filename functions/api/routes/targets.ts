import * as z from 'zod';
import { appraisalNow, factsOf } from '../../../shared/appraisal/cards/store.ts';
import { companyDay } from '../../../shared/appraisal/facts/store.ts';
import { allFacts, type DayFacts } from '../../../shared/appraisal/facts.ts';
import type { Period } from '../../../shared/appraisal/period.ts';
import { teamsOf, wasEverIn } from '../../../shared/appraisal/standing.ts';
import { progressOf, type TargetSheet, targetSheet } from '../../../shared/appraisal/target.ts';
import { type KeptTargets, saveTargets, targetsOf } from '../../../shared/appraisal/targets/store.ts';
import type { Rep } from '../../../shared/org/rep.ts';
import { everybody, readReps } from '../../../shared/org/store.ts';
import { iso } from '../../../shared/platform/clock.ts';
import { commit, reconsider } from '../../../shared/platform/commit.ts';
import type { Person } from '../../../shared/platform/identity.ts';
import { invalid, notFound, parseOrRefuse } from '../../../shared/platform/problem.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { mustBeOwnTeam } from '../access.ts';
import { id, route } from '../route.ts';
import { time } from '../views.ts';
import { periodName, readPeriod } from './scorecard-view.ts';

const params = z.object({ period: periodName });
const measure = z.enum(allFacts);
const kept = z.object({ version: z.number(), sheet: targetSheet, by: z.string(), at: time });

/** @throws Problem 400 naming who is not on the roster, or not in the team */
async function checkReps(table: Table, { teams }: TargetSheet): Promise<void> {
  const known = await readReps(
    table,
    teams.flatMap(({ reps }) => reps.map(({ repId }) => repId)),
  );
  for (const [at, { teamId, reps }] of teams.entries())
    for (const [place, { repId }] of reps.entries())
      if (known.get(repId)?.teamId !== teamId)
        throw invalid(`teams.${at}.reps.${place}.repId`, `${repId} is not in ${teamId}`);
}

const who = ({ role, repId }: Person): string => (repId === undefined ? role : `${role} ${repId}`);

async function save(table: Table, period: string, sheet: TargetSheet, person: Person, at: Date): Promise<KeptTargets> {
  await checkReps(table, sheet);
  const before = (await targetsOf(table, period)).find((each) => each.sheet.measure === sheet.measure);
  const made = { version: (before?.version ?? 0) + 1, sheet, by: who(person), at: iso(at) };
  await commit(table, [saveTargets(period, made)]);
  return made;
}

/** Sets what is to be reached. */
export const putTargets = route({
  method: 'PUT',
  path: '/targets/{period}',
  summary:
    'Sets what is to be reached of a measure in a period, by the company, its teams and their people: each sums up',
  roles: ['admin'],
  params,
  body: targetSheet,
  answers: { 200: kept },
  handle: ({ params: { period }, body, person, table, now }) =>
    reconsider(async () => ({ status: 200, body: await save(table, readPeriod(period).name, body, person, now()) })),
});

/** Shares a team's target among its people. */
export const putTeamTargets = route({
  method: 'PUT',
  path: '/targets/{period}/teams/{teamId}',
  summary:
    'Shares a team’s target of a measure among its people; the shares sum up to what the company set for the team',
  roles: ['admin', 'supervisor'],
  params: params.extend({ teamId: id }),
  body: z.strictObject({
    measure,
    reps: z
      .array(z.strictObject({ repId: id, target: z.number().min(0).max(1e12) }))
      .min(1)
      .max(1000),
  }),
  answers: { 200: kept },
  handle: ({ params: { period, teamId }, body, person, table, now }) =>
    reconsider(async () => {
      if (person.role === 'supervisor') mustBeOwnTeam(person.teamId, teamId);
      const before = (await targetsOf(table, readPeriod(period).name)).find(
        ({ sheet }) => sheet.measure === body.measure,
      );
      if (!before?.sheet.teams.some((team) => team.teamId === teamId)) throw notFound(`target of ${teamId}`);
      const teams = before.sheet.teams.map((team) => (team.teamId === teamId ? { ...team, reps: body.reps } : team));
      const sheet = parseOrRefuse(targetSheet, { ...before.sheet, teams });
      return { status: 200, body: await save(table, period, sheet, person, now()) };
    }),
});

const progressView = z.object({
  target: z.number(),
  actual: z.number(),
  due: z.number(),
  days: z.array(z.object({ day: z.string(), actual: z.number(), due: z.number() })),
});

/** What of a sheet somebody sees: an admin all, a supervisor their team, a rep themselves. */
const visible = ({ teams }: TargetSheet, { role, teamId, repId }: Person): TargetSheet['teams'] => {
  if (role === 'admin') return teams;
  if (role === 'supervisor') return teams.filter((team) => team.teamId === teamId);
  return teams.flatMap((team) => {
    const own = team.reps.filter((each) => each.repId === repId);
    return own.length === 0 ? [] : [{ ...team, reps: own }];
  });
};

/** What somebody did on a day, and for which team. */
interface Work extends DayFacts {
  repId: string;
  teamId: string | undefined;
}

/** Whose work makes up what somebody sees of the sheets: also who has left the team since, for the time before. */
async function workers(table: Table, person: Person, sheets: readonly TargetSheet[]): Promise<Rep[]> {
  if (person.role === 'rep') return [...(await readReps(table, [person.repId ?? ''])).values()];
  const all = await everybody(table);
  if (person.role === 'admin') return all;
  const named = new Set(
    sheets.flatMap((sheet) => visible(sheet, person).flatMap(({ reps }) => reps.map(({ repId }) => repId))),
  );
  return all.filter((rep) => named.has(rep.repId) || wasEverIn(rep, person.teamId ?? ''));
}

/** What these people did in a period, day by day. */
async function workOf(table: Table, reps: readonly Rep[], period: Period): Promise<Work[]> {
  const facts = await factsOf(table, reps, period);
  return reps.flatMap((rep) => {
    const teamOn = teamsOf(rep, companyDay);
    return (facts.get(rep.repId) ?? []).map((done) => ({ ...done, repId: rep.repId, teamId: teamOn(done.day) }));
  });
}

/** How far everybody is. */
export const getTargets = route({
  method: 'GET',
  path: '/targets/{period}',
  summary:
    'The targets of a period with the progress by day: the company’s for admins, a team’s for its supervisor, one’s own for a rep; for a team counts what people did while they were in it',
  roles: ['admin', 'supervisor', 'rep'],
  params,
  query: z.object({ measure: measure.optional() }),
  answers: {
    200: z.object({
      items: z.array(
        z.object({
          measure,
          version: z.number(),
          company: progressView.optional(),
          teams: z.array(progressView.extend({ teamId: z.string() })),
          reps: z.array(progressView.extend({ repId: z.string(), teamId: z.string() })),
        }),
      ),
    }),
  },
  handle: async ({ params: { period: name }, query, person, table, now }) => {
    const period = readPeriod(name);
    const all = (await targetsOf(table, period.name)).filter(
      ({ sheet }) => query.measure === undefined || sheet.measure === query.measure,
    );
    const today = companyDay(iso(now()));
    const { workdays } = await appraisalNow(table, period, today);
    const seen = await workers(
      table,
      person,
      all.map(({ sheet }) => sheet),
    );
    const work = await workOf(table, seen, period);
    const byTeam = Map.groupBy(work, ({ teamId }) => teamId);
    const byRep = Map.groupBy(work, ({ repId }) => repId);
    const by = { period, worked: workdays.worked, today };
    const items = all.map(({ sheet, version }) => {
      const teams = visible(sheet, person);
      const of = (target: number, done: readonly Work[] = []) => progressOf(target, sheet.measure, done, by);
      return {
        measure: sheet.measure,
        version,
        ...(person.role === 'admin' ? { company: of(sheet.company, work) } : {}),
        teams: (person.role === 'rep' ? [] : teams).map(({ teamId, target }) => ({
          teamId,
          ...of(target, byTeam.get(teamId)),
        })),
        reps: teams.flatMap(({ teamId, reps }) =>
          reps.map(({ repId, target }) => ({ repId, teamId, ...of(target, byRep.get(repId)) })),
        ),
      };
    });
    return { status: 200, body: { items } };
  },
});
