/** How far the waiting of a lead has been escalated. */
export type SlaLevel = 'none' | 'reminded' | 'supervisor' | 'exception';

/** A lead's clock: runs from the moment it came in, stops at the first logged contact. All ISO 8601. */
export interface Sla {
  receivedAt: string;
  supervisorDueAt: string;
  exceptionDueAt: string;
  firstContactAt: string | null;
  level: SlaLevel;
}

/** The clock of a lead that came in at `receivedAt`, by the deadlines in milliseconds. */
export function startClock(receivedAt: Date, deadlines: { supervisorMs: number; exceptionMs: number }): Sla {
  const due = (ms: number) => new Date(receivedAt.getTime() + ms).toISOString();
  return {
    receivedAt: receivedAt.toISOString(),
    supervisorDueAt: due(deadlines.supervisorMs),
    exceptionDueAt: due(deadlines.exceptionMs),
    firstContactAt: null,
    level: 'none',
  };
}

/** The next escalation of a waiting lead and when it is due, or undefined when there is none left or contact was made. */
export function nextEscalation(sla: Sla): { level: 'supervisor' | 'exception'; dueAt: string } | undefined {
  if (sla.firstContactAt !== null || sla.level === 'exception') return undefined;
  return sla.level === 'supervisor'
    ? { level: 'exception', dueAt: sla.exceptionDueAt }
    : { level: 'supervisor', dueAt: sla.supervisorDueAt };
}

/** The escalation that is due at `now`, or undefined. A lead late for both levels gets them in order, one call each. */
export function overdue(sla: Sla, now: Date): ReturnType<typeof nextEscalation> {
  const next = nextEscalation(sla);
  return next && next.dueAt <= now.toISOString() ? next : undefined;
}
