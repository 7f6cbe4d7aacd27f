import type { Table } from '../../shared/platform/table.ts';
import { rulesNow } from '../../shared/routing/facts/store.ts';
import { isKnown } from '../../shared/sla/calendar.ts';
import { reportUnknownHolidays } from '../../shared/sla/store.ts';

/** Holidays of the next month are wanted. */
const AHEAD = 31 * 24 * 3600 * 1000;

/** Says once a year that holidays are not known any more, if any team keeps them. */
export async function warnOfCalendar(table: Table, at: Date): Promise<void> {
  const { sla, rules } = await rulesNow(table);
  const soon = new Date(at.getTime() + AHEAD).toISOString().slice(0, 10);
  const teams = Object.values(rules.teams).filter(({ shifts }) => shifts !== undefined);
  const kept = [sla.hours, ...Object.values(sla.teams).map(({ hours }) => hours), ...teams].some(
    (hours) => typeof hours === 'object' && hours.holidays === 'china',
  );
  if (kept && !isKnown(soon)) await reportUnknownHolidays(table, Number(soon.slice(0, 4)), at);
}
