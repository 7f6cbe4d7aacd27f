import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leadStatuses } from '../../../shared/lead/lead.ts';
import { reconcile } from '../../../shared/reconciliation/reconcile.ts';

const now = new Date('2026-11-23T08:00:00.000Z');
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();

describe('reconciliation', () => {
  it('adds up: received = assigned + manual + pool + duplicate + rejected + closed + in flight + difference', () => {
    const resting = leadStatuses.filter((status) => status !== 'received' && status !== 'scored');
    const counts = fc.record(Object.fromEntries(resting.map((status) => [status, fc.nat(50)])));
    const moving = fc.array(fc.record({ leadId: fc.uuid(), minutes: fc.nat(20) }), { maxLength: 20 });
    fc.assert(
      fc.property(counts, moving, (counted, under) => {
        const found = reconcile(
          counted,
          under.map(({ leadId, minutes }) => ({ leadId, since: ago(minutes) })),
          now,
        );
        const { received, assigned, manual, pool, duplicate, rejected, closed, inFlight, difference } = found;
        expect(assigned + manual + pool + duplicate + rejected + closed + inFlight + difference).toBe(received);
        expect(received).toBe(Object.values(counted).reduce((sum, count) => sum + count, 0) + under.length);
        expect(difference).toBe(under.filter(({ minutes }) => minutes > 5).length);
        expect(found.leadIds).toHaveLength(difference);
      }),
    );
  });

  it('names a lead that has been on its way for more than five minutes, but not one that is to be tried again', () => {
    const found = reconcile(
      {},
      [
        { leadId: 'stuck', since: ago(6) },
        { leadId: 'fresh', since: ago(4) },
        { leadId: 'again', since: ago(60), nextAttemptAt: ago(-1) },
      ],
      now,
    );
    expect(found).toMatchObject({ received: 3, inFlight: 2, difference: 1, leadIds: ['stuck'] });
  });
});

describe('where a lead counts', () => {
  it('is with who has it while it is worked on, and with what became of it afterwards', () => {
    const counts = { assigned: 1, contacted: 2, manual: 4, pool: 8, duplicate: 16, rejected: 32, won: 64, lost: 128 };
    expect(reconcile(counts, [], now)).toEqual({
      received: 255,
      assigned: 3,
      manual: 4,
      pool: 8,
      duplicate: 16,
      rejected: 32,
      closed: 192,
      inFlight: 0,
      difference: 0,
      leadIds: [],
    });
  });

  it('is on its way for five minutes and not longer, whatever is counted of leads on their way', () => {
    const five = { leadId: 'just', since: ago(5) };
    expect(reconcile({ received: 7, scored: 7 }, [five], now)).toMatchObject({ received: 1, inFlight: 1 });
    const late = { leadId: 'late', since: new Date(Date.parse(ago(5)) - 1).toISOString() };
    expect(reconcile({}, [late], now)).toMatchObject({ received: 1, inFlight: 0, leadIds: ['late'] });
    const missed = { leadId: 'missed', since: ago(60), nextAttemptAt: ago(6) };
    expect(reconcile({}, [missed], now).leadIds).toEqual(['missed']);
  });
});
