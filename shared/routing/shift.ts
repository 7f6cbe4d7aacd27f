import { dueAfter } from '../sla/calendar.ts';
import { workingHours } from './filters/working-hours.ts';
import type { RepSeen, RoutingInputs } from './inputs.ts';
import { route } from './route.ts';
import { hoursOf } from './rules.ts';

/** When a rep who is off duty is on duty next and not paused (milliseconds); undefined for those on duty. */
function nextOnDuty(rep: RepSeen, inputs: RoutingInputs): number | undefined {
  const hours = hoursOf(rep, inputs.rules);
  if (!hours || workingHours.passOver(rep, inputs) === undefined) return undefined;
  const back = [inputs.at, rep.pausedUntil ?? ''].sort()[1] ?? inputs.at;
  return dueAfter(new Date(back), 0, hours).getTime();
}

/**
 * When a lead that nobody can take now can be taken because somebody's shift begins, all else being as it is (ISO 8601); undefined
 * where no shift helps. Pure, by the decision's own inputs.
 */
export function shiftFor(inputs: RoutingInputs): string | undefined {
  if (!inputs.rules.filters.includes('working-hours')) return undefined;
  const begins = inputs.reps.flatMap((rep) => nextOnDuty(rep, inputs) ?? []);
  return [...new Set(begins)]
    .sort((a, b) => a - b)
    .map((time) => new Date(time).toISOString())
    .find((at) => at > inputs.at && route({ ...inputs, at }).outcome === 'assigned');
}
