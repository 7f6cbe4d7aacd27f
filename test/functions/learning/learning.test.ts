import type { Context } from 'aws-lambda';
import { afterEach, describe, expect, it } from 'vitest';
import { LeadReceived } from '../../../events/lead-received.ts';
import { handler } from '../../../functions/learning/handler.ts';
import { handler as scoring } from '../../../functions/scoring/handler.ts';
import { current, load, publish } from '../../../shared/config/store.ts';
import { create, read } from '../../../shared/lead/store.ts';
import { commit } from '../../../shared/platform/commit.ts';
import { newId } from '../../../shared/platform/random.ts';
import { scoreLead } from '../../../shared/scoring/model/lead-model.ts';
import { candidates, lastRun, loadModel } from '../../../shared/scoring/model/store.ts';
import { closedDeals, dealsAreClosed } from '../../closed-deals.ts';
import { context, messages, scoredLead } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const clock = Symbol.for('leadkeeper.clock');
const at = (time: string) => Object.assign(globalThis, { [clock]: () => Date.parse(time) });
const night = (scheduledTime: string) => {
  at(scheduledTime);
  return handler({ schedule: 'learning', scheduledTime }, context as Context);
};
afterEach(() => Reflect.deleteProperty(globalThis, clock));

const until = new Date('2026-11-02T02:00:00.000Z');

/** A lead comes in and is scored. */
async function scoredNow() {
  const [deal] = closedDeals(1, until, 3);
  if (!deal) throw new Error('no deal');
  const leadId = newId(until);
  const lead = { ...scoredLead(leadId), status: 'received' as const, receivedAt: until.toISOString() };
  delete lead.score;
  await commit(table(), create(lead, deal.form));
  await scoring(messages(LeadReceived, { ...LeadReceived.sample, leadId }), context as Context);
  return { form: deal.form, receivedAt: lead.receivedAt, score: (await read(table(), leadId))?.score };
}

describe('at night', () => {
  it('nothing is learned from few leads; then a model is, and it scores; the same leads teach nothing new', async () => {
    const deals = closedDeals(500, until, 8);
    await dealsAreClosed(table(), deals.slice(0, 120));
    await night('2026-11-03T01:20:00.000Z');
    expect(await lastRun(table())).toMatchObject({ closed: 120, inForce: 0 });
    expect(await candidates(table(), 5)).toEqual([]);
    expect((await scoredNow()).score).not.toHaveProperty('model');

    await dealsAreClosed(table(), deals.slice(120));
    await night('2026-11-04T01:20:00.000Z');
    const [candidate] = await candidates(table(), 5);
    expect(candidate).toMatchObject({ version: 1, kept: true, closed: 500, rules: 1 });
    expect((await current(table())).model).toBe(1);
    const model = await loadModel(table(), 1);
    expect(model?.training.hash).toBe(candidate?.hash);

    const { score, form, receivedAt } = await scoredNow();
    expect(score).toMatchObject({ version: 1, model: 1 });
    expect(score?.points.reduce((sum, { points }) => sum + points, 0)).toBe(score?.value);
    const rules = await load(table(), 'scoring', 1);
    // Again from what was posted and the versions named: the same to the letter.
    expect(model && scoreLead({ form, receivedAt }, rules, 1, { version: 1, model })).toEqual(score);

    await night('2026-11-05T01:20:00.000Z');
    expect(await candidates(table(), 5)).toHaveLength(1);
    expect(await lastRun(table())).toMatchObject({ at: '2026-11-05T01:20:00.000Z', inForce: 1 });
  });

  it('a model that is not better is kept on record, with the figures, and not in force', async () => {
    const chance = closedDeals(60, new Date('2026-11-05T02:00:00.000Z'), 11).map((deal, n) => ({
      ...deal,
      won: n % 3 === 0,
    }));
    await dealsAreClosed(table(), chance);
    await night('2026-11-06T01:20:00.000Z');
    const [newest, first] = await candidates(table(), 5);
    expect(first?.version).toBe(1);
    expect(newest).toMatchObject({ version: 2, closed: 560, kept: false });
    expect(newest?.measures.last).toBeDefined();
    expect((await current(table())).model).toBe(1);
    expect(newest?.because).toMatch(/on the 112 leads closed last.*version 1 stays/);
  });

  it('nothing is learned, and the rules score, once an admin switched it off; a certain version scores where one is named', async () => {
    const { scoring: version } = await current(table());
    const rules = await load(table(), 'scoring', version);
    await commit(table(), publish('scoring', version, { ...rules, model: 'off' }, 'admin', until));
    await night('2026-11-07T01:20:00.000Z');
    expect((await lastRun(table()))?.at).toBe('2026-11-06T01:20:00.000Z');
    expect((await scoredNow()).score).not.toHaveProperty('model');
    await commit(table(), publish('scoring', version + 1, { ...rules, model: 2 }, 'admin', until));
    expect((await scoredNow()).score).toMatchObject({ version: version + 2, model: 2 });
  });
});
