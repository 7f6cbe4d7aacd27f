import { expect, it } from 'vitest';
import { closedIds } from '../../../shared/scoring/model/store.ts';
import { closedDeals, dealsAreClosed } from '../../closed-deals.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const MONTH = 30 * 24 * 3600 * 1000;
const now = new Date('2026-11-02T02:00:00.000Z');
const ago = (months: number): string => new Date(now.getTime() - months * MONTH).toISOString();

it('closed leads of the last two years are found once each, those received last first, wherever a span of months ends', async () => {
  const months = [0, 0.5, 1, 1.01, 1.99, 2, 3, 4, 7.99, 8, 15, 16, 23, 24, 24.5, 30];
  const deals = closedDeals(months.length, now).map((deal, n) => ({ ...deal, receivedAt: ago(months[n] ?? 0) }));
  await dealsAreClosed(table(), deals);
  const found = await closedIds(table(), now);
  const ids = found.map(({ leadId }) => leadId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual([...ids].sort().reverse());
  const expected = deals.filter(({ receivedAt }) => receivedAt >= ago(24));
  expect(found.map(({ won }) => won)).toEqual(expected.map(({ won }) => won));
});
