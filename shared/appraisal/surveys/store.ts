import { type Lead, ownerOf } from '../../lead/lead.ts';
import { leadPartition } from '../../lead/partition.ts';
import { iso } from '../../platform/clock.ts';
import { absent, type Change, put } from '../../platform/commit.ts';
import { get, query, type Table } from '../../platform/table.ts';
import { companyDay, count } from '../facts/store.ts';
import type { SurveyPoint } from './token.ts';

/** What a customer answered. */
export interface SurveyAnswer {
  point: SurveyPoint;
  score: number;
  text?: string | undefined;
  at: string;
}

const keyOf = (leadId: string, point: SurveyPoint) => ({ pk: leadPartition(leadId), sk: `SURVEY#${point}` });

/** Whether a customer answered already. */
export const isAnswered = async (table: Table, leadId: string, point: SurveyPoint): Promise<boolean> =>
  (await get(table, keyOf(leadId, point))) !== undefined;

/** Keeps an answer with its deal, once, and counts it for whoever has the deal. */
export function addSurveyAnswer(lead: Lead, answer: SurveyAnswer): Change[] {
  const { leadId } = lead;
  const { point, score, at } = answer;
  const owner = ownerOf(lead);
  const facts = {
    npsAnswers: 1,
    npsSum: score,
    ...(score >= 9 ? { promoters: 1 } : {}),
    ...(score <= 6 ? { detractors: 1 } : {}),
  };
  return [
    put('survey', { ...keyOf(leadId, point), answer }, absent),
    ...(owner
      ? count('surveys', [{ repId: owner.repId, at, facts, of: { what: 'survey', id: `${leadId}-${point}`, leadId } }])
      : []),
  ];
}

/** The answers of a deal's customer. */
export async function surveyAnswersOf(table: Table, leadId: string): Promise<SurveyAnswer[]> {
  const items = await query(table, { pk: leadPartition(leadId), begins: 'SURVEY#' });
  return items.map(({ answer }) => answer as SurveyAnswer);
}

const dueOn = (day: string): string => `SURVEYS#${day}`;

/** Lists a deal among those whose customers are to be asked: on the day on which it was won. */
export const askOf = (leadId: string, at: Date): Change =>
  put('survey to send', { pk: dueOn(companyDay(iso(at))), sk: leadId });

/** The deals won on a day. */
export const wonOn = async (table: Table, day: string): Promise<string[]> =>
  (await query(table, { pk: dueOn(day) })).map(({ sk }) => sk);
