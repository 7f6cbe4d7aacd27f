/** What is counted of a rep's work, each with what it counts. A number is there only with the records that make it. */
export const factNames = {
  contacts: 'contacts logged',
  reached: 'contacts that reached the customer',
  visits: 'visits and meetings',
  effectiveVisits: 'visits and meetings that reached the customer, with a next step or evidence',
  answered: 'leads contacted for the first time',
  answeredInTime: 'of these, before the supervisor would have been told',
  unanswered: 'leads of which the supervisor was told, as long as the rep has not contacted them',
  answerMinutes: 'minutes from receipt to first contact, of all of them',
  stepsDue: 'next steps promised to customers that fell due',
  stepsKept: 'of these, kept: somebody was in touch until a day after',
  forward: 'moves of a deal to a later stage',
  won: 'deals won',
  lost: 'deals lost',
  closed: 'deals won or lost',
  newCustomers: 'deals won with somebody who was no customer before',
  payments: 'payments recorded',
  paid: 'money of these payments',
  records: 'contacts logged, as far as their quality is judged',
  completeRecords: 'of these, with all that others need: a next step or evidence, and more than a few words',
  claims: 'deals of which a need was claimed',
  falseClaims: 'deals lost because there never was the need that was claimed',
  npsAnswers: 'answers to surveys',
  npsSum: 'the points from 0 to 10 of these answers, added up',
  promoters: 'answers of 9 or 10',
  detractors: 'answers of 6 or less',
  feedbackAnswers: 'answers of colleagues in rounds of feedback that are over',
  feedbackSum: 'the mean points from 1 to 5 of these rounds, times their answers',
  shared: 'documents and trainings shared with colleagues',
} as const;

/** The name of something that is counted. */
export type FactName = keyof typeof factNames;

/** Counts, by name; what is not there is nothing. */
export type Facts = Partial<Record<FactName, number>>;

/** What was counted on a day. */
export interface DayFacts {
  day: string;
  facts: Facts;
}

/** Every name that there is. */
export const allFacts = Object.keys(factNames) as FactName[];

/** All counts together. */
export function sumOf(each: Iterable<Facts>): Facts {
  const sum: Facts = {};
  for (const facts of each)
    for (const name of allFacts) {
      const by = facts[name];
      if (by !== undefined) sum[name] = (sum[name] ?? 0) + by;
    }
  return sum;
}

/** What a formula may ask for: every fact, and the working days that they are counted on. */
export const formulaNames: ReadonlySet<string> = new Set([...allFacts, 'days']);

/** The values that formulas are given. */
export const valuesOf = (facts: Facts, days: number): Record<string, number> => ({
  ...Object.fromEntries(allFacts.map((name) => [name, facts[name] ?? 0])),
  days,
});
