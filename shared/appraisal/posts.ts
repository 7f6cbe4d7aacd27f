import type { PerformanceRules, Plan } from './model.ts';
import { daysBetween, type Period, type PeriodKind, plusDays } from './period.ts';
import { monthsBetween, type Person, type Standing, standings } from './standing.ts';
import type { Workdays } from './workdays.ts';

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

/** Whether a plan is for somebody of this team, role and tenure in months; of whom no tenure is known is no newcomer. */
function isFor({ for: who }: Plan, { teamId, role }: Standing, tenure: number): boolean {
  const { from = 0, until = Number.POSITIVE_INFINITY } = who.tenureMonths ?? {};
  return (
    (who.teams === undefined || who.teams.includes(teamId ?? '')) &&
    (who.roles === undefined || who.roles.includes(role ?? '')) &&
    tenure >= from &&
    (tenure < until || until === Number.POSITIVE_INFINITY)
  );
}

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
  const segments: (Pick<Segment, 'planId' | 'teamId' | 'role' | 'from'> & { to: string })[] = [];
  for (const day of daysBetween(period.from, period.to)) {
    const now = standing(day);
    if (day > (left ?? day) || now.status === 'left') continue;
    // Before they were hired it is less than nothing, and no plan is for them.
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
      };
      segments.push(last);
    }
    last.to = plusDays(day, 1);
  }
  return segments.map((segment) => {
    const lengths = lengthsOf(segment, standing, workdays);
    return { ...segment, days: lengths.day, lengths };
  });
}

/** How many days, weeks, months … the days make on which somebody was there: of each of them, its share of working days. */
function lengthsOf(
  { from, to }: Pick<Segment, 'from' | 'to'>,
  standing: (day: string) => Standing,
  workdays: Workdays,
) {
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
