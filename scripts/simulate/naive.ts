import { drawn } from '../drawn.ts';
import { type Month, places } from './month.ts';
import type { Outcome } from './outcome.ts';
import { atWork, callsAt, isStaff, repsOf } from './reps.ts';
import { DAY, HOUR, type Minute } from './time.ts';

/** Reps look at their list in the morning and after lunch. */
const LOOKS = [9 * HOUR, 14 * HOUR];
/** Somebody reads the log, and takes leavers out of the table of postcodes, on this day of the week. */
const LOG_DAY = 4;
const FORGOTTEN = 0.1;

const nextLook = (at: Minute): Minute => {
  const day = Math.floor(at / DAY);
  return (
    [...LOOKS, ...LOOKS.map((look) => look + DAY)].map((look) => day * DAY + look).find((look) => look >= at) ?? at
  );
};
const nextLogDay = (at: Minute, firstDay: number): Minute => {
  let day = Math.floor(at / DAY) + 1;
  while ((firstDay + day) % 7 !== LOG_DAY) day += 1;
  return day * DAY + 10 * HOUR;
};

/**
 * The same month under the dispatcher that the article describes: a postcode decides, in turn among those of the place; HR is
 * not asked; what fails is written to a log; nobody is told, reminded or escalated; the same person twice is two leads.
 */
export function naive(month: Month, firstDay: number): Outcome[] {
  const draw = drawn(month.seed + 1);
  const turns = new Map<string, number>();
  const give = (territoryId: string): string => {
    const turn = turns.get(territoryId) ?? 0;
    turns.set(territoryId, turn + 1);
    const reps = repsOf(month.habits, territoryId);
    return reps[turn % reps.length] ?? '';
  };
  const end = month.days * DAY;
  return month.posted.map((posted): Outcome => {
    const place = places.find(({ postcode }) => postcode === posted.postcode);
    const givenAt = place ? posted.at : nextLogDay(posted.at, firstDay);
    const givenTo = give((place ?? posted.place).territoryId);
    const habit = month.habits.find(({ repId }) => repId === givenTo);
    if (!habit || givenAt >= end) return { posted };
    // Whoever is not there finds nothing; on the day of the log it is given to the other one, or found after the leave.
    const there = isStaff(habit, givenAt);
    const away = habit.away;
    const knows = there
      ? nextLook(givenAt)
      : nextLook(away?.status === 'left' ? nextLogDay(givenAt, firstDay) : (away?.to ?? givenAt));
    const forgotten = draw() < FORGOTTEN;
    const calledAt = forgotten ? undefined : (callsAt(habit, knows, draw) ?? atWork(nextLogDay(knows, firstDay)));
    return { posted, givenTo, givenAt, calledAt: calledAt !== undefined && calledAt < end ? calledAt : undefined };
  });
}
