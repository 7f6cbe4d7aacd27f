import { companyDay } from '../../shared/appraisal/facts/store.ts';
import { plusDays } from '../../shared/appraisal/period.ts';
import { whyNotAsked } from '../../shared/appraisal/surveys/asking.ts';
import type { SetPoint, SurveyRules } from '../../shared/appraisal/surveys/rules.ts';
import { askCustomer, askedAmong, pastOn, remindCustomer } from '../../shared/appraisal/surveys/store.ts';
import { current, load } from '../../shared/config/store.ts';
import { readForms, readMany } from '../../shared/lead/store.ts';
import { iso, now } from '../../shared/platform/clock.ts';
import { type Change, commit, isRefused } from '../../shared/platform/commit.ts';
import { log } from '../../shared/platform/log.ts';
import { type Table, table } from '../../shared/platform/table.ts';
import { scheduleStep } from '../../shared/platform/triggers.ts';

/** A run that failed is made up for by those of the next days; who cannot be asked by then, is not. */
const LOOK_BACK = 7;
/** So many deals are read at once; what is decided of one is soon done. */
const PAGE = 50;

/** Each morning: customers whose deal was past a set point some days ago are asked how it was, once; who did not answer, again, once → SurveyAsked. */
export const handler = scheduleStep(async () => {
  const rules = await load(table(), 'surveys', (await current(table())).surveys);
  const today = companyDay(iso(now()));
  let failed: unknown;
  for (const point of rules.points)
    for (let back = 0; back <= 2 * LOOK_BACK + (rules.remindAfterDays ?? 0); back += 1)
      try {
        await askOn(table(), plusDays(today, -point.days - back), point, rules, today);
      } catch (error) {
        failed ??= error; // one day that fails keeps no other back
      }
  if (failed) throw failed;
});

/** Asks and reminds the customers of the deals that were past a set point on a day. */
async function askOn(table: Table, day: string, { point, after, days }: SetPoint, rules: SurveyRules, today: string) {
  const leadIds = await pastOn(table, after, day);
  const { asked, answered } = await askedAmong(table, leadIds, point);
  const isDue = (leadId: string): boolean => {
    if (answered.has(leadId)) return false;
    const before = asked.get(leadId);
    if (!before) return plusDays(day, days + LOOK_BACK) >= today;
    const { remindAfterDays } = rules;
    return !before.remindedAt && !!remindAfterDays && plusDays(companyDay(before.at), remindAfterDays) <= today;
  };
  const due = leadIds.filter(isDue);
  for (let at = 0; at < due.length; at += PAGE) {
    const page = due.slice(at, at + PAGE);
    const [leads, forms] = await Promise.all([readMany(table, page), readForms(table, page)]);
    for (const lead of leads) {
      const { leadId } = lead;
      const form = forms.get(leadId);
      const why = form && whyNotAsked({ lead, form }, after, rules);
      if (why) log.info('customer not asked', { step: 'surveys', leadId, cause: why });
      if (!form || why) continue;
      const before = asked.get(leadId);
      await once(table, before ? remindCustomer(before, now()) : askCustomer(leadId, point, now()));
    }
  }
}

/** Another run was faster: it was done. */
async function once(table: Table, changes: readonly Change[]): Promise<void> {
  try {
    await commit(table, changes);
  } catch (error) {
    if (!isRefused(error)) throw error;
  }
}
