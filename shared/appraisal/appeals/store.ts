import { absent, type Change, put } from '../../platform/commit.ts';
import { sha256 } from '../../platform/random.ts';
import { query, type Table } from '../../platform/table.ts';

/** Somebody's word against their score of a closed period. Append-only, as is its answer. */
export interface Appeal {
  appealId: string;
  repId: string;
  period: string;
  revision: number;
  /** The hash of the card that it is about. */
  card: string;
  component?: string;
  reason: string;
  at: string;
}

/** What was answered, tied to the appeal by hash. */
export interface Answer {
  decision: 'upheld' | 'rejected';
  answer: string;
  by: string;
  at: string;
  hash: string;
}

const partition = (period: string): string => `CYCLE#${period}`;
const keyOf = (repId: string, appealId: string): string => `APPEAL#${repId}#${appealId}`;

/** Adds an appeal. */
export const addAppeal = (appeal: Appeal): Change =>
  put('appeal', { pk: partition(appeal.period), sk: keyOf(appeal.repId, appeal.appealId), appeal }, absent);

/** Answers an appeal, once. */
export const addAnswer = (appeal: Appeal, answer: Omit<Answer, 'hash'>): Change =>
  put(
    'answer',
    {
      pk: partition(appeal.period),
      sk: `${keyOf(appeal.repId, appeal.appealId)}#ANSWER`,
      answer: { ...answer, hash: hashOf(appeal, answer) },
    },
    absent,
  );

const sorted = (of: object): string => JSON.stringify(Object.entries(of).sort(([a], [b]) => (a < b ? -1 : 1)));
const hashOf = (appeal: Appeal, answer: Omit<Answer, 'hash'>): string => sha256(`${sorted(appeal)}${sorted(answer)}`);

/** Appeals of a period, of one rep or of all, with their answers, the oldest first. */
export async function appealsOf(
  table: Table,
  period: string,
  repId?: string,
): Promise<(Appeal & { answer: Answer | null })[]> {
  const items = await query(table, {
    pk: partition(period),
    begins: repId === undefined ? 'APPEAL#' : `APPEAL#${repId}#`,
  });
  const answers = new Map(
    items.flatMap(({ sk, answer }): [string, Answer][] =>
      sk.endsWith('#ANSWER') ? [[sk.slice(0, -'#ANSWER'.length), answer as Answer]] : [],
    ),
  );
  return items.flatMap(({ sk, appeal }) =>
    appeal ? [{ ...(appeal as Appeal), answer: answers.get(sk) ?? null }] : [],
  );
}
