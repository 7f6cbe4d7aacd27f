import { describe, expect, it } from 'vitest';
import { goneOn, isStuck, setBack, stuckSince, TWO_WEEKS } from '../../../shared/journey/progress.ts';
import { become, type Lead } from '../../../shared/lead/lead.ts';
import { monday, scoredLead } from '../../histories.ts';

const DAY = 24 * 3600_000;
const day = (days: number): Date => new Date(monday.getTime() + days * DAY);
const iso = (days: number): string => day(days).toISOString();
const owner = { repId: 'rep-li', name: '李雷' };
const assigned: Lead = become(scoredLead('lead'), { status: 'assigned', owner });
const open = (but: Partial<Lead['stage']> = {}, sla: Partial<Lead['sla']> = {}): Lead =>
  ({ ...assigned, stage: { ...assigned.stage, ...but }, sla: { ...assigned.sla, ...sla } }) as Lead;
const lost = { ...open(), status: 'lost', closedAt: iso(1), lostReason: 'price' } as Lead;

describe('an open deal', () => {
  it('turns red two weeks after it came in or moved, if nothing happens with it', () => {
    expect(stuckSince(open(), day(14))).toBeUndefined();
    expect(stuckSince(open(), new Date(day(14).getTime() + 1))).toBe(iso(14));
    expect(stuckSince(open({ since: iso(3) }), day(16))).toBeUndefined();
    expect(stuckSince(open({ since: iso(3) }), day(18))).toBe(iso(17));
    expect(isStuck(open(), day(14))).toBe(false);
    expect(isStuck(open(), day(15))).toBe(true);
  });

  it('turns red by its latest post where that came after its stage began', () => {
    expect(stuckSince(open({}, { receivedAt: iso(5) }), day(18))).toBeUndefined();
    expect(stuckSince(open({}, { receivedAt: iso(5) }), day(20))).toBe(iso(19));
  });

  it('turns red after what its stage says, where that is not two weeks', () => {
    expect(stuckSince(open({ stuckMs: 2 * DAY }), day(3))).toBe(iso(2));
    expect(stuckSince(open({ stuckMs: 30 * DAY }), day(29))).toBeUndefined();
  });

  it('has as long again after somebody was in touch', () => {
    const deal = goneOn(open({ stuckMs: 3 * DAY }), day(2));
    expect(stuckSince(deal, day(4))).toBeUndefined();
    expect(stuckSince(deal, day(6))).toBe(iso(5));
  });

  it('is red since it was told to be', () => {
    expect(stuckSince(open({}, { stuckSince: iso(4), stuckDueAt: iso(30) }), day(5))).toBe(iso(4));
  });
});

describe('a deal that is over', () => {
  it('is never red, and nothing makes progress of it', () => {
    expect(stuckSince(lost, day(100))).toBeUndefined();
    expect(goneOn(lost, day(2))).toBe(lost);
    expect(setBack(lost, iso(2), undefined)).toBe(lost);
  });
});

describe('progress that never was', () => {
  const deal = (to: number, but: Partial<Lead['stage']> = {}) => goneOn(open(but), day(to));
  const dueIn = (lead: Lead): number | undefined =>
    lead.sla.stuckDueAt === undefined
      ? undefined
      : (Date.parse(lead.sla.stuckDueAt) - TWO_WEEKS - monday.getTime()) / DAY;

  it('gives the time back from what remains: the latest contact or move', () => {
    expect(dueIn(deal(6))).toBe(6);
    expect(dueIn(setBack(deal(6), iso(6), iso(2)))).toBe(2);
    expect(dueIn(setBack(deal(6, { since: iso(4) }), iso(6), iso(2)))).toBe(4);
    expect(dueIn(setBack(deal(6, { since: iso(4) }), iso(6), iso(5)))).toBe(5);
    expect(dueIn(setBack(deal(6, { since: iso(4) }), iso(6), undefined))).toBe(4);
  });

  it('leaves a deal with nothing but its receipt', () => {
    const { sla } = setBack(deal(6), iso(6), undefined);
    expect(sla).not.toHaveProperty('stuckDueAt');
    expect(sla.receivedAt).toBe(assigned.receivedAt);
  });

  it('changes nothing where something happened after it', () => {
    const later = deal(7);
    expect(setBack(later, iso(6), iso(2))).toBe(later);
  });

  it('of a deal that was told to be red lets it stay told', () => {
    const told = open({}, { stuckSince: iso(20) });
    const back = setBack(told, iso(6), iso(2));
    expect([back.sla.stuckSince, back.sla.stuckDueAt]).toEqual([iso(16), undefined]);
  });
});
