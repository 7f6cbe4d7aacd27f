import { WHENEVER } from '../platform/clock.ts';
import { dueAfter } from '../sla/calendar.ts';
import { workingHours } from './filters/working-hours.ts';
import type { RepSeen, RoutingInputs } from './inputs.ts';
import { route } from './route.ts';
import { hoursOf } from './rules.ts';

/**
 * When a rep who is off duty is on duty next and not paused (milliseconds); undefined for those on duty, and those who are back only
 * when they say so.
 */
function nextOnDuty(rep: RepSeen, inputs: RoutingInputs): number | undefined {
  const hours = hoursOf(rep, inputs.rules);
  if (!hours || rep.pausedUntil === WHENEVER || workingHours.passOver(rep, inputs) === undefined) return undefined;
  const back = [inputs.at, rep.pausedUntil ?? ''].sort()[1] ?? inputs.at;
  return dueAfter(new Date(back), 0, hours).getTime();
}

/**
 * When a lead that nobody can take now can be taken because somebody's shift begins, all else being as it is (ISO 8601), or before
 * because a break ends; undefined where no shift helps. Pure, by the decision's own inputs.
 */
export function shiftFor(inputs: RoutingInputs): string | undefined {
  if (!inputs.rules.filters.includes('working-hours')) return undefined;
  const begins = inputs.reps.flatMap((rep) => nextOnDuty(rep, inputs) ?? []);
  const shift = firstThatHelps(
    begins.map((time) => new Date(time).toISOString()),
    inputs,
  );
  if (shift === undefined) return undefined;
  // The break of somebody who is on duty may be over before.
  const backs = inputs.reps.flatMap(({ pausedUntil }) => pausedUntil ?? []).filter((back) => back < shift);
  return firstThatHelps(backs, inputs) ?? shift;
}

/** The first of the times at which the lead would be assigned, all else being as it is. */
const firstThatHelps = (times: readonly string[], inputs: RoutingInputs): string | undefined =>
  [...new Set(times)].sort().find((at) => at > inputs.at && route({ ...inputs, at }).outcome === 'assigned');
