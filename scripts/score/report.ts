import type { Feature } from '../../shared/scoring/model/features.ts';
import type { Measures } from '../../shared/scoring/model/measures.ts';
import type { Model } from '../../shared/scoring/model/model.ts';

const count = (n: number): string => n.toLocaleString('en-US');
const share = (part: number | null): string => (part === null ? '—' : part.toFixed(3));
const odds = (part: number): string => `odds × ${Math.exp(part).toPrecision(2)}`;

/** How often what was said came, bin by bin. */
function reliability({ reliability: bins }: Measures): string[] {
  const rows = bins.map(({ from, to, count: n, predicted, observed }) =>
    [
      `${from.toFixed(1)}–${to.toFixed(1)}`,
      count(n).padStart(8),
      share(predicted).padStart(10),
      share(observed).padStart(9),
    ].join(' '),
  );
  return ['said        rows  predicted  observed', ...rows].map((line) => `  ${line}`);
}

/** AUC, log-loss and Brier score on one line. */
export const measuresLine = ({ auc, logLoss, brier }: Measures): string =>
  `AUC ${auc === null ? 'unknown' : auc.toFixed(4)}, log-loss ${logLoss.toFixed(4)}, Brier score ${brier.toFixed(4)}`;

/** What a feature means, against an average row: at its values, or along its knots. */
function meaning(feature: Feature): string {
  const { weights, mean } = feature;
  const missing = feature.missing ? weights.at(-1) : undefined;
  const last = missing === undefined ? '' : `; not given: ${odds(missing - mean)}`;
  if (feature.kind === 'number') {
    const top = feature.knots.length - 1;
    const at = (knot: number): string =>
      `${feature.knots[knot]}: ${odds((weights[0] ?? 0) * ((2 * knot) / top - 1) + (weights[1 + knot] ?? 0) - mean)}`;
    return `${[0, Math.round(top / 2), top]
      .filter((knot, n, all) => all.indexOf(knot) === n)
      .map(at)
      .join(', ')}${last}`;
  }
  const levels = feature.levels
    .map((level, at) => ({ level, part: (weights[at] ?? 0) - mean }))
    .sort((a, b) => b.part - a.part);
  const told = levels.length <= 4 ? levels : [...levels.slice(0, 2), ...levels.slice(-2)];
  return `${told.map(({ level, part }) => `${level}: ${odds(part)}`).join(', ')}${last}`;
}

/** What was learned, and how well, line by line; the result last. */
export function report({ outcome, training, features }: Model): string[] {
  const { rows, positives, heldOut, lambda, seed, leftOut, strengths, warnings } = training;
  const byName = new Map(features.map((feature) => [feature.name, feature]));
  const strongest = strengths.slice(0, 10).map(({ column, effect, auc }) => {
    const feature = byName.get(column);
    return `  ${column} (moves the odds × ${Math.exp(effect).toPrecision(2)}; alone AUC ${auc.toFixed(2)}): ${feature ? meaning(feature) : ''}`;
  });
  const how = training.heldOutBy === 'time' ? 'the most recent' : `drawn by seed ${seed}`;
  return [
    `${outcome.column} is ${outcome.positive} in ${count(positives)} of ${count(rows)} rows (${((100 * positives) / rows).toFixed(1)} %)`,
    `${count(heldOut.rows)} rows held out (${how}); penalty ${lambda}, by cross-validation on the others`,
    ...leftOut.map(({ column, because }) => `left out: ${column}: ${because}`),
    'strongest columns (odds against an average row):',
    ...strongest,
    'reliability on the rows held out:',
    ...reliability(heldOut),
    ...warnings.map((warning) => `warning: ${warning}`),
    `held out: ${measuresLine(heldOut)}`,
  ];
}
