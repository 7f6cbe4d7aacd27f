import { describe, expect, it } from 'vitest';
import {
  calledAlike,
  forgotten,
  joinable,
  likelyOriginal,
  survivor,
  takesDuplicates,
} from '../../../shared/duplicates/original.ts';
import { defaultDuplicateRules, duplicateRules } from '../../../shared/duplicates/rules.ts';
import type { Contact } from '../../../shared/lead/contact.ts';
import { become, type Lead } from '../../../shared/lead/lead.ts';
import { anyForm, monday, scoredLead } from '../../histories.ts';

const rules = defaultDuplicateRules;
const DAY = 24 * 3_600_000;
const day = (n: number) => new Date(monday.getTime() + n * DAY);
const owner = { repId: 'rep-li', name: 'rep-li' };
const lead = (leadId: string, but: Partial<Lead> = {}) => scoredLead(leadId, but);
const contacted = (leadId: string) => become(lead(leadId), { status: 'contacted', owner });
const lost = (leadId: string) =>
  become(lead(leadId), { status: 'lost', closedAt: monday.toISOString(), lostReason: 'price' });

describe('a lead takes duplicates', () => {
  it('for thirty days after it came in, as long as it is open', () => {
    expect(takesDuplicates(lead('a'), rules, new Date(day(30).getTime() - 1))).toBe(true);
    expect(takesDuplicates(lead('a'), rules, day(30))).toBe(false);
    expect(takesDuplicates(lost('a'), rules, day(1))).toBe(false);
  });
});

describe('of several leads of one person', () => {
  it('the one whose customer was contacted stays, else the first', () => {
    expect(survivor([lead('b'), lead('a'), lead('c')])?.leadId).toBe('a');
    expect(survivor([lead('a'), contacted('c'), contacted('b')])?.leadId).toBe('b');
    expect(survivor([contacted('b'), lead('a')])?.leadId).toBe('b');
    expect(survivor([])).toBeUndefined();
  });

  it('the one with which somebody got further stays: whose customer was reached before it changed hands, or that has tasks', () => {
    const reached = lead('b', { sla: { ...lead('b').sla, firstContactAt: monday.toISOString() } });
    const anew = lead('b', { response: { row: '2026-11-02|web||rep-li|B', minutes: 3 } });
    const promised = lead('b', { openTasks: 1 });
    const demo = lead('b', { stage: { name: 'solution-demo', since: monday.toISOString() } });
    for (const further of [reached, anew, promised, demo]) {
      expect(survivor([lead('a'), further])).toBe(further);
      expect(joinable(further, lead('a'))).toBe(false);
      expect(joinable(lead('a'), further)).toBe(true);
    }
    expect(survivor([contacted('c'), reached])?.leadId).toBe('c');
    expect(joinable(reached, contacted('c'))).toBe(false);
    expect(joinable(lead('b'), lead('a'), 1)).toBe(false);
  });

  it('of one that somebody merges it is said what would be forgotten', () => {
    const far = become(lead('b', { openTasks: 2, stage: { name: 'needs-diagnosis', since: monday.toISOString() } }), {
      status: 'contacted',
      owner,
    });
    expect(forgotten(far, lead('a'), 1)).toEqual([
      'its customer was contacted',
      'it stands at needs-diagnosis',
      'it has open tasks',
      'it has payments',
    ]);
    expect(forgotten(lead('a'), far, 0)).toEqual([]);
    expect(forgotten(contacted('b'), contacted('a'), 0)).toEqual([]);
  });

  it('none is merged that has ended, whose customer was contacted, or that somebody kept apart', () => {
    expect(joinable(lead('b'), lead('a'))).toBe(true);
    expect(joinable(lead('b'), contacted('a'))).toBe(true);
    expect(joinable(contacted('b'), lead('a'))).toBe(false);
    expect(joinable(lost('b'), lead('a'))).toBe(false);
    expect(joinable(lead('b'), lost('a'))).toBe(false);
    expect(joinable(lead('b', { apartFrom: ['a'] }), lead('a'))).toBe(false);
    expect(joinable(lead('b'), lead('a', { apartFrom: ['b'] }))).toBe(false);
    expect(joinable(lead('b', { apartFrom: ['x'] }), lead('a', { apartFrom: ['y'] }))).toBe(true);
  });
});

describe('the likely original', () => {
  const known = (leadId: string, contact: Contact, of: Lead = lead(leadId)) => ({
    lead: of,
    form: { ...anyForm, contact },
  });
  const original = (contact: Contact, ...candidates: ReturnType<typeof known>[]) =>
    likelyOriginal(contact, candidates, rules, day(1))?.leadId;

  it('is the one whose name is most alike, of equals the first', () => {
    const [near, nearer] = [known('a', { name: 'Jonathon Lee' }), known('b', { name: 'Jonathan Lee' })];
    expect(original({ name: 'Jonathan Lee' }, near, nearer)).toBe('b');
    expect(original({ name: 'Lee, Jonathan' }, known('d', { name: 'Jonathan Lee' }), nearer)).toBe('b');
  });

  it('is nobody whose name is another, unknown, or not told', () => {
    expect(original({ name: '王芳' }, known('a', { name: '李雷' }), known('b', {}))).toBeUndefined();
    expect(original({}, known('a', { name: '王芳' }))).toBeUndefined();
    expect(original({ name: '王芳' })).toBeUndefined();
  });

  it('is nobody with another mailbox at the same place, but may have one elsewhere', () => {
    const wang = known('a', { name: '王芳', email: 'wang@a.example' });
    expect(original({ name: '王芳', email: 'fang@A.example' }, wang)).toBeUndefined();
    expect(original({ name: '王芳', email: ' WANG@a.example ' }, wang)).toBe('a');
    expect(original({ name: '王芳', email: 'wang@b.example' }, wang)).toBe('a');
    expect(original({ name: '王芳' }, wang)).toBe('a');
    expect(original({ name: '王芳', email: 'wang@a.example' }, known('b', { name: '王芳' }))).toBe('b');
  });

  it('is no lead that has ended', () => {
    expect(original({ name: '王芳' }, known('a', { name: '王芳' }, lost('a')))).toBeUndefined();
  });

  it('is looked for only where the rules say so, and as alike as they say', () => {
    const with_ = (likely: object) => duplicateRules.parse({ likely });
    expect(calledAlike('王芳', '王芳', with_({}))).toBe(true);
    expect(calledAlike('王芳', '王芳', with_({ enabled: false }))).toBe(false);
    expect(calledAlike('Ann Lee', 'Dan Lee', with_({ threshold: 0.5 }))).toBe(true);
    expect(calledAlike('Ann Lee', 'Dan Lee', with_({ threshold: 1 }))).toBe(false);
    expect(duplicateRules.safeParse({ tellAgainAfter: 'soon' }).success).toBe(false);
  });
});
