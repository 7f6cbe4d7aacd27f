import type { Rep, RepStatus } from '../org/rep.ts';
import type { PerformanceRules, Plan } from './model.ts';
import { daysBetween, type Period, type PeriodKind } from './period.ts';
import type { Workdays } from './workdays.ts';

/** What of a person decides by which plan they are measured. */
export type Person = Pick<
  Rep,
  'repId' | 'name' | 'status' | 'teamId' | 'hiredAt' | 'leftAt' | 'statusSince' | 'postings'
>;

/** A stretch of a period in which a person had one team, role and plan. */
export interface Segment {
  readonly planId: string;
  readonly teamId?: string;
  readonly role?: string;
  /** Days from … until before `to`. */
  readonly from: string;
  readonly to: string;
  /** Working days of it on which they were there. */
  readonly days: number;
  /** By unit: how many such units these days make; a whole month makes one. */
  readonly lengths: Readonly<Record<'day' | PeriodKind, number>>;
}

interface Standing {
  status: RepStatus;
  teamId?: string | undefined;
  role?: string | undefined;
}

/** What a person was on each day, as was written down when it changed. `dayOf` says on which day a time is. */
function standings(person: Person, dayOf: (time: string) => string): (day: string) => Standing {
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

/** Whole months from a day until another. */
export function monthsBetween(from: string, to: string): number {
  const [a, b] = [new Date(from), new Date(to)];
  const months = (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
  return b.getUTCDate() < a.getUTCDate() ? months - 1 : months;
}

/** Whether a plan is for somebody of this team, role and tenure in months; of whom no tenure is known is no newcomer. */
function isFor({ for: who }: Plan, { teamId, role }: Standing, tenure: number): boolean {
  const { from = 0, until = Number.POSITIVE_INFINITY } = who.tenureMonths ?? {};
  return (
    (who.teams === undefined || (teamId !== undefined && who.teams.includes(teamId))) &&
    (who.roles === undefined || (role !== undefined && who.roles.includes(role))) &&
    tenure >= from &&
    (tenure < until || until === Number.POSITIVE_INFINITY)
  );
}

const gone = (status: RepStatus): boolean => status === 'left';

/** The stretches of a period in which a person had one team, role and plan; on days before they were hired and after they left, none. */
export function segmentsOf(
  person: Person,
  period: Pick<Period, 'from' | 'to'>,
  { plans }: Pick<PerformanceRules, 'plans'>,
  workdays: Workdays,
  dayOf: (time: string) => string,
): Segment[] {
  const standing = standings(person, dayOf);
  const hired = person.hiredAt === undefined ? undefined : dayOf(person.hiredAt);
  const left = person.leftAt === undefined ? undefined : dayOf(person.leftAt);
  const segments: (Segment & { days: number; to: string; lengths: Record<string, number> })[] = [];
  const after = (day: string) => new Date(Date.parse(day) + 24 * 3600 * 1000).toISOString().slice(0, 10);
  for (const day of daysBetween(period.from, period.to)) {
    const now = standing(day);
    if ((hired !== undefined && day < hired) || (left !== undefined && day > left) || gone(now.status)) continue;
    const tenure = hired === undefined ? Number.POSITIVE_INFINITY : monthsBetween(hired, day);
    const plan = plans.find((each) => isFor(each, now, tenure));
    if (!plan) continue;
    let last = segments.at(-1);
    if (
      !last ||
      last.to !== day ||
      last.planId !== plan.planId ||
      last.teamId !== now.teamId ||
      last.role !== now.role
    ) {
      last = {
        planId: plan.planId,
        ...(now.teamId === undefined ? {} : { teamId: now.teamId }),
        ...(now.role === undefined ? {} : { role: now.role }),
        from: day,
        to: day,
        days: 0,
        lengths: { day: 0, week: 0, month: 0, quarter: 0, year: 0 },
      };
      segments.push(last);
    }
    last.to = after(day);
    if (now.status === 'active' && workdays.worked(day)) last.days += 1;
  }
  for (const segment of segments) Object.assign(segment.lengths, lengthsOf(segment, standing, workdays));
  return segments;
}

/** How many days, weeks, months … the days make on which somebody was there: of each of them, its share of working days. */
function lengthsOf({ from, to }: Segment, standing: (day: string) => Standing, workdays: Workdays) {
  const present = [...daysBetween(from, to)].filter((day) => standing(day).status === 'active' && workdays.worked(day));
  const of = (kind: PeriodKind): number => {
    const counts = new Map<string, { there: number; worked: number }>();
    for (const day of present) {
      const { name, worked } = workdays.around(day, kind);
      counts.set(name, { there: (counts.get(name)?.there ?? 0) + 1, worked });
    }
    return [...counts.values()].reduce((sum, { there, worked }) => sum + there / worked, 0);
  };
  return { day: present.length, week: of('week'), month: of('month'), quarter: of('quarter'), year: of('year') };
}
