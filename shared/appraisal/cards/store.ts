import { current, load } from '../../config/store.ts';
import type { Rep } from '../../org/rep.ts';
import type { Table } from '../../platform/table.ts';
import { type Card, cardOf, type Ground } from '../card.ts';
import { companyDay, factsBetween } from '../facts/store.ts';
import { type By, groundOf } from '../ground.ts';
import type { PerformanceRules } from '../model.ts';
import type { Period } from '../period.ts';
import { workdaysOf } from '../workdays.ts';

/** So many reps are read at once. */
const AT_ONCE = 32;

/** What a period is appraised by, with these rules. */
export const appraisal = (period: Period, rules: PerformanceRules, version: number): By => ({
  period,
  rules,
  version,
  workdays: workdaysOf(rules.workdays),
  dayOf: companyDay,
});

/** What a period is appraised by now. */
export async function appraisalNow(table: Table, period: Period): Promise<By> {
  const { performance } = await current(table);
  return appraisal(period, await load(table, 'performance', performance), performance);
}

/** What the cards of these reps are made of now: two reads by key for each, however much they did. */
export async function groundsOf(table: Table, reps: readonly Rep[], by: By): Promise<Ground[]> {
  const grounds: Ground[] = [];
  for (let at = 0; at < reps.length; at += AT_ONCE) {
    const some = reps.slice(at, at + AT_ONCE).map(async (rep) => {
      return groundOf(rep, await factsBetween(table, rep.repId, by.period.from, by.period.to), by);
    });
    grounds.push(...(await Promise.all(some)));
  }
  return grounds;
}

/** The cards of these reps as their records are now. */
export const liveCards = async (table: Table, reps: readonly Rep[], by: By): Promise<Card[]> =>
  (await groundsOf(table, reps, by)).map((ground) => cardOf(ground, by.rules, by.version));
