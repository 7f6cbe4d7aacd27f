import { lastRoot, rootOf, seal } from '../../shared/audit/day/store.ts';
import { now } from '../../shared/platform/clock.ts';
import { commitOne } from '../../shared/platform/commit.ts';
import { table } from '../../shared/platform/table.ts';
import { scheduleStep } from '../../shared/platform/triggers.ts';

const DAY = 24 * 3600 * 1000;
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Every night: one root over all decisions of the day before, tied to the root before it; days that were missed first. */
export const handler = scheduleStep(async () => {
  const yesterday = dayOf(now().getTime() - DAY);
  let last = await lastRoot(table());
  let day = last ? dayOf(Date.parse(last.day) + DAY) : yesterday;
  while (day <= yesterday) {
    last = await rootOf(table(), day, last?.root ?? '');
    await commitOne(table(), seal(last));
    day = dayOf(Date.parse(day) + DAY);
  }
});
