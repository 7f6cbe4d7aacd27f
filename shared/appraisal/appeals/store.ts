import { AppealAnswered } from '../../../events/appeal-answered.ts';
import { AppealFiled } from '../../../events/appeal-filed.ts';
import { announce } from '../../../events/contract.ts';
import { absent, type Change, outbox, put } from '../../platform/commit.ts';
import { sha256 } from '../../platform/random.ts';
import { query, type Table } from '../../platform/table.ts';
import { partitionOf } from '../cycles/store.ts';

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

const keyOf = (repId: string, appealId: string): string => `APPEAL#${repId}#${appealId}`;

/** Adds an appeal, and announces it. */
export const addAppeal = (appeal: Appeal, at: Date): Change[] => {
  const { appealId, repId, period, component } = appeal;
  const about = { appealId, repId, period, ...(component === undefined ? {} : { component }) };
  return [
    put('appeal', { pk: partitionOf(period), sk: keyOf(repId, appealId), appeal }, absent),
    outbox(partitionOf(period), announce(AppealFiled, about), at),
  ];
};

/** Answers an appeal, once, and announces it. */
export const addAnswer = (appeal: Appeal, answer: Omit<Answer, 'hash'>, at: Date): Change[] => {
  const { appealId, repId, period } = appeal;
  return [
    put(
      'answer',
      {
        pk: partitionOf(period),
        sk: `${keyOf(repId, appealId)}#ANSWER`,
        answer: { ...answer, hash: hashOf(appeal, answer) },
      },
      absent,
    ),
    outbox(partitionOf(period), announce(AppealAnswered, { appealId, repId, period, decision: answer.decision }), at),
  ];
};

const sorted = (of: object): string => JSON.stringify(Object.entries(of).sort(([a], [b]) => (a < b ? -1 : 1)));
const hashOf = (appeal: Appeal, answer: Omit<Answer, 'hash'>): string => sha256(`${sorted(appeal)}${sorted(answer)}`);

/** Appeals of a period, of one rep or of all, with their answers, the oldest first. */
export async function appealsOf(
  table: Table,
  period: string,
  repId?: string,
): Promise<(Appeal & { answer: Answer | null })[]> {
  const items = await query(table, {
    pk: partitionOf(period),
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
