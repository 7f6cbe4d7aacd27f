import type { Card } from '../card.ts';

/** What a ranking says of a card. */
export interface Row {
  repId: string;
  name: string;
  teamId?: string;
  plans: string[];
  score: number | null;
  grade: string | null;
  coefficient: number | null;
  /** The version of the rules that the card was made by, and of a frozen one its hash. */
  version: number;
  hash?: string;
  missing: string[];
  components: { id: string; value: number | null; score: number | null; points: number | null }[];
}

/** A card as a row; nothing of who was not there. */
export function rowOf(card: Card, hash?: string): Row[] {
  if (card.segments.length === 0) return [];
  const { repId, name, teamId, score, grade, coefficient, version } = card;
  return [
    {
      ...{ repId, name, ...(teamId === undefined ? {} : { teamId }), score, grade, coefficient, version },
      ...(hash === undefined ? {} : { hash }),
      plans: [...new Set(card.segments.map(({ planId }) => planId))],
      missing: [...new Set(card.missing.map(({ id }) => id))],
      components: card.components.map(({ id, value, score: own, points }) => ({ id, value, score: own, points })),
    },
  ];
}

/** The best first; who has no score comes last. Equal scores have the same rank. */
export function ranked<R extends Pick<Row, 'repId' | 'score'>>(rows: readonly R[]): (R & { rank: number | null })[] {
  const sorted = [...rows].sort(
    (a, b) => (b.score ?? -1) - (a.score ?? -1) || (a.repId < b.repId ? -1 : a.repId > b.repId ? 1 : 0),
  );
  let first = 0;
  return sorted.map((row, at) => {
    if (row.score !== sorted[first]?.score) first = at;
    return { ...row, rank: row.score === null ? null : first + 1 };
  });
}
