import { WHENEVER } from '../platform/clock.ts';
import { dueAfter } from '../sla/calendar.ts';
import { workingHours } from './filters/working-hours.ts';
import type { RepSeen, RoutingInputs } from './inputs.ts';
import { route } from './route.ts';
import { hoursOf } from './rules.ts';

/** When the caps that a rep reached renew (milliseconds); unknown in records of earlier versions. */
const renewalsOf = ({ renews }: RepSeen): number[] => Object.values(renews ?? {}).map((time) => Date.parse(time));

/**
 * When a rep who is off duty is on duty next and not paused, and when caps of theirs renew while that shift lasts (milliseconds); nothing
 * for those on duty, and those who are back only when they say so.
 */
function onceOnDuty(rep: RepSeen, inputs: RoutingInputs): number[] {
  const hours = hoursOf(rep, inputs.rules);
  if (!hours || rep.pausedUntil === WHENEVER || workingHours.passOver(rep, inputs) === undefined) return [];
  const back = [inputs.at, rep.pausedUntil ?? ''].sort()[1] ?? inputs.at;
  const begins = dueAfter(new Date(back), 0, hours);
  const worksUntil = (time: number) => dueAfter(begins, time - begins.getTime(), hours).getTime() === time;
  return [begins.getTime(), ...renewalsOf(rep).filter((time) => time > begins.getTime() && worksUntil(time))];
}

/**
 * When a lead that nobody can take now can be taken because somebody's shift begins, all else being as it is (ISO 8601), or before
 * because a break ends or a cap renews; undefined where no shift helps. Pure, by the decision's own inputs.
 */
export function shiftFor(inputs: RoutingInputs): string | undefined {
  if (!inputs.rules.filters.includes('working-hours')) return undefined;
  const off = new Map(inputs.reps.map((rep) => [rep.repId, onceOnDuty(rep, inputs)]));
  // Where those on duty have had their most, no shift helps.
  const reps = inputs.reps.map((rep) => (off.get(rep.repId)?.length ? rep : { ...rep, renews: {} }));
  const shift = firstThatHelps(isoOf([...off.values()].flat()), { ...inputs, reps });
  if (shift === undefined) return undefined;
  // The break of somebody who is on duty may be over before, or their cap be renewed.
  const backs = inputs.reps.flatMap(({ pausedUntil }) => pausedUntil ?? []);
  const sooner = [...backs, ...isoOf(inputs.reps.flatMap(renewalsOf))].filter((time) => time < shift);
  return firstThatHelps(sooner, inputs) ?? shift;
}

const isoOf = (times: readonly number[]): string[] => times.map((time) => new Date(time).toISOString());

/** The first of the times at which the lead would be assigned, all else being as it is. */
const firstThatHelps = (times: readonly string[], inputs: RoutingInputs): string | undefined =>
  [...new Set(times)].sort().find((at) => at > inputs.at && route({ ...inputs, at }).outcome === 'assigned');
