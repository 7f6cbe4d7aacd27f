/** What a colleague answered: points from 1 to 5 by question, and words if they liked. Of whom it is, is nowhere. */
export interface FeedbackAnswer {
  points: Readonly<Record<string, number>>;
  text?: string;
}

/** What came of one question, and how it was damped. */
export interface QuestionResult {
  id: string;
  text: string;
  /** To the half point. */
  mean: number;
  median: number;
  /** How many answers lay further from the median than {@link FAR}, and were drawn in to it. */
  drawnIn: number;
}

/** What came of a round. */
export interface RoundResult {
  answers: number;
  questions: QuestionResult[];
  /** In an order that says nothing. */
  texts: string[];
  /** The share of those asked who were asked about each other; their means move half that way to the middle of the scale. */
  mutualShare: number;
}

/** An answer further from the median counts as if it were so far. */
const FAR = 1.5;
const MIDDLE = 3;

const medianOf = (sorted: readonly number[]): number => {
  const at = (rank: number): number => sorted[rank] ?? 0;
  return (at(Math.floor((sorted.length - 1) / 2)) + at(Math.floor(sorted.length / 2))) / 2;
};

const half = (value: number): number => Math.round(value * 2) / 2;

/** One question's result. The order of the answers does not matter. */
function resultOf(
  { id, text }: { id: string; text: string },
  points: readonly number[],
  mutualShare: number,
): QuestionResult {
  const sorted = [...points].sort((a, b) => a - b);
  const median = medianOf(sorted);
  const near = sorted.map((each) => Math.min(median + FAR, Math.max(median - FAR, each)));
  const mean = near.reduce((sum, each) => sum + each, 0) / near.length;
  return {
    id,
    text,
    mean: half(mean + (mutualShare / 2) * (MIDDLE - mean)),
    median: half(median),
    drawnIn: sorted.filter((each) => Math.abs(each - median) > FAR).length,
  };
}

/** What came of a round; nothing where too few answered. */
export function resultsOf(
  questions: readonly { id: string; text: string }[],
  answers: readonly FeedbackAnswer[],
  { mutualShare, atLeast }: { mutualShare: number; atLeast: number },
): RoundResult | undefined {
  if (answers.length < atLeast) return undefined;
  const share = Math.round(mutualShare * 100) / 100;
  return {
    answers: answers.length,
    questions: questions.flatMap((question) => {
      const points = answers.flatMap(({ points: given }) => given[question.id] ?? []);
      return points.length < atLeast ? [] : [resultOf(question, points, share)];
    }),
    texts: answers.flatMap(({ text }) => (text === undefined ? [] : [text])),
    mutualShare: share,
  };
}
