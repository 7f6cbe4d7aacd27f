import { lastRoot, rootOf, seal } from '../../shared/audit/day/store.ts';
import { now } from '../../shared/platform/clock.ts';
import { commitOne } from '../../shared/platform/commit.ts';
import { type Table, table } from '../../shared/platform/table.ts';
import { scheduleStep } from '../../shared/platform/triggers.ts';
import { reconciliation, reportUnaccounted } from '../../shared/reconciliation/store.ts';
import { slaNow } from '../../shared/routing/facts/store.ts';
import { isKnown } from '../../shared/sla/calendar.ts';
import { reportUnknownHolidays } from '../../shared/sla/store.ts';

const DAY = 24 * 3600 * 1000;
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Leads received longer ago than this have been accounted for often enough. */
const LOOKED_AT = 31 * DAY;

/** Every night: one root over all decisions of the day before, tied to the root before it; whether every lead is somewhere, and whether holidays are known. */
export const handler = scheduleStep(async () => {
  await sealDays();
  const at = now();
  const { difference, leadIds } = await reconciliation(table(), new Date(at.getTime() - LOOKED_AT), at, at);
  await warnOfCalendar(table(), at);
  if (difference > 0) await reportUnaccounted(table(), { difference, leadIds: leadIds.slice(0, 100) }, at);
});

/** Holidays of the next month are wanted. */
const AHEAD = 31 * DAY;

/** Says once a year that holidays are not known any more, if any team keeps them. */
async function warnOfCalendar(from: Table, at: Date): Promise<void> {
  const { sla } = await slaNow(from);
  const soon = dayOf(at.getTime() + AHEAD);
  const kept = [sla.hours, ...Object.values(sla.teams).map(({ hours }) => hours)].some(
    (hours) => typeof hours === 'object' && hours.holidays === 'china',
  );
  if (kept && !isKnown(soon)) await reportUnknownHolidays(from, Number(soon.slice(0, 4)), at);
}

/** Seals yesterday; days that were missed first. */
async function sealDays(): Promise<void> {
  const yesterday = dayOf(now().getTime() - DAY);
  let last = await lastRoot(table());
  let day = last ? dayOf(Date.parse(last.day) + DAY) : yesterday;
  while (day <= yesterday) {
    last = await rootOf(table(), day, last?.root ?? '');
    await commitOne(table(), seal(last));
    day = dayOf(Date.parse(day) + DAY);
  }
}
