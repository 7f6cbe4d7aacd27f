import type { Form } from '../../lead/form.ts';
import type { ScoringRules } from '../rules.ts';
import { score } from '../score.ts';
import { calibrate } from './calibrate.ts';
import { sigmoid } from './fit.ts';
import { rowOf } from './lead-features.ts';
import { cellsOf, type LeadModel, scaleLike, type VersionOf } from './lead-model.ts';
import { type Measures, measure } from './measures.ts';
import { logitOf } from './model.ts';
import { TooFew, train } from './train.ts';

/** A deal that ended: what was posted at its beginning, and how it ended. Leads set aside as rubbish are no deals. */
export interface ClosedLead {
  form: Form;
  receivedAt: string;
  closedAt: string;
  won: boolean;
}

/** So many closed leads, and so many won, there must be before anything is learned. */
export const LEAST_CLOSED = 200;
export const LEAST_WON = 30;

const SEED = 1;
/** Counts of what visitors did that a model looks at; the most frequent ones. */
const MOST_BEHAVIORS = 40;

/** What came of a night's learning: which version is to be in force (0: the rules), and why. */
export interface Learned {
  inForce: number;
  because: string;
  /** The model that was fitted, and how it, the rules and the last model did on the leads that it was not fitted to. */
  candidate?: { model: LeadModel; kept: boolean; measures: Compared };
}

/** How the new model, the rules and the model in force before did on the same leads, closed most recently. */
export interface Compared {
  candidate: Measures;
  rules: Measures;
  last?: Measures | undefined;
}

/** Better at ranking as well as at what it says. */
const beats = (one: Measures, other: Measures): boolean =>
  one.auc !== null && one.auc > (other.auc ?? 1) && one.logLoss < other.logLoss;

const said = ({ auc, logLoss }: Measures): string =>
  `AUC ${auc === null ? 'unknown' : auc.toFixed(3)}, log-loss ${logLoss.toFixed(3)}`;

/** Which of them is to be in force. */
export function choose(
  version: number,
  { candidate, rules, last }: Compared,
  lastVersion: number,
): { inForce: number; because: string } {
  const on = `on the ${candidate.rows} leads closed last, version ${version} has ${said(candidate)}, the rules ${said(rules)}`;
  const all = last ? `${on}, version ${lastVersion} ${said(last)}` : on;
  if (candidate.auc === null)
    return { inForce: lastVersion, because: `the ${candidate.rows} leads closed last are all won or all lost` };
  if (beats(candidate, rules) && (!last || beats(candidate, last)))
    return { inForce: version, because: `${all}: it is better than ${last ? 'both' : 'they are'}` };
  if (!last) return { inForce: 0, because: `${all}: it does not beat the rules in both` };
  if ((last.auc ?? 0) < (rules.auc ?? 1))
    return { inForce: 0, because: `${all}: the rules have become better than both` };
  return { inForce: lastVersion, because: `${all}: it does not beat both in both, version ${lastVersion} stays` };
}

/** The columns that a model may learn from: those of the form, and the counts that most leads have. */
function columnsOf(rows: readonly Readonly<Record<string, unknown>>[]): string[] {
  const counts = new Map<string, number>();
  for (const row of rows) for (const name of Object.keys(row)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const isBehavior = (name: string): boolean => name.startsWith('behavior.');
  const behaviors = [...counts]
    .filter(([name]) => isBehavior(name))
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return [
    ...[...counts.keys()].filter((name) => !isBehavior(name)),
    ...behaviors.slice(0, MOST_BEHAVIORS).map(([name]) => name),
  ].sort();
}

/** The probabilities that the rules' values stand for, by a curve fitted to the leads that the model was fitted to as well. */
function byRules(values: readonly number[], outcomes: readonly number[], heldOut: readonly number[]): number[] {
  const isHeldOut = new Set(heldOut);
  const known = values.flatMap((_, row) => (isHeldOut.has(row) ? [] : [row]));
  const small = (row: number): number => (values[row] ?? 0) / 25;
  const { slope, shift } = calibrate(
    known.map(small),
    known.map((row) => outcomes[row] ?? 0),
  );
  return heldOut.map((row) => sigmoid(slope * small(row) + shift));
}

/**
 * Learns from closed leads what makes one win. The fifth that closed last is held out; the new model is put in force only if
 * it beats the rules and the model in force (`last`) on them, in AUC and in log-loss. With too few leads the rules hold.
 */
export function learn(
  closed: readonly ClosedLead[],
  rules: ScoringRules,
  { version, zone, last }: { version: number; zone: string; last?: VersionOf | undefined },
): Learned {
  const outcomes = closed.map(({ won }) => Number(won));
  const won = outcomes.reduce((sum, outcome) => sum + outcome, 0);
  if (closed.length < LEAST_CLOSED || won < LEAST_WON)
    return {
      inForce: 0,
      because: `${closed.length} closed leads, ${won} of them won; at least ${LEAST_CLOSED} and ${LEAST_WON} are needed`,
    };
  const rows = closed.map(({ form, receivedAt }) => rowOf(form, receivedAt, zone));
  const columns = columnsOf(rows);
  try {
    const { model: fitted, heldOut } = train(
      {
        columns,
        rows: rows.map((row) => columns.map(cellsOf(row))),
        outcomes,
        times: closed.map(({ closedAt }) => Date.parse(closedAt)),
      },
      { outcome: { column: 'status', positive: 'won', negative: 'lost' }, seed: SEED, wanted: new Set(columns) },
    );
    const values = closed.map(({ form, receivedAt }) => score({ form, receivedAt, zone }, rules, 0).value);
    const scale = scaleLike(
      rows.map((row) => logitOf(fitted, cellsOf(row))),
      values,
    );
    const came = heldOut.map((row) => outcomes[row] ?? 0);
    const by = (model: LeadModel) =>
      measure(
        heldOut.map((at) => {
          const { form, receivedAt } = closed[at] as ClosedLead;
          return sigmoid(logitOf(model, cellsOf(rowOf(form, receivedAt, model.zone))));
        }),
        came,
      );
    const measures: Compared = {
      candidate: fitted.training.heldOut,
      rules: measure(byRules(values, outcomes, heldOut), came),
      ...(last ? { last: by(last.model) } : {}),
    };
    const { inForce, because } = choose(version, measures, last?.version ?? 0);
    return { inForce, because, candidate: { model: { ...fitted, zone, scale }, kept: inForce === version, measures } };
  } catch (error) {
    if (error instanceof TooFew) return { inForce: 0, because: error.message };
    throw error;
  }
}
