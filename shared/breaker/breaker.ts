import * as z from 'zod';
import { type Duration, duration, keptDuration, lasting } from '../sla/duration.ts';

const written = (duration: Duration) =>
  z.strictObject({
    /** So many leads failing for one cause … */
    leads: z.int().min(1).max(1000),
    /** … within this time open its breaker. */
    within: duration,
    /** It is tried with one lead after this time; after each failed trial, after twice the time … */
    trialAfter: duration,
    /** … but never less often than this. */
    atMost: duration,
  });

/** When a cause's breaker opens, and when it is tried. */
export const breakerRules = written(duration).refine(
  ({ trialAfter, atMost }) => lasting(trialAfter) <= lasting(atMost),
  { path: ['trialAfter'], message: 'must not be longer than atMost' },
);

/** What earlier versions were: durations of any length, and a first trial after the longest time between two. */
export const keptBreakerRules = written(keptDuration);

/** When a cause's breaker opens, and when it is tried. */
export type BreakerRules = z.infer<typeof breakerRules>;

/** Ten leads in ten minutes; tried after five minutes, ten, twenty, …, an hour. */
export const defaultBreakerRules: BreakerRules = { leads: 10, within: 'PT10M', trialAfter: 'PT5M', atMost: 'PT1H' };

/** The breaker of one cause. Closed: failures are retried one by one. Open: they go to the manual group at once. Times ISO 8601. */
export interface Breaker {
  state: 'closed' | 'open' | 'trial';
  /** Leads that failed lately, by the time of their last failure; as many as it takes to open. */
  recent: { leadId: string; at: string }[];
  /** Failures since it opened, or of the leads that failed lately. */
  failures: number;
  openedAt?: string;
  /** When it is tried next. */
  tryAt?: string;
  /** Failed trials in a row. */
  trials?: number;
  /** The lead with which it is being tried. */
  trialLeadId?: string;
  /** While it is closed: leads of which the admins are yet to be told, together, and when they were told of such last. */
  untold?: string[];
  toldAt?: string;
}

/** A breaker of which nothing was heard yet. */
export const closed: Breaker = { state: 'closed', recent: [], failures: 0 };

const later = (at: Date, by: number): string => new Date(at.getTime() + by).toISOString();

/** When a breaker is tried next, after so many failed trials. */
const nextTrial = (at: Date, trials: number, rules: BreakerRules): string =>
  later(at, Math.min(lasting(rules.atMost), lasting(rules.trialAfter) * 2 ** Math.min(trials, 20)));

/** After a lead failed for the cause; the very same when the failure was counted already. */
export function failed(breaker: Breaker, lead: { leadId: string; at: string }, rules: BreakerRules): Breaker {
  const since = later(new Date(lead.at), -lasting(rules.within));
  const known = breaker.recent.find(({ leadId }) => leadId === lead.leadId);
  if (known && known.at >= lead.at) return breaker;
  const others = breaker.recent.filter(({ leadId, at }) => leadId !== lead.leadId && at > since);
  const recent = [...others, lead].slice(-rules.leads);
  if (breaker.state !== 'closed') return { ...breaker, recent, failures: breaker.failures + (known ? 0 : 1) };
  if (recent.length < rules.leads) return { ...breaker, recent, failures: recent.length };
  const at = new Date(lead.at);
  return {
    state: 'open',
    recent,
    failures: recent.length,
    openedAt: lead.at,
    tryAt: nextTrial(at, 0, rules),
    trials: 0,
  };
}

/**
 * After a lead failed of which nothing else tells the admins: they are told at once (`tell`), unless they were told of others within the
 * time in which so many open the breaker; then of all that came since, together, when it is looked at next.
 */
export function stranded(
  breaker: Breaker,
  { leadId, at }: { leadId: string; at: string },
  rules: BreakerRules,
): { next: Breaker; tell: string[] } {
  const untold = [...new Set([...(breaker.untold ?? []), leadId])];
  const lately = breaker.toldAt !== undefined && breaker.toldAt > later(new Date(at), -lasting(rules.within));
  return lately ? { next: { ...breaker, untold }, tell: [] } : toldOf({ ...breaker, untold }, at);
}

/** After the admins were told of all of whom they were not told yet. */
export function toldOf({ untold = [], ...rest }: Breaker, at: string): { next: Breaker; tell: string[] } {
  return { next: { ...rest, toldAt: at }, tell: untold };
}

/** How many leads failed: since it opened, or, while it is closed, within the time in which so many would open it. */
export const failuresBy = ({ state, recent, failures }: Breaker, rules: BreakerRules, at: Date): number =>
  state === 'closed' ? recent.filter((each) => each.at > later(at, -lasting(rules.within))).length : failures;

/** Whether it is time to try an open breaker; one whose trial lead never came back is tried anew. */
export const isDue = ({ state, tryAt }: Breaker, at: Date): boolean =>
  state !== 'closed' && tryAt !== undefined && tryAt <= at.toISOString();

/** An open breaker that is being tried with a lead. */
export const trying = (breaker: Breaker, trialLeadId: string, at: Date, rules: BreakerRules): Breaker => ({
  ...breaker,
  state: 'trial',
  trialLeadId,
  tryAt: nextTrial(at, breaker.trials ?? 0, rules),
});

/** After the trial lead was placed (closed), or failed again (open, tried later); the very same for any other lead. */
export function tried(
  breaker: Breaker,
  { leadId, passed }: { leadId: string; passed: boolean },
  at: Date,
  rules: BreakerRules,
): Breaker {
  if (breaker.state !== 'trial' || breaker.trialLeadId !== leadId) return breaker;
  if (passed) return closed;
  const { trialLeadId, ...rest } = breaker;
  const trials = (breaker.trials ?? 0) + 1;
  return { ...rest, state: 'open', trials, tryAt: nextTrial(at, trials, rules) };
}
