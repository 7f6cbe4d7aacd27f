import { dueAfter } from './calendar.ts';
import type { Deadlines } from './rules.ts';

/** How far the waiting of a lead has been escalated. */
export type SlaLevel = 'none' | 'reminded' | 'supervisor' | 'exception';

/** What happens to a lead that nobody contacts, one step after the other. */
export type SlaStep = 'remind' | 'supervisor' | 'exception' | 'reassign' | 'pool' | 'stuck';

/** A lead's clock: runs from the moment it came in, stops at the first logged contact. All ISO 8601. */
export interface Sla {
  receivedAt: string;
  supervisorDueAt: string;
  exceptionDueAt: string;
  firstContactAt: string | null;
  level: SlaLevel;
  /** When its grade became better; the deadlines of the grade count from then. */
  raisedAt?: string;
  /** When the owner is reminded, if they are; and whether they were. */
  remindDueAt?: string;
  reminded?: true;
  /** When somebody else gets the lead, unless it was given away as often as it may. */
  reassignDueAt?: string;
  /** When it goes to the pool if nobody contacted the customer, or, once somebody did, if nothing more happens. */
  poolDueAt?: string;
  /** When the deal turns red, if nothing happens until then: no move, no contact; and since when it is red and the supervisor knows. */
  stuckDueAt?: string;
  stuckSince?: string;
}

/** When each step of a lead is due that came in at `receivedAt`. */
function dueTimes(receivedAt: Date, deadlines: Deadlines) {
  const due = (ms: number) => dueAfter(receivedAt, ms, deadlines.hours).toISOString();
  const { remindMs, reassignMs, poolMs } = deadlines;
  return {
    supervisorDueAt: due(deadlines.supervisorMs),
    exceptionDueAt: due(deadlines.exceptionMs),
    ...(remindMs === undefined ? {} : { remindDueAt: due(remindMs) }),
    ...(reassignMs === undefined ? {} : { reassignDueAt: due(reassignMs) }),
    ...(poolMs === undefined ? {} : { poolDueAt: due(poolMs) }),
  };
}

/** The clock of a lead that came in at `receivedAt`, by the deadlines. */
export function startClock(receivedAt: Date, deadlines: Deadlines): Sla {
  return {
    receivedAt: receivedAt.toISOString(),
    ...dueTimes(receivedAt, deadlines),
    firstContactAt: null,
    level: 'none',
  };
}

/**
 * The clock of a lead that was given to somebody, by the deadlines of their team and its grade: still counted from its receipt
 * (or from when it got that grade), but for what that owner is given anew (`at`): a reminder, and the time until somebody else gets it.
 */
export function retime(sla: Sla, deadlines: Deadlines, at: Date, given: 'first' | 'anew'): Sla {
  const { remindDueAt, reassignDueAt, poolDueAt, reminded, ...rest } = sla;
  const counted = dueTimes(new Date(sla.raisedAt ?? sla.receivedAt), deadlines);
  if (given === 'first') return { ...rest, ...counted, ...(reminded ? { reminded } : {}) };
  const own = dueTimes(at, deadlines);
  return {
    ...rest,
    supervisorDueAt: counted.supervisorDueAt,
    exceptionDueAt: counted.exceptionDueAt,
    ...(own.remindDueAt === undefined ? {} : { remindDueAt: own.remindDueAt }),
    ...(own.reassignDueAt === undefined ? {} : { reassignDueAt: own.reassignDueAt }),
    ...(own.poolDueAt === undefined ? {} : { poolDueAt: own.poolDueAt }),
  };
}

const sooner = (one: string | undefined, other: string | undefined): string | undefined =>
  one === undefined || (other !== undefined && other < one) ? other : one;

/**
 * The clock of a lead that nobody contacted and whose grade became better at `at`: what is still to come is due as soon as the
 * better grade's deadlines say, counted from now, and never later than it was. So no step falls due at once for time that passed
 * before.
 */
export function hasten(sla: Sla, deadlines: Deadlines, at: Date): Sla {
  if (sla.firstContactAt !== null) return sla;
  const due = dueTimes(at, deadlines);
  const { level } = sla;
  const optional = {
    remindDueAt: sla.reminded ? sla.remindDueAt : sooner(sla.remindDueAt, due.remindDueAt),
    reassignDueAt: sooner(sla.reassignDueAt, due.reassignDueAt),
    poolDueAt: sooner(sla.poolDueAt, due.poolDueAt),
  };
  const waits = level === 'none' || level === 'reminded';
  return {
    ...sla,
    ...(Object.fromEntries(Object.entries(optional).filter(([, time]) => time !== undefined)) as Partial<Sla>),
    supervisorDueAt: (waits && sooner(sla.supervisorDueAt, due.supervisorDueAt)) || sla.supervisorDueAt,
    exceptionDueAt: (level !== 'exception' && sooner(sla.exceptionDueAt, due.exceptionDueAt)) || sla.exceptionDueAt,
    raisedAt: at.toISOString(),
  };
}

