import { languageOf, waysToAsk } from '../../shared/appraisal/surveys/asking.ts';
import type { SurveyRules } from '../../shared/appraisal/surveys/rules.ts';
import type { LanguageTag } from '../../shared/notice/languages/index.ts';
import type { Rep } from '../../shared/org/rep.ts';
import { ADMINS, type Speech, type Subject, type Telling } from './compose.ts';

/** A link to a survey: its set point, the token by itself, where it leads, and the last day on which it opens. */
export interface SurveyLink {
  point: string;
  code: string;
  link: string;
  until: string;
}

/** To a deal's customer: how likely they are to recommend, in their language, by the way that the rules prefer. */
export const surveyAsked =
  ({ point, code, link, until }: SurveyLink, reminder: boolean, rules: SurveyRules, otherwise: LanguageTag) =>
  ({ lead, form, owner }: Subject): Telling[] => {
    const to = {
      ways: waysToAsk(form, rules.channels),
      language: languageOf(form, otherwise),
      quietHours: rules.quietHours,
    };
    const values = ({ language }: Speech) => ({
      leadId: lead.leadId,
      name: form.contact.name,
      company: form.company?.name,
      product: lead.productLine ?? language.words['our-products'],
      rep: owner?.name,
      until,
      code,
    });
    return [{ to, kind: reminder ? 'survey-reminder' : 'survey-asked', leadId: lead.leadId, point, link, values }];
  };

/** To colleagues who worked with somebody: that they are asked. What they need to answer is fetched by themselves. */
export const feedbackAsked = (
  colleagues: readonly Rep[],
  { name, until }: { name: string; until: string },
): Telling[] =>
  colleagues.map((to) => ({ to, kind: 'feedback-asked', page: 'performance', values: () => ({ name, until }) }));

/** A period that was closed, how often it was by then, and until when appeals are taken. */
interface Closed {
  period: string;
  revision: number;
  until: string;
}

const ofClosing = ({ period, revision, until }: Closed) => ({
  page: 'performance',
  about: { closing: { period, revision } },
  values: () => ({ period, until }),
});

/** To those whose cards were frozen: that they may read and appeal against them. */
export const cardsPublished = (reps: readonly Rep[], closed: Closed): Telling[] =>
  reps.map((to) => ({ to, kind: 'card-published', ...ofClosing(closed) }));

/** To their supervisors: that the period is closed. */
export const rankingPublished = (supervisors: readonly Rep[], closed: Closed): Telling[] =>
  supervisors.map((to) => ({ to, kind: 'ranking-published', ...ofClosing(closed) }));

/** Somebody who was appraised, and their supervisor. */
export interface Appraised {
  rep: Rep;
  supervisor: Rep | undefined;
}

const cardOf = ({ repId }: Rep): string => `performance/${encodeURIComponent(repId)}`;

/** To the supervisor, or the admins where there is none: an appeal waits for its answer. */
export const appealFiled =
  ({ period, appealId }: { period: string; appealId: string }) =>
  ({ rep, supervisor }: Appraised): Telling[] => {
    const about = { appeal: { period, repId: rep.repId, appealId } };
    const values = () => ({ period, name: rep.name });
    return [{ to: supervisor ?? ADMINS, kind: 'appeal-filed', page: cardOf(rep), about, values }];
  };

/** To whoever appealed: what was answered, in a word. */
export const appealAnswered =
  (period: string, decision: string) =>
  ({ rep }: Appraised): Telling[] => {
    const values = ({ language }: Speech) => ({ period, decision: language.words[`appeal-${decision}`] ?? decision });
    return [{ to: rep, kind: 'appeal-answered', page: 'performance', values }];
  };
