import { commit, isRefused, update } from '../../../platform/commit.ts';
import type { Table } from '../../../platform/table.ts';
import { count } from '../../facts/store.ts';
import { type RoundResult, resultsOf } from '../results.ts';
import { answersOf, invitationsOf, type Round, roundsOf } from '../store.ts';

/** What came of a round that is over; nothing where too few answered. */
export async function resultOfRound(table: Table, round: Round): Promise<RoundResult | undefined> {
  const [answers, asked] = await Promise.all([answersOf(table, round.roundId), invitationsOf(table, round.repId)]);
  const about = new Set(asked.map((each) => each.about));
  const mutualShare = round.colleagues.filter((each) => about.has(each)).length / round.colleagues.length;
  return resultsOf(round.questions, answers, { mutualShare, atLeast: round.atLeast });
}

/**
 * Counts the rounds on somebody that are over, each once and as a whole: never an answer by itself, and nothing while answers
 * are still taken. Whoever looks at the figures has this done before.
 */
export async function settleRounds(table: Table, repId: string, today: string): Promise<void> {
  const rounds = await roundsOf(table, repId);
  for (const round of rounds.filter(({ until, settled }) => !settled && until < today)) {
    const result = await resultOfRound(table, round);
    const means = result?.questions.map(({ mean }) => mean) ?? [];
    const mean = means.reduce((sum, each) => sum + each, 0) / Math.max(1, means.length);
    const facts = {
      feedbackAnswers: result?.answers ?? 0,
      feedbackSum: Math.round(mean * (result?.answers ?? 0) * 100) / 100,
    };
    const of = { what: 'feedback', id: round.roundId, url: `/feedback/${encodeURIComponent(repId)}` };
    const mark = update(
      'round',
      { pk: `FEEDBACK#${repId}`, sk: `ROUND#${round.roundId}` },
      { expression: 'SET settled = :yes', onlyIf: 'attribute_not_exists(settled)', values: { ':yes': true } },
    );
    try {
      await commit(table, [
        mark,
        ...(means.length > 0 ? count('feedback', [{ repId, at: round.until, facts, of }]) : []),
      ]);
    } catch (error) {
      // Somebody else did it at the same time.
      if (!isRefused(error)) throw error;
    }
  }
}
