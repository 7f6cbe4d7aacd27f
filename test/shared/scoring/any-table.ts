import fc from 'fast-check';
import type { Facts } from '../../../shared/scoring/facts.ts';
import type { Condition, Rule, ScoringRules } from '../../../shared/scoring/rules.ts';

/** Scoring tables and leads of all kinds, and what the one gives the other, said as simply as it can be. */

export const DAY = 24 * 3600 * 1000;
export const monday = '2026-11-02T02:00:00.000Z';
export const grades = { A: 70, B: 40 };
/** A lead of Monday with a phone and what is told of it. */
export const facts = (form: Partial<Facts['form']>, but: Partial<Facts> = {}): Facts => ({
  form: { contact: { phone: '+8613800138000' }, source: { channel: 'web' }, ...form },
  receivedAt: monday,
  ...but,
});

/** What a table gives a lead, said as simply as it can be: read by the rules, one after the other, nothing prepared. */
export function simply(of: Facts, { rules, groups = {}, grades }: ScoringRules) {
  const read = (field: string): unknown => {
    const [first = '', ...rest] = field.split('.');
    const name = rest.join('.');
    if (first === 'behavior') {
      const counted = of.behavior?.counts[name]?.sum;
      const posted = of.form.behavior?.[name];
      return counted === undefined && posted === undefined ? undefined : (counted ?? 0) + (posted ?? 0);
    }
    if (field.startsWith('source.utm.')) return of.form.source.utm?.[field.slice('source.utm.'.length)];
    const value = (of.form as unknown as Record<string, unknown>)[first];
    return rest.length === 0 ? value : (value as Record<string, unknown> | undefined)?.[name];
  };
  const isGiven = (value: unknown) => value !== undefined && value !== null && value !== '';
  const holds = (condition: Condition): boolean => {
    if ('of' in condition) {
      const parts = condition.of.map(holds);
      if (condition.is === 'all') return parts.every(Boolean);
      return condition.is === 'any' ? parts.some(Boolean) : !parts.some(Boolean);
    }
    const value = read(condition.field);
    if (condition.is === 'missing') return !isGiven(value);
    if (!isGiven(value)) return false;
    const [text, number] = [String(value), Number(value)];
    switch (condition.is) {
      case 'equal':
        return value === condition.value;
      case 'not-equal':
        return value !== condition.value;
      case 'one-of':
        return condition.values.some((each) => each === value);
      case 'none-of':
        return !condition.values.some((each) => each === value);
      case 'at-least':
        return number >= condition.value;
      case 'at-most':
        return number <= condition.value;
      case 'between':
        return number >= condition.from && number <= condition.to;
      case 'containing':
        return text.toLowerCase().includes(condition.value.toLowerCase());
      case 'matching':
        return new RegExp(condition.value, 'iu').test(text);
      default:
        return true;
    }
  };
  const pointsOf = (rule: Rule): number | undefined => {
    if ('when' in rule) return holds(rule.when) ? rule.points : undefined;
    const value = read(rule.field);
    if (!isGiven(value)) return undefined;
    if ('present' in rule) return rule.present;
    if ('values' in rule) return Object.entries(rule.values).find(([each]) => each === String(value))?.[1];
    const reached = rule.bands.filter(({ atLeast }) => Number(value) >= atLeast);
    return reached.sort((a, b) => b.atLeast - a.atLeast)[0]?.points;
  };
  const namedIn = (condition: Condition): string[] =>
    'of' in condition ? condition.of.flatMap(namedIn) : [condition.field];
  const tenth = (number: number) => Math.round(number * 10) / 10;
  const fired = rules.flatMap((rule) => {
    const points = pointsOf(rule);
    if (points === undefined) return [];
    if (rule.halfLifeDays === undefined) return [{ rule, points }];
    const looked = 'when' in rule ? namedIn(rule.when) : [rule.field];
    const times = looked.flatMap((each) => of.behavior?.counts[each.replace('behavior.', '')]?.lastAt ?? []);
    const age = Math.max(0, Date.parse(of.at ?? of.receivedAt) - Math.max(Date.parse(of.receivedAt), ...times)) / DAY;
    return [{ rule, points: tenth(points / 2 ** (age / rule.halfLifeDays)) }];
  });
  const limited = Object.entries(groups).flatMap(([name, { atMost = 1000, atLeast = -1000 }]) => {
    const own = fired.filter(({ rule }) => rule.group === name).reduce((sum, { points }) => sum + points, 0);
    const over = tenth(Math.min(atMost, Math.max(atLeast, own)) - own);
    return over === 0 ? [] : [{ rule: `limit:${name}`, points: over }];
  });
  const points = [...fired.map(({ rule, points: each }) => ({ rule: rule.rule, points: each })), ...limited];
  const value = tenth(
    Math.min(
      100,
      Math.max(
        0,
        points.reduce((sum, each) => sum + each.points, 0),
      ),
    ),
  );
  return { value, grade: value >= grades.A ? 'A' : value >= grades.B ? 'B' : 'C', points };
}

