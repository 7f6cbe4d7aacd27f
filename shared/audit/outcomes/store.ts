import { absent, Conflict, commitOne, put } from '../../platform/commit.ts';
import { getMany, type Table } from '../../platform/table.ts';
import { recordsOn } from '../day/store.ts';
import type { AuditRecord } from '../record.ts';

/** The system's attempts of a day: those that gave the lead to somebody, and those that found nobody, by cause. */
interface Outcomes {
  correct: number;
  causes: Record<string, number>;
}

const DAY = 24 * 3600 * 1000;
const PAGE = 200;
const keyOf = (day: string) => ({ pk: 'AUDIT', sk: `OUTCOMES#${day}` });

/** Whether a decision was an attempt of the system's, and not somebody's hand, a release, or that the lead waits for a shift. */
const isAttempt = ({ outcome, by, basis, waitsUntil }: AuditRecord): boolean =>
  by === undefined &&
  basis !== 'manual' &&
  waitsUntil === undefined &&
  (outcome === 'assigned' || outcome === 'failed');

async function count(table: Table, day: string): Promise<Outcomes> {
  const outcomes: Outcomes = { correct: 0, causes: {} };
  let cursor: string | undefined;
  do {
    const page = await recordsOn(table, day, PAGE, cursor);
    for (const record of page.records.filter(isAttempt)) {
      if (record.outcome === 'assigned') outcomes.correct += 1;
      else outcomes.causes[record.cause ?? 'unknown'] = (outcomes.causes[record.cause ?? 'unknown'] ?? 0) + 1;
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return outcomes;
}

/** Attempts, those that ended right, and their share (of 1). */
interface Figures {
  attempts: number;
  correct: number;
  share: number | null;
}

function figuresOf({ correct, causes }: Outcomes): Figures {
  const attempts = correct + Object.values(causes).reduce((sum, failed) => sum + failed, 0);
  return { attempts, correct, share: attempts === 0 ? null : Math.round((correct / attempts) * 10_000) / 10_000 };
}

/** What came of the system's attempts on the days from … to. A day that is over is counted once, and kept. */
export async function stability(
  table: Table,
  from: string,
  to: string,
  at: Date,
): Promise<Figures & { causes: Record<string, number>; days: (Figures & { day: string })[] }> {
  const days: string[] = [];
  for (let time = Date.parse(from); time <= Date.parse(to); time += DAY)
    days.push(new Date(time).toISOString().slice(0, 10));
  const kept = new Map((await getMany(table, days.map(keyOf))).map(({ sk, outcomes }) => [sk, outcomes as Outcomes]));
  const total: Outcomes = { correct: 0, causes: {} };
  const byDay: (Figures & { day: string })[] = [];
  const today = at.toISOString().slice(0, 10);
  for (const day of days.filter((each) => each <= today)) {
    const known = kept.get(keyOf(day).sk);
    const outcomes = known ?? (await count(table, day));
    // A minute's grace: a decision of the last moment may not be listed yet.
    if (!known && at.getTime() > Date.parse(day) + DAY + 60_000) await keep(table, day, outcomes);
    byDay.push({ day, ...figuresOf(outcomes) });
    total.correct += outcomes.correct;
    for (const [cause, failed] of Object.entries(outcomes.causes))
      total.causes[cause] = (total.causes[cause] ?? 0) + failed;
  }
  return { ...figuresOf(total), causes: total.causes, days: byDay };
}

async function keep(table: Table, day: string, outcomes: Outcomes): Promise<void> {
  await commitOne(table, put('outcomes', { ...keyOf(day), outcomes }, absent)).catch((error: unknown) => {
    if (!(error instanceof Conflict)) throw error;
  });
}
