/** How good probabilities are, measured on leads that the model has not seen. */
export interface Measures {
  rows: number;
  /** How many of them had the outcome. */
  positives: number;
  /** The chance that one with the outcome is ranked before one without; 0.5 is a coin. Null when there are not both kinds. */
  auc: number | null;
  /** Mean negative log-likelihood, in nats; less is better. */
  logLoss: number;
  /** Mean squared distance of probability and outcome; less is better. */
  brier: number;
  /** Probabilities from 0 to 1 in ten bins: what was said, and what came. */
  reliability: { from: number; to: number; count: number; predicted: number | null; observed: number | null }[];
}

const BINS = 10;

/** The area under the ROC curve of these values, equal values counting half; null when there are not both outcomes. */
export function aucOf(values: ArrayLike<number>, outcomes: ArrayLike<number>): number | null {
  const order = Array.from({ length: values.length }, (_, at) => at).sort(
    (a, b) => (values[a] ?? 0) - (values[b] ?? 0),
  );
  let positives = 0;
  let ranks = 0;
  for (let from = 0; from < order.length; ) {
    const value = values[order[from] ?? 0];
    let to = from;
    let among = 0;
    while (to < order.length && values[order[to] ?? 0] === value) {
      among += outcomes[order[to] ?? 0] ?? 0;
      to += 1;
    }
    positives += among;
    ranks += among * ((from + 1 + to) / 2);
    from = to;
  }
  const negatives = order.length - positives;
  if (positives === 0 || negatives === 0) return null;
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Mean negative log-likelihood of the outcomes, in nats. */
export function logLossOf(probabilities: ArrayLike<number>, outcomes: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < probabilities.length; at += 1) {
    const probability = Math.min(1 - 1e-15, Math.max(1e-15, probabilities[at] ?? 0));
    sum -= Math.log(outcomes[at] === 1 ? probability : 1 - probability);
  }
  return probabilities.length === 0 ? 0 : sum / probabilities.length;
}

/** All measures of these probabilities against what came (1 or 0). */
export function measure(probabilities: readonly number[], outcomes: readonly number[]): Measures {
  const bins = Array.from({ length: BINS }, () => ({ count: 0, predicted: 0, observed: 0 }));
  let brier = 0;
  for (const [at, probability] of probabilities.entries()) {
    const outcome = outcomes[at] ?? 0;
    brier += (probability - outcome) ** 2;
    const bin = bins[Math.min(BINS - 1, Math.floor(probability * BINS))];
    if (!bin) continue;
    bin.count += 1;
    bin.predicted += probability;
    bin.observed += outcome;
  }
  return {
    rows: outcomes.length,
    positives: outcomes.reduce((sum, outcome) => sum + outcome, 0),
    auc: aucOf(probabilities, outcomes),
    logLoss: logLossOf(probabilities, outcomes),
    brier: outcomes.length === 0 ? 0 : brier / outcomes.length,
    reliability: bins.map(({ count, predicted, observed }, bin) => ({
      from: bin / BINS,
      to: (bin + 1) / BINS,
      count,
      predicted: count === 0 ? null : predicted / count,
      observed: count === 0 ? null : observed / count,
    })),
  };
}
