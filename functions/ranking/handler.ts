import { RankingAsked } from '../../events/ranking-asked.ts';
import { periodOf } from '../../shared/appraisal/period.ts';
import { makeRanking, readMade } from '../../shared/appraisal/rankings/store.ts';
import { queueStep } from '../../shared/platform/queue-step.ts';

/** RankingAsked → the ranking of a whole company, in pages that a call reads at once. Woken by its own queue. */
export const handler = queueStep([RankingAsked], async ({ detail }, { table, now }) => {
  const period = periodOf(detail.period);
  const made = await readMade(table, detail.period);
  if (!period || (made && made.asOf >= detail.at)) return; // delivered twice
  await makeRanking(table, period, detail.eventId, now());
});
