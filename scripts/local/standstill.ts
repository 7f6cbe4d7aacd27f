import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { openCauses } from '../../shared/breaker/store.ts';
import { soonestTrial } from '../../shared/notice/waiting/store.ts';
import { indexes, type Table } from '../../shared/platform/table.ts';

/** No moment comes after it. */
export const NEVER = new Date(8.64e15);

/**
 * Schedules that run often and mostly find nothing to do: by name, the earliest moment at which one can find something, as long
 * as nothing is written to the table. A clock that is advanced by a month need not run them 43,200 times.
 */
export type Standstill = Readonly<Record<string, () => Promise<Date>>>;

/** What the embedded table says of them. */
export function standstillOf(client: DynamoDBClient, name: string): Standstill {
  const table: Table = { name, client: DynamoDBDocumentClient.from(client) };
  return {
    // It looks at what is due by the index, and at channels that messages wait for.
    escalation: async () => {
      const [timer, trial] = await Promise.all([soonestTimer(table), soonestTrial(table)]);
      return new Date(Math.min(timer.getTime(), trial?.getTime() ?? NEVER.getTime()));
    },
    // It tries breakers that are open.
    breaker: async () => ((await openCauses(table)).length > 0 ? new Date(0) : NEVER),
  };
}

async function soonestTimer({ name, client }: Table): Promise<Date> {
  const { due } = indexes;
  let soonest: string | undefined;
  const pages = paginateScan({ client }, { TableName: name, IndexName: due.name, ProjectionExpression: due.sort });
  for await (const { Items = [] } of pages)
    for (const { [due.sort]: at } of Items) if (soonest === undefined || String(at) < soonest) soonest = String(at);
  return soonest === undefined ? NEVER : new Date(soonest);
}
