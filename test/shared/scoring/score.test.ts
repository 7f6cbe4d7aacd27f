import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Form } from '../../../shared/lead/form.ts';
import { scoringRules } from '../../../shared/scoring/check.ts';
import { defaultScoringRules, type ScoringRules } from '../../../shared/scoring/rules.ts';
import { score as scoreOf } from '../../../shared/scoring/score.ts';

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
});
