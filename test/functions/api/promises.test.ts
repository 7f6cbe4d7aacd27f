import { beforeAll, expect, it } from 'vitest';
import { getRecords } from '../../../functions/api/routes/scorecards.ts';
import { appraisalNow, groundsOf } from '../../../shared/appraisal/cards/store.ts';
import { companyDay, count } from '../../../shared/appraisal/facts/store.ts';
import type { Facts } from '../../../shared/appraisal/facts.ts';
import { periodOf } from '../../../shared/appraisal/period.ts';
import { readRep } from '../../../shared/org/store.ts';
import { commit } from '../../../shared/platform/commit.ts';
import { useRealTable } from '../../real-table.ts';
import { call, hire } from './asked.ts';

const { table } = useRealTable();
const counted = (what: string, at: string, facts: Facts) =>
  commit(table(), count('contacts', [{ repId: 'a', at, facts, of: { what, id: 'c1', leadId: 'lead-1' } }]));

beforeAll(async () => {
  await hire(table(), 'a');
  await counted('contact', '2026-11-10T03:00:00.000Z', { contacts: 1, records: 1 });
  await counted('next-step', '2026-11-20T03:00:00.000Z', { stepsDue: 1 });
});

it.each([
  ['2026-11-19T15:59:00.000Z', undefined, ['contact']],
  ['2026-11-19T16:00:00.000Z', 1, ['contact', 'next-step']],
  ['2026-12-05T03:00:00.000Z', 1, ['contact', 'next-step']],
])('at %s a promise to a customer that falls due on 20 November is due %s times', async (at, due, records) => {
  const [rep, period] = [await readRep(table(), 'a'), periodOf('2026-11')];
  if (!rep || !period) throw new Error('there are both');
  const [ground] = await groundsOf(table(), [rep], await appraisalNow(table(), period, companyDay(at)));
  expect(ground?.done.map(({ facts }) => facts.stepsDue)).toEqual([due]);
  const { body } = await call(getRecords, at, { params: { repId: 'a' }, query: { period: '2026-11', limit: 50 } });
  expect((body as unknown as { items: { what: string }[] }).items.map(({ what }) => what)).toEqual(records);
});
