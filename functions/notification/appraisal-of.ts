import type { AppealFiled } from '../../events/appeal-filed.ts';
import type { EventOf } from '../../events/contract.ts';
import type { FeedbackAsked } from '../../events/feedback-asked.ts';
import type { SurveyAsked } from '../../events/survey-asked.ts';
import { companyDay } from '../../shared/appraisal/facts/store.ts';
import { roundsOf } from '../../shared/appraisal/feedback/store.ts';
import { whyNotAsked } from '../../shared/appraisal/surveys/asking.ts';
import { isAnswered } from '../../shared/appraisal/surveys/store.ts';
import { surveyToken } from '../../shared/appraisal/surveys/token.ts';
import { current, load } from '../../shared/config/store.ts';
import { ownerOf } from '../../shared/lead/lead.ts';
import { readWithForm } from '../../shared/lead/store.ts';
import { readRep, readReps } from '../../shared/org/store.ts';
import { after, iso } from '../../shared/platform/clock.ts';
import { environment, required } from '../../shared/platform/environment.ts';
import { readSecret, sourceKey } from '../../shared/platform/secrets.ts';
import type { Table } from '../../shared/platform/table.ts';
import type { Telling } from './compose.ts';
import { type Appraised, feedbackAsked, surveyAsked } from './compose-appraisal.ts';
import { supervisorOf } from './supervisor.ts';

const DAY = 24 * 3600 * 1000;

/** Of a deal whose customer may be asked at a set point, as the rules and the deal are now: both, and the rules. */
async function askable(table: Table, leadId: string, point: string) {
  const rules = await load(table, 'surveys', (await current(table)).surveys);
  const set = rules.points.find((each) => each.point === point);
  const found = await readWithForm(table, leadId);
  const may = set !== undefined && found !== undefined && whyNotAsked(found, set.after, rules) === undefined;
  return may && !(await isAnswered(table, leadId, point)) ? { ...found, rules } : undefined;
}

/** Whether a deal's customer may be asked at a set point. */
export const mayAsk = async (table: Table, leadId: string, point: string): Promise<boolean> =>
  (await askable(table, leadId, point)) !== undefined;

/** What a customer is asked; nothing where the deal ended otherwise, was merged or erased, or they answered meanwhile. */
export async function surveyOf(table: Table, { leadId, point, reminder, at }: EventOf<typeof SurveyAsked>) {
  const found = await askable(table, leadId, point);
  if (!found) return [];
  const { lead, form, rules } = found;
  const owner = await readRep(table, ownerOf(lead)?.repId ?? '');
  const { language } = await load(table, 'notices', (await current(table)).notices);
  // The same at every try: made of the event's time.
  const key = sourceKey(await readSecret(), 'survey');
  const { token, expiresAt } = surveyToken({ leadId, point }, key, new Date(at));
  const { API_URL } = environment({ API_URL: required });
  const until = companyDay(iso(after(expiresAt, -DAY)));
  const link = { point, code: token, link: `${API_URL}/surveys/${token}`, until };
  return surveyAsked(link, reminder, rules, language)({ lead, form, owner, supervisor: undefined });
}

/** Who is asked for feedback on somebody. */
export async function feedbackOf(table: Table, { repId, roundId }: EventOf<typeof FeedbackAsked>): Promise<Telling[]> {
  const round = (await roundsOf(table, repId)).find((each) => each.roundId === roundId);
  if (!round) return [];
  const colleagues = [...(await readReps(table, round.colleagues)).values()].filter(
    ({ status }) => status === 'active',
  );
  return feedbackAsked(colleagues, round);
}

/** Whose appeal it is, and who answers it: the supervisor, if one is there. */
export async function appraisedOf(
  table: Table,
  { repId }: Pick<EventOf<typeof AppealFiled>, 'repId'>,
): Promise<Appraised | undefined> {
  const rep = await readRep(table, repId);
  return rep && { rep, supervisor: await supervisorOf(table, rep) };
}
