import { importIdOf } from '../../shared/intake/imports/store.ts';
import { NotUnderstood } from '../../shared/intake/mapping.ts';
import { keepAside } from '../../shared/intake/quarantine/store.ts';
import { Conflict } from '../../shared/platform/commit.ts';
import type { Answer } from '../../shared/platform/http-step.ts';
import { Problem } from '../../shared/platform/problem.ts';
import { type StepContext, TryAgain } from '../../shared/platform/queue-step.ts';
import { isUnavailable } from '../../shared/platform/table.ts';
import type { Delivery } from './delivery.ts';
import { putOff } from './put-off.ts';
import type { Taken } from './sources/source.ts';
import { keptOf, readingOf, rulesLastSeen, sourceNamed, takeIn } from './take-in.ts';

/** The table has so long, in milliseconds, before a call is put off. */
const PATIENCE = 5000;

const isBusy = (error: unknown): boolean => isUnavailable(error) || error instanceof Conflict;

class TookTooLong extends Error {
  override readonly name = 'TimeoutError';
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TookTooLong(`not done within ${ms} ms`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** What the sender is told of a delivery that is put off, read by the rules that were seen last. @throws Problem for what they should mend */
async function promiseOf(delivery: Delivery): Promise<Answer> {
  const source = sourceNamed(delivery.source);
  const reading = readingOf(rulesLastSeen(), source.name, delivery.query.form);
  const lead: Taken = { kind: 'lead', receipt: { leadId: delivery.leadId, status: 'received' } };
  try {
    const items = await source.parse(delivery, reading);
    const taken = items.map((item): Taken => {
      if (item.kind !== 'file') return lead;
      return { kind: 'import', importId: importIdOf(delivery.body), rows: item.file.rows.length };
    });
    return source.answer(taken, reading);
  } catch (error) {
    // By the rules in force it may well be understood; if not, quarantine has it.
    if (!(error instanceof NotUnderstood)) throw error;
    return source.answer([lead], reading);
  }
}

/**
 * Takes in a delivery now; or, while the table is too busy, promises to do so later, once the whole of it lies in the queue.
 * @throws Problem 503 when that cannot be promised either
 */
export async function takeInNowOrLater(delivery: Delivery, to: StepContext['table']): Promise<Answer> {
  try {
    return (await within(PATIENCE, takeIn(to, delivery))).answer;
  } catch (error) {
    if (!isBusy(error)) throw error;
    const promise = await promiseOf(delivery);
    await putOff(delivery);
    return promise;
  }
}

/** At most a quarter of an hour between tries, in seconds. */
const pauseAfter = (attempt: number): number => Math.min(900, 2 ** Math.min(attempt, 10));

/** Takes in what its sender was told is taken. What they should have mended is kept for the admins: nobody else hears of it. */
export async function takeInPromised(delivery: Delivery, { table, now, attempt }: StepContext): Promise<void> {
  try {
    await takeIn(table, delivery);
  } catch (error) {
    if (isBusy(error)) throw new TryAgain(pauseAfter(attempt));
    if (!(error instanceof Problem)) throw error;
    await keepAside(table, keptOf(delivery), { reason: error.message }, now());
  }
}
