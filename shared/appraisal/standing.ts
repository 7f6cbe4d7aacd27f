import type { Rep, RepStatus } from '../org/rep.ts';

/** What of a person decides by which plan they are measured. */
export type Person = Pick<
  Rep,
  'repId' | 'name' | 'status' | 'teamId' | 'hiredAt' | 'leftAt' | 'statusSince' | 'postings'
>;

/** What somebody is on a day. */
export interface Standing {
  status: RepStatus;
  teamId?: string | undefined;
  role?: string | undefined;
}

/** What a person was on each day, as was written down when it changed. `dayOf` says on which day a time is. */
export function standings(person: Person, dayOf: (time: string) => string): (day: string) => Standing {
  const { postings = [], status, teamId, statusSince, leftAt } = person;
  const hr = postings.filter((each) => each.status !== undefined);
  const changes: { day: string; to: Partial<Standing> }[] = postings.map(({ at, ...to }) => ({
    day: at === '' ? '' : dayOf(at),
    // Where HR says no team, there is none any more.
    to: to.status === undefined ? to : { ...to, teamId: to.teamId },
  }));
  if (hr.length === 0) {
    changes.push({ day: '', to: { status: statusSince || leftAt ? 'active' : status, teamId } });
    if (status !== 'active' && statusSince) changes.push({ day: dayOf(statusSince), to: { status } });
  }
  changes.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  return (day) => {
    const now: Standing = { status: 'active' };
    for (const change of changes) if (change.day <= day) Object.assign(now, change.to);
    return now;
  };
}

/** For which team what a person did on a day counts: the one that they were in; of who left, the one that they were last in. */
export function teamsOf(person: Person, dayOf: (time: string) => string): (day: string) => string | undefined {
  const postings = (person.postings ?? []).filter(({ status, teamId }) => status !== 'left' || teamId !== undefined);
  const standing = standings({ ...person, postings }, dayOf);
  return (day) => standing(day).teamId;
}

/** Whether a person is in a team, or ever was. */
export const wasEverIn = ({ teamId: now, postings = [] }: Person, teamId: string): boolean =>
  now === teamId || postings.some((each) => each.teamId === teamId);

/** Whole months from a day until another. */
export function monthsBetween(from: string, to: string): number {
  const [a, b] = [new Date(from), new Date(to)];
  const months = (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
  return b.getUTCDate() < a.getUTCDate() ? months - 1 : months;
}