const words = ['web', 'cpc', '苏州精工', 'Spring-2026', 'a', ''];
const word = fc.constantFrom(...words);
const texts = fc.constantFrom(
  'source.campaign',
  'source.utm.medium',
  'company.industry',
  'productLine',
  'contact.email',
);
const numbers = fc.constantFrom('company.employees', 'behavior.pageViews', 'behavior.downloads', 'behavior.x-1');
const number = fc.integer({ min: -5, max: 60 });
const either = fc.oneof(texts, numbers);
const test: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ field: texts, is: fc.constantFrom('equal', 'not-equal'), value: word }),
  fc.record({ field: numbers, is: fc.constantFrom('equal', 'not-equal'), value: number }),
  fc.record({
    field: texts,
    is: fc.constantFrom('one-of', 'none-of'),
    values: fc.array(word, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ field: numbers, is: fc.constantFrom('at-least', 'at-most'), value: number }),
  fc
    .record({ field: numbers, is: fc.constant('between' as const), from: number, width: fc.nat(20) })
    .map(({ width, ...rest }) => ({ ...rest, to: rest.from + width })),
  fc.record({ field: texts, is: fc.constant('containing' as const), value: fc.constantFrom('WEB', 'p', '精', '2') }),
  fc.record({
    field: texts,
    is: fc.constant('matching' as const),
    value: fc.constantFrom('^spring-\\d+$', '[a-c]p', '苏州|无锡', 'b$'),
  }),
  fc.record({ field: either, is: fc.constantFrom('given', 'missing') }),
);
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    test,
    fc.record({
      is: fc.constantFrom('all', 'any', 'none'),
      of: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }),
    }) as fc.Arbitrary<Condition>,
  ),
}));
const points = fc.integer({ min: -40, max: 40 });
const more = {
  group: fc.option(fc.constantFrom('one', 'two'), { nil: undefined }),
  halfLifeDays: fc.option(fc.constantFrom(1, 7, 30), { nil: undefined }),
};
const rule = fc.oneof(
  fc.record({ ...more, when: condition, points }),
  fc.record({ ...more, field: either, present: points }),
  fc.record({
    ...more,
    field: texts,
    values: fc.dictionary(fc.constantFrom(...words, '__proto__', 'constructor'), points),
  }),
  fc.record({
    ...more,
    field: numbers,
    unit: fc.constant('things'),
    bands: fc.array(fc.record({ atLeast: number, points }), { minLength: 1, maxLength: 4 }),
  }),
);
const limits = fc.record({ atMost: fc.integer({ min: 0, max: 30 }), atLeast: fc.integer({ min: -30, max: 0 }) });
/** Any table that is not refused. */
export const anyTable = fc
  .record({ rules: fc.array(rule, { minLength: 1, maxLength: 12 }), one: limits, two: limits })
  .map(({ rules, one, two }): ScoringRules => {
    const named = rules.map((each, at) => ({ ...each, rule: `rule-${at}` }));
    return JSON.parse(JSON.stringify({ rules: named, groups: { one, two }, grades })) as ScoringRules;
  });
const optional = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
const count = fc.record({
  sum: fc.nat(40),
  lastAt: fc.integer({ min: 0, max: 60 }).map((day) => Date.parse(monday) + day * DAY),
});
/** Any lead that its rules may meet. */
export const anyLead = fc
  .record({
    campaign: optional(word),
    utm: optional(fc.dictionary(fc.constantFrom('medium', 'source', '__proto__'), word)),
    industry: optional(word),
    employees: optional(fc.nat(60)),
    productLine: optional(word),
    email: optional(word),
    posted: optional(fc.dictionary(fc.constantFrom('pageViews', 'downloads', 'x-1'), fc.nat(40))),
    counts: fc.dictionary(fc.constantFrom('pageViews', 'downloads', 'x-1'), count),
    days: fc.integer({ min: 0, max: 90 }),
  })
  .map(({ campaign, utm, industry, employees, productLine, email, posted, counts, days }) =>
    facts(
      {
        contact: { email },
        source: { channel: 'web', campaign, utm },
        company: { industry, employees },
        productLine,
        behavior: posted,
      },
      { behavior: { counts } as Facts['behavior'], at: new Date(Date.parse(monday) + days * DAY).toISOString() },
    ),
  );
