import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Problem, parseOrRefuse } from '../../../shared/platform/problem.ts';
import { scoringRules } from '../../../shared/scoring/check.ts';
import type { Facts } from '../../../shared/scoring/facts.ts';
import { fields } from '../../../shared/scoring/fields.ts';
import { defaultScoringRules, keptScoringRules, type ScoringRules } from '../../../shared/scoring/rules.ts';
import { type Points, score } from '../../../shared/scoring/score.ts';
import { anyLead, anyTable, DAY, facts, grades, monday, simply } from './any-table.ts';

const table = (...rules: object[]) => parseOrRefuse(scoringRules, { rules, grades });
const given = (rules: ScoringRules, of: Facts) => score(of, rules, 1).points;
/** The errors by which a table is refused. */
function refused(document: unknown): { path: string; message: string }[] {
  try {
    parseOrRefuse(scoringRules, document);
  } catch (error) {
    if (error instanceof Problem) return error.errors;
    throw error;
  }
  return [];
}

describe('a scoring table', () => {
  it('made ready gives every lead what reading it rule by rule gives', () => {
    fc.assert(
      fc.property(anyTable, fc.array(anyLead, { minLength: 1, maxLength: 4 }), (rules, leads) => {
        expect(scoringRules.safeParse(rules).error).toBeUndefined();
        for (const lead of leads) {
          const { value, grade, points } = score(lead, rules, 1);
          const plain = points.map(({ rule, points }: Points) => ({ rule, points }));
          expect({ value, grade, points: plain }).toEqual(simply(lead, rules));
        }
      }),
      { numRuns: 400 },
    );
  });

  it('says why each rule fired, with the value, but nothing of who somebody is', () => {
    const rules = table(
      { rule: 'paid', when: { field: 'source.utm.medium', is: 'one-of', values: ['cpc', 'cpm'] }, points: 5 },
      {
        rule: 'large',
        when: {
          is: 'all',
          of: [
            { field: 'company.employees', is: 'at-least', value: 300 },
            {
              is: 'any',
              of: [
                { field: 'productLine', is: 'missing' },
                { field: 'company.industry', is: 'equal', value: 'energy' },
              ],
            },
          ],
        },
        points: 9,
      },
      { rule: 'own-domain', when: { field: 'contact.email', is: 'containing', value: 'wang@' }, points: 3 },
      { rule: 'at', field: 'location.postcode', values: { 215123: 2 } },
    );
    const lead = facts({
      contact: { email: 'wang@example.com' },
      source: { channel: 'web', utm: { medium: 'cpc' } },
      company: { employees: 320, industry: 'energy' },
      productLine: 'mes',
      location: { postcode: '215123' },
    });
    expect(given(rules, lead)).toEqual([
      { rule: 'paid', points: 5, because: 'source.utm.medium is cpc' },
      { rule: 'large', points: 9, because: 'company.employees is 320 and company.industry is energy' },
      { rule: 'own-domain', points: 3, because: 'contact.email is as the rule says' },
      { rule: 'at', points: 2, because: 'location.postcode is as the rule says' },
    ]);
  });

  it('looks at provinces and cities, at hours in the company’s zone, and at who was known before', () => {
    const rules = table(
      { rule: 'near', when: { field: 'location.divisions', is: 'one-of', values: ['江苏省', '上海市'] }, points: 4 },
      { rule: 'office', when: { field: 'received.hour', is: 'between', from: 9, to: 17 }, points: 3 },
      { rule: 'week', when: { field: 'received.weekday', is: 'at-most', value: 5 }, points: 2 },
      { rule: 'known', when: { field: 'customer.known', is: 'equal', value: 'company' }, points: 1 },
      {
        rule: 'free-mail',
        when: { field: 'contact.emailDomain', is: 'one-of', values: ['qq.com', 'gmail.com'] },
        points: -5,
      },
      { rule: 'asked', when: { field: 'fields.您的预算?', is: 'containing', value: '万' }, points: 8 },
    );
    const lead = facts(
      {
        location: { address: '苏州市工业园区星湖街328号' },
        contact: { email: 'Wang@QQ.com' },
        fields: [{ name: '您的预算?', value: '50万以上' }],
      },
      { zone: 'Asia/Shanghai', known: 'company' },
    );
    const names = (of: Facts) => given(rules, of).map(({ rule }) => rule);
    expect(names(lead)).toEqual(['near', 'office', 'week', 'known', 'free-mail', 'asked']);
    expect(names(facts({}, { zone: 'America/New_York' }))).toEqual([]);
  });

  it('lets what was done long ago count less, from when it was last done', () => {
    const rules = table({
      rule: 'reads',
      field: 'behavior.pageViews',
      unit: 'pages',
      bands: [{ atLeast: 2, points: 20 }],
      halfLifeDays: 10,
    });
    const inDays = (days: number) => new Date(Date.parse(monday) + days * DAY).toISOString();
    const posted = facts({ behavior: { pageViews: 3 } }, { at: inDays(10) });
    expect(given(rules, posted)).toEqual([{ rule: 'reads', points: 10, because: '3 pages, 10 days ago: 10 of 20' }]);
    const again = { counts: { pageViews: { sum: 1, lastAt: Date.parse(inDays(10)) } } } as unknown as Facts['behavior'];
    expect(given(rules, { ...posted, behavior: again })).toEqual([{ rule: 'reads', points: 20, because: '4 pages' }]);
  });

  it('holds a group of rules to its limits, and says so', () => {
    const rules = parseOrRefuse(scoringRules, {
      rules: [
        { rule: 'a', group: 'interest', field: 'productLine', present: 20 },
        { rule: 'b', group: 'interest', field: 'preferredRepId', present: 20 },
      ],
      groups: { interest: { atMost: 25 } },
      grades,
    });
    expect(score(facts({ productLine: 'mes', preferredRepId: 'rep-li' }), rules, 1)).toMatchObject({
      value: 25,
      points: [
        { rule: 'a', points: 20 },
        { rule: 'b', points: 20 },
        { rule: 'limit:interest', points: -15, because: 'interest counts at most 25, and not 40' },
      ],
    });
  });

  it('is refused by the path of what is wrong in it', () => {
    const wrong = (...rules: object[]) => refused({ rules, grades }).map(({ path, message }) => `${path}: ${message}`);
    const rule = (when: object) => ({ rule: 'x', when, points: 1 });
    expect(wrong(rule({ field: 'company.employes', is: 'given' }))).toEqual([
      'rules.0.when.field: unknown field company.employes: did you mean company.employees?',
    ]);
    expect(wrong({ rule: 'x', field: 'budget', present: 1 })[0]).toMatch(/^rules\.0\.field: unknown field budget: GET/);
    expect(wrong(rule({ is: 'all', of: [{ field: 'source.channel', is: 'at-least', value: 1 }] }))).toEqual([
      'rules.0.when.of.0.is: at-least needs number, and source.channel is text',
    ]);
    expect(wrong(rule({ field: 'company.employees', is: 'one-of', values: [5, 'many'] }))[0]).toMatch(
      /^rules\.0\.when\.values\.1: /,
    );
    expect(wrong(rule({ field: 'company.employees', is: 'between', from: 5, to: 1 }))[0]).toMatch(
      /^rules\.0\.when\.to: /,
    );
    expect(wrong(rule({ field: 'company.employees', is: 'between', from: 5, to: 5 }))).toEqual([]);
    for (const is of ['equal', 'not-equal'])
      expect(wrong(rule({ field: 'company.employees', is, value: 'many' }))).toEqual([
        'rules.0.when.value: company.employees is number: this never holds',
      ]);
    expect(wrong(rule({ field: 'productLine', is: 'none-of', values: ['x', 7] }))).toEqual([
      'rules.0.when.values.1: productLine is text: this never holds',
    ]);
    expect(wrong({ rule: 'x', field: 'productLine', unit: 'x', bands: [{ atLeast: 1, points: 1 }] })).toEqual([
      'rules.0.field: bands need a number, and productLine is text',
    ]);
    expect(wrong(rule({ field: 'productLine', is: 'matching', value: '(a+)+' }))).toEqual([
      expect.stringMatching(/^rules\.0\.when\.value: a pattern that .* is refused/),
    ]);
    expect(wrong(rule({ field: 'productLine', is: 'like', value: 'x' }))[0]).toMatch(/^rules\.0\.when\.is: .*'equal'/);
    expect(wrong({ rule: 'x', field: 'productLine', present: 500 })[0]).toMatch(/^rules\.0\.present: /);
    expect(wrong({ rule: 'x', field: 'productLine', present: 5, group: 'g' })).toEqual([
      'rules.0.group: groups has no limits for g',
    ]);
    expect(wrong({ rule: 'limit:x', field: 'productLine', present: 5 })[0]).toMatch(/^rules\.0\.rule: /);
    expect(
      wrong({ rule: 'x', field: 'productLine', present: 5 }, { rule: 'x', field: 'productLine', present: 5 })[0],
    ).toMatch(/^rules\.1\.rule: /);
    const deep = Array.from({ length: 5 }).reduce<object>((of) => ({ is: 'all', of: [of] }), {
      field: 'productLine',
      is: 'given',
    });
    expect(wrong(rule(deep))[0]).toMatch(/^rules\.0\.when\.of\.0\.of\.0\.of\.0\.of\.0\.is: /);
    const many = {
      is: 'any',
      of: Array.from({ length: 20 }, () => ({
        is: 'all',
        of: Array.from({ length: 20 }, () => ({ field: 'productLine', is: 'given' })),
      })),
    };
    expect(wrong(...Array.from({ length: 6 }, (_, n) => ({ ...rule(many), rule: `r${n}` })))[0]).toMatch(
      /^rules: 2400 conditions/,
    );
  });

  it('has limits and thresholds that leave room', () => {
    const rules = [{ rule: 'x', field: 'productLine', present: 1 }];
    const paths = (but: object) => refused({ rules, grades, ...but }).map(({ path }) => path);
    expect(paths({ groups: { g: { atMost: 5, atLeast: 6 } } })).toEqual(['groups.g.atMost']);
    expect(paths({ groups: { g: { atMost: 5, atLeast: 5 } } })).toEqual([]);
    expect(paths({ grades: { A: 40, B: 40 } })).toEqual(['grades.A']);
  });

  it('that was published before is read as it was, whatever its fields are called', () => {
    const old = { rules: [{ rule: 'x', field: 'location.point.lng', present: 7 }], grades };
    expect(refused(old)).toHaveLength(1);
    const kept = keptScoringRules.parse(old);
    expect(given(kept, facts({ location: { point: { lng: 120, lat: 31, crs: 'WGS84' } } }))).toEqual([
      { rule: 'x', points: 7, because: 'location.point.lng given' },
    ]);
    expect(refused(defaultScoringRules)).toEqual([]);
  });
});

describe('the fields of which rules speak', () => {
  it('are each read from a lead that gives all of them', () => {
    const everything = facts(
      {
        contact: { name: 'n', phone: 'p', email: 'a@b.cn', wechat: 'w' },
        company: { name: 'c', employees: 1, industry: 'i' },
        location: { address: '上海市', postcode: '1', point: { lng: 1, lat: 1, crs: 'WGS84' } },
        source: {
          channel: 'web',
          campaign: 'c',
          landingPage: 'l',
          formId: 'f',
          utm: { name: 'u' },
          clickIds: { name: 'x' },
        },
        productLine: 'p',
        preferredRepId: 'r',
        behavior: { name: 1 },
        fields: [{ name: 'name', value: 'v' }],
        consent: { marketing: true },
      },
      { known: 'person' },
    );
    const rules = table(
      ...fields.map(({ field }) => ({
        rule: field,
        when: { field: field.replace('<name>', 'name'), is: 'given' },
        points: 1,
      })),
    );
    expect(given(rules, everything).map(({ rule }) => rule)).toEqual(fields.map(({ field }) => field));
  });
});
