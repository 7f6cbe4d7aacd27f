import { announce, type EventOf } from '../../events/contract.ts';
import { CycleClosed } from '../../events/cycle-closed.ts';
import { appealsUntil } from '../../shared/appraisal/cycle.ts';
import { cycleOf, frozenAfter, partitionOf } from '../../shared/appraisal/cycles/store.ts';
import { companyDay } from '../../shared/appraisal/facts/store.ts';
import { readReps } from '../../shared/org/store.ts';
import { commit, outbox } from '../../shared/platform/commit.ts';
import type { Table } from '../../shared/platform/table.ts';
import { messagesFor } from './address.ts';
import { cardsPublished, rankingPublished } from './compose-appraisal.ts';
import { deliver, type Try } from './deliver.ts';
import { surroundings } from './surroundings.ts';

/** So many people are told at once; then the event goes on with the next. */
const PAGE = 50;

/**
 * Tells those whose cards a closed period froze, and their supervisors, a page at a time. Messages go by the closing's name and
 * not by the event's id: whoever is met again, in this page or by a repeated one, is told once.
 */
export async function tellOfClosing(table: Table, { period, revision, after }: EventOf<typeof CycleClosed>, how: Try) {
  const cycle = await cycleOf(table, period);
  // Opened again meanwhile: there is nothing to appeal against.
  if (cycle?.state !== 'closed' || cycle.revision !== revision || cycle.closedAt === undefined) return;
  const repIds = await frozenAfter(table, cycle, after, PAGE);
  const reps = [...(await readReps(table, repIds)).values()];
  const managers = await readReps(table, [...new Set(reps.flatMap(({ managerId }) => managerId ?? []))]);
  const around = await surroundings(table, how.now());
  const said = { period, revision, until: appealsUntil(companyDay(cycle.closedAt), cycle.rules) };
  const there = (all: typeof reps) => all.filter(({ status }) => status !== 'left');
  const name = `closed-${period}-${revision}`;
  const cards = cardsPublished(there(reps), said).flatMap((each) => messagesFor(each, around));
  const rankings = rankingPublished(there([...managers.values()]), said).flatMap((each) => messagesFor(each, around));
  await deliver(table, `${name}-card`, cards, how);
  await deliver(table, `${name}-ranking`, rankings, how);
  if (repIds.length < PAGE) return;
  const next = announce(CycleClosed, { period, revision, ...(repIds.at(-1) ? { after: repIds.at(-1) } : {}) });
  await commit(table, [outbox(partitionOf(period), next, how.now())]);
}
