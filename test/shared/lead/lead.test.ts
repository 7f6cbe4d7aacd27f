import { describe, expect, it } from 'vitest';
import type { Form } from '../../../shared/lead/form.ts';
import {
  become,
  gradeOf,
  isClosed,
  isOpen,
  type Lead,
  leadStatuses,
  ownerOf,
  segmentOf,
} from '../../../shared/lead/lead.ts';
import { following, routedBy } from '../../../shared/lead/routed-by.ts';
import { anyForm, monday, scoredLead } from '../../histories.ts';

const owner = { repId: 'rep-li', name: 'rep-li' };
const inState = (status: Lead['status'], more: object = {}): Lead =>
  ({ ...scoredLead('lead'), status, ...more }) as Lead;

describe('a lead', () => {
  it('is open while somebody looks after it, closed once it has ended, and on its way otherwise', () => {
    const kinds = leadStatuses.map((status) => {
      const lead = inState(status, { owner });
      return [status, isOpen(lead) ? 'open' : isClosed(lead) ? 'closed' : 'on its way'];
    });
    expect(Object.fromEntries(kinds)).toEqual({
      received: 'on its way',
      scored: 'on its way',
      assigned: 'open',
      contacted: 'open',
      manual: 'on its way',
      pool: 'on its way',
      duplicate: 'closed',
      rejected: 'closed',
      won: 'closed',
      lost: 'closed',
    });
  });

  it('has the owner of its state, or none', () => {
    expect(ownerOf(inState('won', { owner }))).toEqual(owner);
    expect(ownerOf(inState('scored'))).toBeUndefined();
  });

  it('that nobody scored waits with the last', () => {
    expect(gradeOf(scoredLead())).toBe('B');
    const { score, ...unscored } = scoredLead();
    expect(gradeOf(unscored)).toBe('C');
  });

  it('counts for the win rates of its product line, grade and industry', () => {
    const lead = scoredLead('lead', { productLine: 'mes', industry: 'textile' });
    expect(segmentOf(lead)).toEqual({ productLine: 'mes', grade: 'B', industry: 'textile' });
  });

  it('that goes into another state keeps what is true of it, and nothing of the state it leaves', () => {
    const before = scoredLead('lead');
    const ofStates = {
      owner,
      cause: 'no-territory',
      since: monday.toISOString(),
      held: true,
      poolOf: 'east',
      duplicateOf: 'other',
      likeness: 'exact',
      reason: 'spam',
      review: true,
      byHand: true,
      takenFrom: owner,
      closedAt: monday.toISOString(),
      lostReason: 'price',
    };
    const left = inState('manual', ofStates);
    expect(become(left, { status: 'scored' })).toStrictEqual(before);
    expect(become(left, { status: 'assigned', owner })).toStrictEqual({ ...before, status: 'assigned', owner });
  });
});

describe('what a lead is routed by', () => {
  const form: Form = {
    ...anyForm,
    productLine: 'mes',
    company: { name: '苏州精工', industry: 'textile' },
    preferredRepId: 'rep-li',
    location: { point: { lng: 120.5, lat: 31.5, crs: 'WGS84' } },
  };

  it('is what its form says, its place in WGS-84, and nothing where it says nothing', () => {
    expect(routedBy(form)).toEqual({
      productLine: 'mes',
      industry: 'textile',
      preferredRepId: 'rep-li',
      point: { lng: 120.5, lat: 31.5 },
    });
    expect(routedBy(anyForm)).toStrictEqual({});
    expect(routedBy({ ...anyForm, company: {}, location: {} })).toStrictEqual({});
  });

  it('follows the form when another post adds to it', () => {
    const before = scoredLead('lead', { productLine: 'erp' });
    delete (before as Partial<Lead>).point;
    const after = following(before, { ...anyForm, productLine: 'erp' }, form);
    expect(after).toMatchObject({ productLine: 'mes', industry: 'textile', point: { lng: 120.5, lat: 31.5 } });
  });

  it('stays what was found out or chosen since', () => {
    const found = scoredLead('lead', { point: { lng: 121, lat: 31 }, preferredRepId: 'rep-wang' });
    const after = following(found, anyForm, form);
    expect(after).toMatchObject({ point: { lng: 121, lat: 31 }, preferredRepId: 'rep-wang', productLine: 'mes' });
    const chosen = { ...form, productLine: 'scada' };
    expect(following({ ...found, productLine: 'erp' }, form, chosen).productLine).toBe('erp');
  });

  it('goes when the form no longer says it', () => {
    const lead = scoredLead('lead', { productLine: 'mes' });
    expect(following(lead, { ...anyForm, productLine: 'mes' }, anyForm).productLine).toBeUndefined();
  });
});