/** A step that is to be taken, and when. */
export interface Due {
  step: SlaStep;
  dueAt: string;
}

/** The next step of a waiting lead and when it is due, or undefined when there is none left or contact was made. */
export function nextEscalation(sla: Sla): Due | undefined {
  const { level, remindDueAt, reassignDueAt, supervisorDueAt, exceptionDueAt, poolDueAt, stuckDueAt } = sla;
  const later: Due[] = [
    ...(poolDueAt === undefined ? [] : [{ step: 'pool' as const, dueAt: poolDueAt }]),
    ...(stuckDueAt === undefined ? [] : [{ step: 'stuck' as const, dueAt: stuckDueAt }]),
  ];
  if (sla.firstContactAt !== null) return soonest(later);
  const steps: Due[] = [];
  if (remindDueAt !== undefined && !sla.reminded) steps.push({ step: 'remind', dueAt: remindDueAt });
  // The exception report comes after the supervisor, however late both are.
  if (level === 'none' || level === 'reminded') steps.push({ step: 'supervisor', dueAt: supervisorDueAt });
  else if (level === 'supervisor') steps.push({ step: 'exception', dueAt: exceptionDueAt });
  if (reassignDueAt !== undefined) steps.push({ step: 'reassign', dueAt: reassignDueAt });
  return soonest([...steps, ...later]);
}

/** The one that is due first; of those that are due at once, the first named. */
const soonest = (steps: readonly Due[]): Due | undefined =>
  steps.reduce<Due | undefined>((first, each) => (first && first.dueAt <= each.dueAt ? first : each), undefined);

/** The step that is due at `now`, or undefined. A lead late for several gets them in order, one call each. */
export function overdue(sla: Sla, now: Date): Due | undefined {
  const next = nextEscalation(sla);
  return next && next.dueAt <= now.toISOString() ? next : undefined;
}

/** The clock after a step was taken. */
export function taken(sla: Sla, step: SlaStep): Sla {
  switch (step) {
    case 'remind':
      return { ...sla, reminded: true, level: sla.level === 'none' ? 'reminded' : sla.level };
    case 'reassign': {
      const { reassignDueAt, ...rest } = sla;
      return rest;
    }
    case 'pool': {
      const { poolDueAt, reassignDueAt, ...rest } = sla;
      return rest;
    }
    case 'stuck': {
      const { stuckDueAt, ...rest } = sla;
      return { ...rest, ...(stuckDueAt === undefined ? {} : { stuckSince: stuckDueAt }) };
    }
    default:
      return { ...sla, level: step };
  }
}

/** The clock after something happened with the customer: for a while nobody takes the lead away. */
export function protect(sla: Sla, { protectMs, hours }: Deadlines, at: Date): Sla {
  if (sla.firstContactAt === null) return sla;
  const { poolDueAt, ...rest } = sla;
  return protectMs === undefined ? rest : { ...rest, poolDueAt: dueAfter(at, protectMs, hours).toISOString() };
}

/**
 * The clock of a lead of which it turns out that nobody contacted its customer: it runs from its receipt as before, and what was told
 * stays told. Somebody else gets it, and the pool, only as long after now as after it was given to its owner.
 */
export function reopened(sla: Sla, deadlines: Deadlines, at: Date): Sla {
  const { reassignDueAt, poolDueAt, ...rest } = sla;
  const own = dueTimes(at, deadlines);
  return {
    ...rest,
    firstContactAt: null,
    ...(own.reassignDueAt === undefined ? {} : { reassignDueAt: own.reassignDueAt }),
    ...(own.poolDueAt === undefined ? {} : { poolDueAt: own.poolDueAt }),
  };
}

/** The clock after a deal made progress at a time: it turns red when nothing more happens for so long (milliseconds) after it. */
export function progressed(sla: Sla, at: Date, stuckMs: number): Sla {
  const { stuckSince, stuckDueAt, ...rest } = sla;
  const dueAt = new Date(at.getTime() + stuckMs).toISOString();
  const before = stuckDueAt ?? stuckSince;
  // What is logged late may tell of something that was before the latest progress.
  return before !== undefined && dueAt <= before ? sla : { ...rest, stuckDueAt: dueAt };
}
