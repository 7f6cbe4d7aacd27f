import { fieldsOf, isGiven } from './condition.ts';
import { type Facts, readerOf } from './facts.ts';
import { grades, type ScoringRules } from './rules.ts';
import type { Grade, Points, Score } from './score.ts';

/** A past lead, as it would be scored by the rules in force and by a draft. */
export interface Compared {
  leadId: string;
  status: string;
  before: Score;
  after: Score;
}

type When = 'before' | 'after';

/** Something for each grade. */
type ByGrade<T> = Record<Grade, T>;

const byGrade = <T>(of: (grade: Grade) => T): ByGrade<T> =>
  Object.fromEntries(grades.map((grade) => [grade, of(grade)])) as ByGrade<T>;

/** Of the leads of a grade that were won or lost, how many were won. */
interface Won {
  closed: number;
  won: number;
  rate: number | null;
}

function wonOf(leads: readonly Compared[], when: When): ByGrade<Won> {
  return byGrade((grade) => {
    const closed = leads.filter(
      (lead) => lead[when].grade === grade && (lead.status === 'won' || lead.status === 'lost'),
    );
    const won = closed.filter(({ status }) => status === 'won').length;
    return {
      closed: closed.length,
      won,
      rate: closed.length === 0 ? null : Math.round((1000 * won) / closed.length) / 1000,
    };
  });
}

/** How values are spread: their mean, some quantiles, and how many there are in each ten from 0 to 100. */
function spread(values: readonly number[]) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  const mean = sorted.length === 0 ? 0 : sorted.reduce((sum, each) => sum + each, 0) / sorted.length;
  const tens = Array.from({ length: 10 }, () => 0);
  for (const value of values) {
    const ten = Math.min(9, Math.floor(value / 10));
    tens[ten] = (tens[ten] ?? 0) + 1;
  }
  return {
    mean: Math.round(mean * 10) / 10,
    p10: at(0.1),
    p25: at(0.25),
    p50: at(0.5),
    p75: at(0.75),
    p90: at(0.9),
    tens,
  };
}

const short = ({ value, grade }: Score) => ({ value, grade });
const distance = ({ before, after }: Compared): number => Math.abs(after.value - before.value);
const regraded = ({ before, after }: Compared): boolean => before.grade !== after.grade;

/** The points that differ, by rule. */
function differing(before: readonly Points[], after: readonly Points[]) {
  const pointsOf = (points: readonly Points[], rule: string) => points.find((each) => each.rule === rule);
  const names = [...new Set([...before, ...after].map(({ rule }) => rule))];
  return names.flatMap((rule) => {
    const [was, is] = [pointsOf(before, rule), pointsOf(after, rule)];
    if (was?.points === is?.points) return [];
    return [{ rule, before: was?.points ?? null, after: is?.points ?? null, because: (is ?? was)?.because ?? '' }];
  });
}

/** So many leads are shown with what changed. */
const EXAMPLES = 10;

/** What a draft would make of past leads, beside the rules in force. */
export function compareScores(leads: readonly Compared[]) {
  const changed = leads.filter((lead) => regraded(lead) || distance(lead) > 0);
  const mostFirst = changed.toSorted((a, b) => Number(regraded(b)) - Number(regraded(a)) || distance(b) - distance(a));
  const count = (when: When) => byGrade((grade) => leads.filter((lead) => lead[when].grade === grade).length);
  return {
    leads: leads.length,
    changed: changed.map(({ leadId, before, after }) => ({ leadId, from: short(before), to: short(after) })),
    changes: { value: changed.filter((lead) => distance(lead) > 0).length, grade: changed.filter(regraded).length },
    grades: { before: count('before'), after: count('after') },
    moves: byGrade((from) =>
      byGrade((to) => leads.filter(({ before, after }) => before.grade === from && after.grade === to).length),
    ),
    winRates: { before: wonOf(leads, 'before'), after: wonOf(leads, 'after') },
    values: {
      before: spread(leads.map(({ before }) => before.value)),
      after: spread(leads.map(({ after }) => after.value)),
    },
    examples: mostFirst.slice(0, EXAMPLES).map(({ leadId, before, after }) => ({
      leadId,
      from: short(before),
      to: short(after),
      points: differing(before.points, after.points),
    })),
  };
}

/** The fields of which a table speaks and that none of the leads gives: misspelled perhaps, or not posted by any form. */
export function neverGiven({ rules }: ScoringRules, leads: readonly Facts[]): string[] {
  const named = new Set(rules.flatMap((rule) => ('when' in rule ? fieldsOf(rule.when) : [rule.field])));
  return [...named].filter((field) => {
    const read = readerOf(field);
    return !leads.some((facts) => isGiven(read(facts)));
  });
}
