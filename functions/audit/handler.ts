import { now } from '../../shared/platform/clock.ts';
import { table } from '../../shared/platform/table.ts';
import { scheduleStep } from '../../shared/platform/triggers.ts';
import { reconciliation, reportUnaccounted } from '../../shared/reconciliation/store.ts';
import { sealDays } from './seal-days.ts';
import { warnOfCalendar } from './warn-of-calendar.ts';

/** Leads received longer ago than this have been accounted for often enough. */
const LOOKED_AT = 31 * 24 * 3600 * 1000;

/** Every night: one root over all decisions of the day before; whether every lead is somewhere; and whether holidays are known. */
export const handler = scheduleStep(async () => {
  const at = now();
  await sealDays(table(), at);
  const { difference, leadIds } = await reconciliation(table(), new Date(at.getTime() - LOOKED_AT), at, at);
  if (difference > 0) await reportUnaccounted(table(), { difference, leadIds: leadIds.slice(0, 100) }, at);
  await warnOfCalendar(table(), at);
});
