import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Form } from '../../../shared/lead/form.ts';
import { scoringRules } from '../../../shared/scoring/check.ts';
import { defaultScoringRules, type ScoringRules } from '../../../shared/scoring/rules.ts';
import { gradeFor, score as scoreOf, withConversation } from '../../../shared/scoring/score.ts';

const score = (form: Form, rules: ScoringRules, version: number) =>
  scoreOf({ form, receivedAt: '2026-11-02T02:00:00.000Z' }, rules, version);

const form = (but: Partial<Form>): Form => ({
  contact: { phone: '+8613800138000' },
  source: { channel: 'web' },
  ...but,
});

const forms: fc.Arbitrary<Form> = fc
  .record({
    channel: fc.oneof(fc.constantFrom('web', 'import', 'tiktok'), fc.string()),
    employees: fc.option(fc.nat(5000), { nil: undefined }),
    behavior: fc.dictionary(fc.constantFrom('siteSeconds', 'pageViews', 'downloads', '__proto__', 'x'), fc.nat(1000)),
    productLine: fc.option(fc.string(), { nil: undefined }),
  })
  .map(({ channel, employees, ...rest }) => form({ ...rest, source: { channel }, company: { employees } }));

describe('scoring a lead', () => {
  it('is the sum of the points that it shows, held to 0–100, with the grade of its thresholds', () => {
    fc.assert(
      fc.property(forms, (posted) => {
        const { value, grade, points } = score(posted, defaultScoringRules, 3);
        const sum = points.reduce((total, each) => total + each.points, 0);
        expect(value).toBe(Math.min(100, Math.max(0, sum)));
        expect(grade).toBe(value >= 70 ? 'A' : value >= 40 ? 'B' : 'C');
      }),
    );
  });

  it('never falls when the customer does more', () => {
    fc.assert(
      fc.property(forms, fc.nat(500), (posted, more) => {
        const seconds = posted.behavior?.siteSeconds ?? 0;
        const later = { ...posted, behavior: { ...posted.behavior, siteSeconds: seconds + more } };
        const before = { ...posted, behavior: { ...posted.behavior, siteSeconds: seconds } };
        expect(score(later, defaultScoringRules, 1).value).toBeGreaterThanOrEqual(
          score(before, defaultScoringRules, 1).value,
        );
      }),
    );
  });

  it('keeps each rule that fired, with its points and the reason', () => {
    const posted = form({ behavior: { siteSeconds: 420 }, company: { employees: 320 } });
    expect(score(posted, defaultScoringRules, 3)).toEqual({
      value: 50,
      grade: 'B',
      version: 3,
      points: [
        { rule: 'source', points: 10, because: 'source.channel is web' },
        { rule: 'site-time', points: 20, because: '420 s on site' },
        { rule: 'company-size', points: 20, because: '320 employees' },
      ],
    });
  });

  it('holds negative points against a lead, but not below 0', () => {
    const rules = { rules: [{ rule: 'web', field: 'source.channel', values: { web: -20 } }], grades: { A: 70, B: 40 } };
    expect(score(form({}), rules, 1)).toMatchObject({ value: 0, grade: 'C' });
  });

  it('takes the built-in rules, and refuses grades the wrong way round or two rules of one name', () => {
    expect(scoringRules.safeParse(defaultScoringRules).success).toBe(true);
    const twice = [...defaultScoringRules.rules, ...defaultScoringRules.rules];
    expect(scoringRules.safeParse({ ...defaultScoringRules, rules: twice }).success).toBe(false);
    expect(scoringRules.safeParse({ ...defaultScoringRules, grades: { A: 30, B: 40 } }).success).toBe(false);
  });

  it('has the grade of the threshold that it reaches', () => {
    const { grades } = defaultScoringRules;
    expect([0, 39.9, 40, 69.9, 70, 100].map((value) => gradeFor(value, { grades }))).toEqual([
      ...['C', 'C', 'B', 'B', 'A', 'A'],
    ]);
  });

  it('adds what was said with the customer, within 0–100, as a point like any other', () => {
    const before = score(form({ behavior: { siteSeconds: 420 }, company: { employees: 320 } }), defaultScoringRules, 3);
    const said = (points: number) => withConversation(before, { points, because: 'high intent' }, defaultScoringRules);
    expect(said(20)).toEqual({
      ...before,
      value: 70,
      grade: 'A',
      points: [...before.points, { rule: 'conversation', points: 20, because: 'high intent' }],
    });
    expect([said(80).value, said(-70).value, said(-12.34).grade]).toEqual([100, 0, 'C']);
    expect(said(0)).toBe(before);
    expect(withConversation(before, undefined, defaultScoringRules)).toBe(before);
  });

  it('lifts a group to its least as it holds it to its most', () => {
    const rules: ScoringRules = {
      rules: [{ rule: 'web', group: 'where', field: 'source.channel', values: { web: -20.26 } }],
      groups: { where: { atLeast: -5 }, 'not used': { atMost: 10, atLeast: 0 } },
      grades: { A: 70, B: 40 },
    };
    expect(score(form({}), rules, 1).points).toEqual([
      { rule: 'web', points: -20.26, because: 'source.channel is web' },
      { rule: 'limit:where', points: 15.3, because: 'where counts at least -5, and not -20.3' },
    ]);
  });

  it('says as much of a long value as a reason needs', () => {
    const rules = {
      rules: [
        {
          rule: 'x',
          when: { field: 'productLine', is: 'one-of', values: ['x'.repeat(61), 'y'.repeat(60)] },
          points: 1,
        },
      ],
      grades: { A: 70, B: 40 },
    } as ScoringRules;
    const because = (productLine: string) => score(form({ productLine }), rules, 1).points[0]?.because;
    expect(because('x'.repeat(61))).toBe(`productLine is ${'x'.repeat(60)}…`);
    expect(because('y'.repeat(60))).toBe(`productLine is ${'y'.repeat(60)}`);
  });

  it('gives of a list the points of the first value that has some', () => {
    const rules: ScoringRules = {
      rules: [{ rule: 'near', field: 'location.divisions', values: { 江苏省: 4, 苏州市: 7 } }],
      grades: { A: 70, B: 40 },
    };
    const points = (address: string) => score(form({ location: { address } }), rules, 1).points;
    expect(points('苏州工业园区')).toEqual([{ rule: 'near', points: 4, because: 'location.divisions is 江苏省' }]);
    expect(points('上海市')).toEqual([]);
  });

  it('knows numbers and yes or no by how they are written', () => {
    const rules: ScoringRules = {
      rules: [
        { rule: 'size', field: 'company.employees', values: { 300: 4 } },
        { rule: 'agreed', field: 'consent.marketing', values: { true: 3 } },
        { rule: 'large', field: 'productLine', unit: 'x', bands: [{ atLeast: 1, points: 9 }] },
      ],
      grades: { A: 70, B: 40 },
    };
    const lead = form({ company: { employees: 300 }, consent: { marketing: true }, productLine: '7' });
    expect(score(lead, rules, 1).points.map(({ rule, points }) => [rule, points])).toEqual([
      ['size', 4],
      ['agreed', 3],
    ]);
  });
});
