import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { movesOf, type PastDeal, pastDeal } from '../../../shared/journey/history/deal.ts';
import { stages } from '../../../shared/journey/stages.ts';

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
const wrong = (but: object) => pastDeal.safeParse({ ...told, ...but }).error?.issues.map(({ path }) => path.join('.'));
const open = told.entered.slice(0, 1);

describe('a deal of the time before', () => {
  it('makes sense: its stages in order, nothing before it came in, nothing after it was won', () => {
    expect(wrong({})).toBeUndefined();
    expect(wrong({ receivedAt: '2026-03-05' })).toEqual(['entered.0.at', 'firstContactAt']);
    expect(wrong({ entered: [open[0], { stage: 'solution-demo', at: '2026-03-01' }] })).toEqual(['entered.1.at']);
    expect(wrong({ entered: [{ stage: 'first-contact', at: '2026-03-02' }] })).toEqual(['entered.0.stage']);
    expect(wrong({ entered: [...open, { stage: 'needs-diagnosis', at: '2026-03-03' }] })).toEqual(['entered.1.stage']);
    expect(wrong({ entered: [...told.entered, { stage: 'solution-demo', at: '2026-03-21' }] })).toEqual([
      'entered.3.stage',
    ]);
    expect(wrong({ entered: [{ stage: 'signed', at: '2026-03-02' }] })).toEqual(['entered.0.stage']);
  });

  it('may have gone back, and things may have happened at the same moment', () => {
    const back = { stage: 'first-contact', at: '2026-03-02' };
    expect(wrong({ entered: [...open, back], lost: { at: '2026-03-02', reason: 'price' } })).toBeUndefined();
    expect(wrong({ firstContactAt: told.receivedAt, entered: [] })).toBeUndefined();
  });

  it('was lost at its end, and never when it was won', () => {
    expect(wrong({ lost: { at: '2026-04-01', reason: 'price' } })).toEqual(['lost']);
    expect(wrong({ entered: open, lost: { at: '2026-04-01', reason: 'price' } })).toBeUndefined();
    expect(wrong({ entered: open, lost: { at: '2026-03-01T03:00:00Z', reason: 'price' } })).toEqual(['lost.at']);
  });

  it('has a customer whom one can reach: by phone, e-mail or WeChat', () => {
    expect(wrong({ contact: { name: 'nobody' } })).toEqual(['contact']);
    expect(wrong({ contact: { phone: 'call me' } })).toEqual(['contact.phone']);
    expect(deal().contact.phone).toBe('+8613800138000');
    expect(deal({ contact: { email: 'fang@example.com' } }).contact).toEqual({ email: 'fang@example.com' });
    expect(deal({ contact: { wechat: 'fang88' } }).contact).toEqual({ wechat: 'fang88' });
  });

  it('has moments as everything else has them, a day being its beginning', () => {
    const { entered, receivedAt, source } = deal({ receivedAt: '2026-03-01T10:00:00+08:00' });
    expect([receivedAt, entered[0]?.at, source]).toEqual([
      '2026-03-01T02:00:00.000Z',
      '2026-03-02T00:00:00.000Z',
      'history',
    ]);
  });

  it('that was won or lost or goes on made moves that join, and spent in its stages what it took as a whole', () => {
    const step = fc.record({ stage: fc.constantFrom(...stages), hours: fc.nat(500) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), fc.option(fc.nat(500)), (steps, lostAfter) => {
        let now = Date.parse(told.receivedAt);
        const later = (hours: number) => {
          now += hours * 3600_000;
          return new Date(now).toISOString();
        };
        const entered = steps.map(({ stage, hours }) => ({ stage, at: later(hours) }));
        const lost = lostAfter === null ? undefined : { at: later(lostAfter), reason: 'price' };
        const receivedAt = new Date(told.receivedAt).toISOString();
        const moves = movesOf({ receivedAt, entered, lost });
        expect(moves.map(({ to, at }) => [to, at])).toEqual([
          ...entered.map(({ stage, at }) => [stage, at]),
          ...(lost ? [['lost', lost.at]] : []),
        ]);
        expect(moves.map(({ from, since }) => [from, since])).toEqual(
          [['first-contact', receivedAt], ...moves.map(({ to, at }) => [to, at])].slice(0, moves.length),
        );
      }),
    );
  });
});
