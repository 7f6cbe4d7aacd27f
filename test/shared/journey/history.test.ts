import { describe, expect, it } from 'vitest';
import { healthOf } from '../../../shared/journey/health/health.ts';
import { healthBetween } from '../../../shared/journey/health/store.ts';
import { type PastDeal, pastDeal } from '../../../shared/journey/history/deal.ts';
import { takeIn } from '../../../shared/journey/history/store.ts';
import { defaultJourneyRules } from '../../../shared/journey/standard.ts';
import { read } from '../../../shared/lead/store.ts';
import { readRep } from '../../../shared/org/store.ts';
import { teamDeals } from '../../../shared/performance/store.ts';
import { segmentKey } from '../../../shared/performance/win-rate.ts';
import { defaultSlaRules } from '../../../shared/sla/rules.ts';
import { anyRep, beforeCommit, monday, repsExist } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const told = {
  externalId: 'crm-1',
  contact: { name: '王芳', phone: '138 0013 8000' },
  productLine: 'mes',
  repId: 'ann',
  receivedAt: '2026-03-01T02:00:00Z',
  firstContactAt: '2026-03-01T05:00:00Z',
  entered: [
    { stage: 'needs-diagnosis', at: '2026-03-02' },
    { stage: 'contract-negotiation', at: '2026-03-10' },
    { stage: 'payment-confirmed', at: '2026-03-20' },
  ],
};
const deal = (but: object = {}): PastDeal => pastDeal.parse({ ...told, ...but });

const rep = async (repId: string) => {
  await repsExist(table(), anyRep(repId, { teamId: `team-of-${repId}` }));
  const found = await readRep(table(), repId);
  if (!found) throw new Error('not on the roster');
  return found;
};
const health = async (teamId: string) =>
  healthOf(
    (await healthBetween(table(), '2026-01-01', '2027-01-01')).filter((row) => row.teamId === teamId),
    { stage: () => null, cycle: null },
  );

const rules = { sla: defaultSlaRules, journey: defaultJourneyRules };

describe('a deal of the time before', () => {
  it('is in the reports and the win rates, once, however often it is imported', async () => {
    const ann = await rep('ann');
    const first = await takeIn(table(), deal(), ann, rules, monday);
    expect(first.fresh).toBe(true);
    expect(await takeIn(table(), deal(), ann, rules, monday)).toEqual({ ...first, fresh: false });
    expect(await read(table(), first.leadId)).toMatchObject({ status: 'won', owner: { repId: 'ann' } });
    const { cycle, stages } = await health('team-of-ann');
    expect(cycle.deals).toBe(1);
    expect(cycle.meanHours).toBeCloseTo(18 * 24 + 22, 1);
    expect(stages.map(({ left }) => left)).toEqual([1, 1, 0, 0, 1]);
    const deals = await teamDeals(table(), ['team-of-ann'], segmentKey({ productLine: 'mes', grade: 'C' }));
    expect([...(deals.get('team-of-ann')?.values() ?? [])]).toEqual([{ won: 1, closed: 1 }]);
  });

  it('is counted whole when its import breaks off anywhere and is made again', async () => {
    for (const nth of [1, 2, 3]) {
      const bob = await rep(`bob${nth}`);
      const one = deal({ externalId: `crm-bob-${nth}`, repId: bob.repId, contact: { email: `bob${nth}@example.com` } });
      const undo = beforeCommit(table(), nth, () => Promise.reject(new Error('the power went')));
      await takeIn(table(), one, bob, rules, monday).catch(() => undefined);
      undo();
      await takeIn(table(), one, bob, rules, monday);
      expect((await health(bob.teamId ?? '')).stages.map(({ left }) => left)).toEqual([1, 1, 0, 0, 1]);
    }
  });

  it('that goes on is an open deal of an active rep with room for it', async () => {
    const cat = await rep('cat');
    const open = deal({
      externalId: 'crm-cat',
      repId: 'cat',
      contact: { email: 'cat@example.com' },
      entered: told.entered.slice(0, 1),
    });
    const { leadId } = await takeIn(table(), open, cat, rules, monday);
    expect(await read(table(), leadId)).toMatchObject({ status: 'contacted', stage: { name: 'needs-diagnosis' } });
    expect((await readRep(table(), 'cat'))?.openLeads).toBe(1);
    const away = { ...cat, repId: 'nobody-there' };
    await expect(takeIn(table(), { ...open, externalId: 'x' }, away, rules, monday)).rejects.toThrow();
  });
});
