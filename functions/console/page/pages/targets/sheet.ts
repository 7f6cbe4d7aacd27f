import type { Answer, Rep } from '../../calls.ts';
import { byWeight, evenly, missing } from './share.ts';

/** A measure with its targets, and how far everybody is. */
export type Item = Answer<'GET', '/targets/{period}'>['items'][number];

/** What is to be reached of a measure, as it is filled in. */
export interface Sheet {
  measure: Item['measure'];
  company: number;
  teams: { teamId: string; target: number; reps: { repId: string; target: number }[] }[];
}

/** Who takes leads, by team. */
export const teamsOf = (reps: readonly Rep[]): Map<string, Rep[]> =>
  Map.groupBy(
    reps.filter(({ capacity, teamId, status }) => capacity > 0 && teamId !== undefined && status !== 'left'),
    ({ teamId }) => teamId ?? '',
  );

/** A sheet to fill in: what was set already, or every team and rep of the roster at nothing. */
export function sheetOf(measure: Item['measure'], item: Item | undefined, reps: readonly Rep[]): Sheet {
  const teams = [...teamsOf(reps)].map(([teamId, members]) => ({
    teamId,
    target: item?.teams.find((team) => team.teamId === teamId)?.target ?? 0,
    reps: members.map(({ repId }) => ({
      repId,
      target: item?.reps.find((rep) => rep.repId === repId)?.target ?? 0,
    })),
  }));
  return { measure, company: item?.company?.target ?? 0, teams };
}

/** Shares the company's target among its teams by how many they are, and theirs among their people. */
export function shared(sheet: Sheet): Sheet {
  const parts = byWeight(
    sheet.company,
    sheet.teams.map(({ reps }) => reps.length),
  );
  return { ...sheet, teams: sheet.teams.map((team, at) => sharedTeam({ ...team, target: parts[at] ?? 0 })) };
}

/** Shares a team's target evenly among its people. */
export function sharedTeam(team: Sheet['teams'][number]): Sheet['teams'][number] {
  const parts = evenly(team.target, team.reps.length);
  return { ...team, reps: team.reps.map(({ repId }, at) => ({ repId, target: parts[at] ?? 0 })) };
}

/** What of a team's people is missing to its target, where any of them has one. */
export const missingOf = ({ target, reps }: Sheet['teams'][number]): number =>
  reps.every((each) => each.target === 0)
    ? 0
    : missing(
        target,
        reps.map((each) => each.target),
      );

/** What of the teams is missing to the company's target, where any of them has one. */
export const missingOfCompany = ({ company, teams }: Sheet): number =>
  teams.every(({ target }) => target === 0)
    ? 0
    : missing(
        company,
        teams.map(({ target }) => target),
      );

/** A sheet as it is sent: who has nothing to reach is not named. */
export const asSent = ({ measure, company, teams }: Sheet): Sheet => ({
  measure,
  company,
  teams: teams
    .filter(({ target }) => target > 0)
    .map(({ teamId, target, reps }) => ({ teamId, target, reps: reps.filter((rep) => rep.target > 0) })),
});
