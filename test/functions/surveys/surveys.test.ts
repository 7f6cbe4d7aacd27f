import type { Context } from 'aws-lambda';
import { afterEach, expect, it } from 'vitest';
import { handler } from '../../../functions/surveys/handler.ts';
import { askAfter, askedAmong } from '../../../shared/appraisal/surveys/store.ts';
import { idsBetween } from '../../../shared/lead/store.ts';
import { commit } from '../../../shared/platform/commit.ts';
import { closedDeals, dealsAreClosed } from '../../closed-deals.ts';
import { context } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const clock = Symbol.for('leadkeeper.clock');
afterEach(() => Reflect.deleteProperty(globalThis, clock));

const wonAt = new Date('2026-11-02T02:00:00.000Z');
const morning = async (scheduledTime: string): Promise<void> => {
  Object.assign(globalThis, { [clock]: () => Date.parse(scheduledTime) });
  await handler({ schedule: 'surveys', scheduledTime }, context as Context);
};

it('on a day with many deals each customer who may be asked is asked, and reminded, once', async () => {
  const deals = closedDeals(130, wonAt).map((deal, n) => ({
    ...deal,
    won: true,
    form: { ...deal.form, ...(n % 10 === 0 ? { consent: { marketing: false } } : {}) },
  }));
  await dealsAreClosed(table(), deals);
  const leadIds = await idsBetween(table(), 'won', new Date(0), wonAt);
  expect(leadIds).toHaveLength(130);
  for (let at = 0; at < leadIds.length; at += 65)
    await commit(
      table(),
      leadIds.slice(at, at + 65).map((leadId) => askAfter(leadId, 'won', wonAt)),
    );

  const asked = async () => [...(await askedAmong(table(), leadIds, 'won')).asked.values()];
  await morning('2026-11-04T01:00:00.000Z');
  expect(await asked()).toHaveLength(0);
  await morning('2026-11-05T01:00:00.000Z');
  const first = await asked();
  expect(first).toHaveLength(117);
  await morning('2026-11-06T01:00:00.000Z');
  expect(new Set(await asked())).toEqual(new Set(first));
  await morning('2026-11-10T01:00:00.000Z');
  expect((await asked()).filter(({ remindedAt }) => remindedAt === '2026-11-10T01:00:00.000Z')).toHaveLength(117);
  await morning('2026-11-11T01:00:00.000Z');
  expect((await asked()).filter(({ remindedAt }) => remindedAt !== '2026-11-10T01:00:00.000Z')).toEqual([]);
});
