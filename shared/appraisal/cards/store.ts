import { current, load } from '../../config/store.ts';
import type { Rep } from '../../org/rep.ts';
import type { Table } from '../../platform/table.ts';
import { type Card, cardOf, type Ground } from '../card.ts';
import { companyDay, factsBetween } from '../facts/store.ts';
import type { DayFacts } from '../facts.ts';
import { type By, groundOf } from '../ground.ts';
import type { PerformanceRules } from '../model.ts';
import { type Period, soFar } from '../period.ts';
import { workdaysOf } from '../workdays.ts';

/** So many reps are read at once. */
const AT_ONCE = 32;

/** What cards are made by, and the days of which the counts are read. */
interface Appraisal extends By {
  readonly read: Pick<Period, 'from' | 'to'>;
}

/** What a period is appraised by, with these rules; `today`, unless it is over. */
export const appraisal = (period: Period, rules: PerformanceRules, version: number, today?: string): Appraisal => ({
  period,
  read: today === undefined ? period : soFar(period, today),
  rules,
  version,
  workdays: workdaysOf(rules.workdays),
  dayOf: companyDay,
});

/** What a period is appraised by on a day. */
export async function appraisalNow(table: Table, period: Period, today: string): Promise<Appraisal> {
  const { performance } = await current(table);
  return appraisal(period, await load(table, 'performance', performance), performance, today);
}

/** What was counted of these reps in a period, by id: one read by key for each, however much they did. */
export async function factsOf(
  table: Table,
  reps: readonly Pick<Rep, 'repId'>[],
  { from, to }: Pick<Period, 'from' | 'to'>,
): Promise<Map<string, DayFacts[]>> {
  const found = new Map<string, DayFacts[]>();
  for (let at = 0; at < reps.length; at += AT_ONCE) {
    const some = reps.slice(at, at + AT_ONCE);
    await Promise.all(some.map(async ({ repId }) => found.set(repId, await factsBetween(table, repId, from, to))));
  }
  return found;
}

/** What the cards of these reps are made of now. What was counted is let go of some reps at a time: time and memory grow as their number does. */
export async function groundsOf(table: Table, reps: readonly Rep[], by: Appraisal): Promise<Ground[]> {
  const grounds: Ground[] = [];
  for (let at = 0; at < reps.length; at += AT_ONCE) {
    const some = reps.slice(at, at + AT_ONCE);
    const facts = await factsOf(table, some, by.read);
    for (const rep of some) grounds.push(groundOf(rep, facts.get(rep.repId) ?? [], by));
  }
  return grounds;
}

/** The cards of these reps as their records are now. */
export const liveCards = async (table: Table, reps: readonly Rep[], by: Appraisal): Promise<Card[]> =>
  (await groundsOf(table, reps, by)).map((ground) => cardOf(ground, by.rules, by.version));
