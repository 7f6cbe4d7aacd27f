import { announce } from '../../../events/contract.ts';
import { SurveyAsked } from '../../../events/survey-asked.ts';
import { type Lead, ownerOf } from '../../lead/lead.ts';
import { leadPartition } from '../../lead/partition.ts';
import { iso } from '../../platform/clock.ts';
import { absent, type Change, outbox, put, update } from '../../platform/commit.ts';
import { get, getMany, query, type Table } from '../../platform/table.ts';
import { companyDay, count } from '../facts/store.ts';
import type { SurveyMoment } from './rules.ts';

/** What a customer answered. */
export interface SurveyAnswer {
  point: string;
  score: number;
  text?: string | undefined;
  at: string;
}

const keyOf = (leadId: string, point: string) => ({ pk: leadPartition(leadId), sk: `SURVEY#${point}` });
const askedKey = (leadId: string, point: string) => ({ pk: leadPartition(leadId), sk: `SURVEY-ASKED#${point}` });

/** Whether a customer answered already. */
export const isAnswered = async (table: Table, leadId: string, point: string): Promise<boolean> =>
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

/** That a customer was asked: when, and when they were reminded (ISO 8601). */
export interface Asked {
  leadId: string;
  point: string;
  at: string;
  remindedAt?: string;
}

const toAsked = ({ leadId, point, at, remindedAt }: Record<string, unknown>): Asked => ({
  leadId: String(leadId),
  point: String(point),
  at: String(at),
  ...(typeof remindedAt === 'string' ? { remindedAt } : {}),
});

/** When a deal's customer was asked, by set point. */
export const askedOf = async (table: Table, leadId: string): Promise<Asked[]> =>
  (await query(table, { pk: leadPartition(leadId), begins: 'SURVEY-ASKED#' })).map(toAsked);

/** Of these deals, those whose customers were asked at a set point, and those who answered, by lead id. */
export async function askedAmong(table: Table, leadIds: readonly string[], point: string) {
  const items = await getMany(
    table,
    leadIds.flatMap((leadId) => [askedKey(leadId, point), keyOf(leadId, point)]),
  );
  const asked = items.filter(({ sk }) => sk === askedKey('', point).sk).map(toAsked);
  const answered = items.filter(({ sk }) => sk === keyOf('', point).sk);
  return {
    asked: new Map(asked.map((each) => [each.leadId, each])),
    answered: new Set(answered.map(({ pk }) => pk.slice(leadPartition('').length))),
  };
}

const told = (leadId: string, point: string, reminder: boolean, at: Date): Change =>
  outbox(leadPartition(leadId), announce(SurveyAsked, { leadId, point, reminder }), at);

/** Has a customer asked at a set point, once. */
export const askCustomer = (leadId: string, point: string, at: Date): Change[] => [
  put('survey asked', { ...askedKey(leadId, point), leadId, point, at: iso(at) }, absent),
  told(leadId, point, false, at),
];

/** Has a customer who was asked reminded, once. */
export const remindCustomer = ({ leadId, point }: Asked, at: Date): Change[] => [
  update('survey asked', askedKey(leadId, point), {
    expression: 'SET remindedAt = :at',
    onlyIf: 'attribute_exists(pk) AND attribute_not_exists(remindedAt)',
    values: { ':at': iso(at) },
  }),
  told(leadId, point, true, at),
];

const onDay = (day: string): string => `SURVEYS#${day}`;
const entry = (leadId: string, moment: SurveyMoment): string => (moment === 'won' ? leadId : `${leadId}#${moment}`);

/** Lists a deal among those whose customers are to be asked: on the day on which it was past what they are asked after. */
export const askAfter = (leadId: string, moment: SurveyMoment, at: Date): Change =>
  put('survey to send', { pk: onDay(companyDay(iso(at))), sk: entry(leadId, moment) });

/** The deals that were past it on a day. */
export async function pastOn(table: Table, moment: SurveyMoment, day: string): Promise<string[]> {
  const entries = (await query(table, { pk: onDay(day) })).map(({ sk }) => sk);
  return entries.flatMap((sk) => {
    const [leadId = '', of = 'won'] = sk.split('#');
    return of === moment ? [leadId] : [];
  });
}
