import type { Lead } from '../../lead/lead.ts';
import { type Change, commitOne, update } from '../../platform/commit.ts';
import { log } from '../../platform/log.ts';
import { type Item, query, type Table } from '../../platform/table.ts';
import { type Counted, none, type ShareRow } from './share.ts';

/**
 * Running counts of leads by what became of them: two items for each day of receipt (UTC), source and campaign, one for what the rules
 * decided, one for what people did. The latter is written in the transaction of what they did. The former is not: a burst would
 * contend for it. A worker adds up what it decided while its last write was under way, and writes that at once.
 */

const SEPARATOR = '|';
const partition = (month: string): string => `RUBBISH#${month}`;

type Origin = Pick<Lead, 'receivedAt' | 'source'>;

function rowOf({ receivedAt, source }: Origin, by: 'rules' | 'people') {
  const day = receivedAt.slice(0, 10);
  const campaign = encodeURIComponent(source.campaign ?? '');
  return { pk: partition(day.slice(0, 7)), sk: [day, source.channel, campaign, by].join(SEPARATOR) };
}

/** Counts what somebody did with a lead. */
export const countByHand = (lead: Lead, what: 'accepted' | 'rejectedByHand', by: 1 | -1 = 1): Change =>
  update('share of rubbish', rowOf(lead, 'people'), {
    expression: 'ADD #what :by',
    names: { '#what': what },
    values: { ':by': by },
  });

/** Counts that wait for the write before them. */
const waiting = new Map<string, { key: { pk: string; sk: string }; counts: Map<Counted, number> }>();
let writing: Promise<void> = Promise.resolve();

/**
 * Counts what the rules decided. Resolves when it is written; never fails: a lead is not held up for a statistic. Whatever dies
 * between a decision and this loses its count.
 */
export function countDecided(table: Table, lead: Origin, what: Counted): Promise<void> {
  const key = rowOf(lead, 'rules');
  const row = waiting.get(key.sk) ?? { key, counts: new Map<Counted, number>() };
  row.counts.set(what, (row.counts.get(what) ?? 0) + 1);
  waiting.set(key.sk, row);
  writing = writing.then(() => write(table));
  return writing;
}

async function write(table: Table): Promise<void> {
  const rows = [...waiting.values()];
  waiting.clear();
  await Promise.all(
    rows.map(async ({ key, counts }) => {
      const entries = [...counts];
      try {
        await commitOne(
          table,
          update('share of rubbish', key, {
            expression: `ADD ${entries.map((_, at) => `#what${at} :by${at}`).join(', ')}`,
            names: Object.fromEntries(entries.map(([what], at) => [`#what${at}`, what])),
            values: Object.fromEntries(entries.map(([, by], at) => [`:by${at}`, by])),
          }),
        );
      } catch (error) {
        log.error('a decision about rubbish was not counted', error, { count: entries.length });
      }
    }),
  );
}

function toRow(item: Item): ShareRow {
  const [day = '', source = '', campaign = ''] = item.sk.split(SEPARATOR);
  const counts = Object.fromEntries(Object.keys(none).map((what) => [what, Number(item[what] ?? 0)]));
  return { ...none, ...counts, day, source, campaign: decodeURIComponent(campaign) };
}

/** The rows of leads received on the days from `from` until before `to` (`2026-11-23`), month by month. */
export async function sharesBetween(table: Table, from: string, to: string): Promise<ShareRow[]> {
  const rows: ShareRow[] = [];
  const month = new Date(`${from.slice(0, 7)}-01T00:00:00.000Z`);
  while (month.toISOString().slice(0, 10) < to) {
    const items = await query(table, { pk: partition(month.toISOString().slice(0, 7)) });
    rows.push(...items.map(toRow).filter(({ day }) => day >= from && day < to));
    month.setUTCMonth(month.getUTCMonth() + 1);
  }
  return rows;
}
