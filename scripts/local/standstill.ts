import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { openCauses } from '../../shared/breaker/store.ts';
import { soonestTask } from '../../shared/journey/tasks/store.ts';
import { soonestDue } from '../../shared/lead/store.ts';
import { soonestTrial } from '../../shared/notice/waiting/store.ts';
import type { Table } from '../../shared/platform/table.ts';
import type { Files } from './files.ts';

/** No moment comes after it. */
export const NEVER = new Date(8.64e15);

/**
 * Schedules that run often and mostly find nothing to do: by name, the earliest moment at which one can find something, as long
 * as nothing is written to the table. A clock that is advanced by a month need not run them 43,200 times.
 */
export type Standstill = Readonly<Record<string, () => Promise<Date>>>;

const INBOX = 'imports/inbox/';

/** What the embedded table and the bucket say of them. */
export function standstillOf(client: DynamoDBClient, name: string, files: Files): Standstill {
  const table: Table = { name, client: DynamoDBDocumentClient.from(client) };
  /** How many files had been written when none was in the inbox. */
  let emptyAt: number | undefined;
  return {
    // It looks at leads and tasks that are due by the index, and at channels that messages wait for.
    escalation: async () => {
      const timers = await Promise.all([soonestDue(table), soonestTask(table), soonestTrial(table)]);
      return new Date(Math.min(...timers.map((timer) => (timer ?? NEVER).getTime())));
    },
    // It tries breakers that are open.
    breaker: async () => ((await openCauses(table)).length > 0 ? new Date(0) : NEVER),
    // It takes files that were dropped.
    imports: async () => {
      const written = files.written();
      if (emptyAt === written) return NEVER;
      const dropped = await files.list(INBOX);
      emptyAt = dropped.length === 0 ? written : undefined;
      return dropped.length > 0 ? new Date(0) : NEVER;
    },
  };
}
