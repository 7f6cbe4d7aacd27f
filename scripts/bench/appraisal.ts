import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { appraisalNow, liveCards } from '../../shared/appraisal/cards/store.ts';
import { daysBetween, periodOf } from '../../shared/appraisal/period.ts';
import { ranked } from '../../shared/appraisal/rankings/row.ts';
import type { Rep } from '../../shared/org/rep.ts';
import { newRep } from '../../shared/org/roster.ts';
import type { Table } from '../../shared/platform/table.ts';
import { bareTable, ensureTable, startTableServer } from '../local/table.ts';
import { rate, type Section } from './report.ts';

const QUARTER = '2026-Q3';
/** Contacts of a rep on each day of the quarter: half a thousand in all. */
const CONTACTS = 6;
const AT_ONCE = 25;

/** What a rep did in a quarter, as it lies in the table: two items a day. */
function* work(repId: string, period: { from: string; to: string }): Generator<Record<string, unknown>> {
  for (const day of daysBetween(period.from, period.to)) {
    const contacts = {
      contacts: CONTACTS,
      reached: 4,
      records: CONTACTS,
      completeRecords: 5,
      stepsDue: 2,
      stepsKept: 1,
    };
    yield { pk: `FACTS#${repId}`, sk: `DAY#${day}#contacts`, ...contacts };
    yield { pk: `FACTS#${repId}`, sk: `DAY#${day}#deals`, won: 1, closed: 3, lost: 2, newCustomers: 1 };
  }
}

async function fill(table: Table, reps: readonly Rep[], period: { from: string; to: string }): Promise<number> {
  const items = reps.flatMap(({ repId }) => [...work(repId, period)]);
  for (let at = 0; at < items.length; at += AT_ONCE) {
    const puts = items.slice(at, at + AT_ONCE).map((Item) => ({ PutRequest: { Item } }));
    await table.client.send(new BatchWriteCommand({ RequestItems: { [table.name]: puts } }));
  }
  return items.length;
}

/** A quarter's cards of so many reps, and of a quarter of them: read, made and ranked. */
export async function benchAppraisal(reps: number): Promise<Section> {
  const dataDir = mkdtempSync(join(tmpdir(), 'leadkeeper-bench-'));
  const server = await startTableServer(dataDir);
  try {
    const table: Table = { name: 'bench', client: DynamoDBDocumentClient.from(server.client) };
    await ensureTable(server.client, bareTable(table.name));
    const period = periodOf(QUARTER);
    if (!period) throw new Error(QUARTER);
    const all = Array.from({ length: reps }, (_, at) =>
      newRep(`rep-${at}`, { name: `Rep ${at}`, status: 'active', teamId: `team-${at % 50}`, hiredAt: '2020-01-01' }),
    );
    const items = await fill(table, all, period);
    const by = await appraisalNow(table, period, period.to);
    const seconds = async (some: readonly Rep[]) => {
      const began = performance.now();
      if (ranked(await liveCards(table, some, by)).length !== some.length) throw new Error('cards are missing');
      return (performance.now() - began) / 1000;
    };
    await seconds(all.slice(0, 50));
    const [few, many] = [await seconds(all.slice(0, reps / 4)), await seconds(all)];
    const contacts = Math.round((items / 2) * CONTACTS).toLocaleString('en');
    return {
      title: 'Appraisal',
      lines: [
        {
          what: `a quarter’s cards of ${reps} reps, ranked, with ${contacts} contacts behind them`,
          figure: `${many.toFixed(1)} s, ${rate(reps / many)}`,
          beside: `of a quarter of them: ${few.toFixed(1)} s, ${rate(reps / 4 / few)}`,
          ratio: (few * 4) / many,
        },
      ],
    };
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
