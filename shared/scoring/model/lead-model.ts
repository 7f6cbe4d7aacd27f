import { behaved, type Facts } from '../facts.ts';
import type { ScoringRules } from '../rules.ts';
import { gradeFor, type Score, score, withConversation } from '../score.ts';
import type { Cell } from './cells.ts';
import { rowOf } from './lead-features.ts';
import { type Model, predict } from './model.ts';
import { pointsOf, type Scale } from './points.ts';

/** A model of the company's own leads: also the zone of its hours, and what its logits are on the scale of the rules. */
export interface LeadModel extends Model {
  zone: string;
  /** Rising logits, and the value of each on the scale of the rules, never falling; straight lines between. */
  scale: { logits: number[]; values: number[] };
}

/** A model and its version. */
export interface VersionOf {
  version: number;
  model: LeadModel;
}

const STEPS = 40;

const sortedQuantile = (sorted: readonly number[], share: number): number => {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const [low = 0, high = low] = [sorted[below], sorted[below + 1]];
  return low + (at - below) * (high - low);
};

/**
 * The scale on which as many leads reach each value by the model as do by the rules: so the thresholds of the grades mean the
 * same share of leads as before, only of better ones.
 */
export function scaleLike(logits: readonly number[], values: readonly number[]): LeadModel['scale'] {
  const [from, to] = [logits.toSorted((a, b) => a - b), values.toSorted((a, b) => a - b)];
  const knots = Array.from({ length: STEPS + 1 }, (_, step) => {
    const share = step / STEPS;
    return {
      logit: Number(sortedQuantile(from, share).toPrecision(9)),
      value: Number(sortedQuantile(to, share).toPrecision(6)),
    };
  });
  const rising = knots.filter(({ logit }, at) => at === 0 || logit > (knots[at - 1]?.logit ?? logit));
  return { logits: rising.map(({ logit }) => logit), values: rising.map(({ value }) => value) };
}

/** The value of a logit; beyond the outermost, theirs. */
export const onScale =
  ({ logits, values }: LeadModel['scale']): Scale =>
  (logit) => {
    const above = logits.findIndex((each) => each > logit);
    if (above < 0) return values.at(-1) ?? 0;
    if (above === 0) return values[0] ?? 0;
    const [from = 0, to = 0] = [logits[above - 1], logits[above]];
    const [low = 0, high = 0] = [values[above - 1], values[above]];
    return low + ((logit - from) / (to - from)) * (high - low);
  };

/** The cells of a row by column, never those of an object's prototype. */
export const cellsOf =
  (row: Readonly<Record<string, Cell>>) =>
  (column: string): Cell =>
    Object.hasOwn(row, column) ? row[column] : undefined;

/**
 * Scores a lead: by the model, if one is in force, else by the rules. By the model, the value is what its probability is on the
 * rules' scale, and the points are those of an average lead and what each feature adds; they add up to the value. What was said with its
 * customer counts beside either.
 */
export function scoreLead(facts: Facts, rules: ScoringRules, version: number, inForce: VersionOf | undefined): Score {
  if (!inForce) return withConversation(score(facts, rules, version), facts.conversation, rules);
  const { model } = inForce;
  const said = predict(
    model,
    cellsOf(rowOf({ ...facts.form, behavior: behaved(facts) }, facts.receivedAt, model.zone)),
  );
  const { rows, positives } = model.training;
  const about = `an average lead; ${((100 * positives) / rows).toFixed(1)} % of those closed were won`;
  const { value, points } = pointsOf(said, model.intercept, onScale(model.scale), about);
  const probability = Number(said.probability.toFixed(4));
  const byModel = { value, grade: gradeFor(value, rules), points, version, model: inForce.version, probability };
  return withConversation(byModel, facts.conversation, rules);
}
