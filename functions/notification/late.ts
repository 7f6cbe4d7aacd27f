import type { Table } from '../../shared/platform/table.ts';
import type { Message } from './message.ts';
import { saidAt, standingOf } from './standing.ts';
import { isUntrue } from './untrue.ts';

/** What comes within so many milliseconds of what happened is told as it is: nothing more is read for it. */
const IN_TIME = 5 * 60_000;

/** A lead that was contacted before its owner was told of it is not new to them any more; a won deal entrusted to them is. */
const aboutThen = ({ kind, about = {} }: Message): NonNullable<Message['about']> =>
  kind === 'lead-assigned' && about.status === 'contacted' ? { ...about, status: 'assigned' } : about;

/**
 * What is to be sent of an event that may come late, since the step was down or the event lay among dead letters: of that, what is true
 * still. `happenedAt` is the event's time (ISO 8601).
 */
export async function stillTrue(
  table: Table,
  messages: readonly Message[],
  happenedAt: string,
  at: Date,
): Promise<readonly Message[]> {
  if (at.getTime() - Date.parse(happenedAt) <= IN_TIME) return messages;
  const each = await Promise.all(messages.map(async (message) => ({ message, now: await standingOf(table, message) })));
  return each
    .filter(({ message, now }) => !isUntrue(message.kind, aboutThen(message), now))
    .map(({ message, now }) => saidAt(message, now, at));
}
