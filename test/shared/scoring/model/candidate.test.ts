import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choose, learn } from '../../../../shared/scoring/model/candidate.ts';
import { rowOf } from '../../../../shared/scoring/model/lead-features.ts';
import { scoreLead } from '../../../../shared/scoring/model/lead-model.ts';
import { aucOf, type Measures } from '../../../../shared/scoring/model/measures.ts';
import { defaultScoringRules } from '../../../../shared/scoring/rules.ts';
import { score } from '../../../../shared/scoring/score.ts';
import { closedDeals } from '../../../closed-deals.ts';

const until = new Date('2026-11-02T02:00:00.000Z');
const zone = 'Asia/Shanghai';
const deals = closedDeals(900, until);
const first = { version: 1, zone };
// Learned once, by whoever asks first.
let learnt: ReturnType<typeof learn> | undefined;
function learning() {
  learnt ??= learn(deals, defaultScoringRules, first);
  const model = learnt.candidate?.model;
  if (!model) throw new Error(learnt.because);
  return { learned: learnt, model };
}

describe('a model of closed leads', () => {
  it('is put in force when it beats the rules on those closed last, and knows what makes a lead win', () => {
    const { learned, model } = learning();
    expect(learned).toMatchObject({ inForce: 1, candidate: { kept: true } });
    const { candidate, rules } = learned.candidate?.measures ?? {};
    expect(candidate?.rows).toBe(180);
    expect(candidate?.auc).toBeGreaterThan((rules?.auc ?? 1) + 0.03);
    expect(candidate?.logLoss).toBeLessThan(rules?.logLoss ?? 0);
    const strongest = model.training.strengths.slice(0, 3).map(({ column }) => column);
    expect(new Set(strongest)).toEqual(new Set(['behavior.downloads', 'company.industry', 'source.channel']));
    const later = closedDeals(3000, until, 99);
    const said = later.map((deal) => scoreLead(deal, defaultScoringRules, 1, { version: 1, model }).probability ?? 0);
    const outcomes = later.map(({ won }) => Number(won));
    const best =
      aucOf(
        later.map(({ truth }) => truth),
        outcomes,
      ) ?? 0;
    expect(aucOf(said, outcomes)).toBeGreaterThan(best - 0.02);
  });

  it('grades as many leads A and B as the rules do', () => {
    const { model } = learning();
    const shares = (grades: string[]) =>
      ['A', 'B'].map((grade) => grades.filter((each) => each === grade).length / grades.length);
    const byRules = shares(deals.map((deal) => score(deal, defaultScoringRules, 1).grade));
    const byModel = shares(deals.map((deal) => scoreLead(deal, defaultScoringRules, 1, { version: 1, model }).grade));
    for (const [at, share] of byRules.entries()) expect(Math.abs(share - (byModel[at] ?? 0))).toBeLessThan(0.04);
  });

  it('explains each value by points that add up to it, and the same lead always gets the same', () => {
    const { model } = learning();
    fc.assert(
      fc.property(fc.constantFrom(...closedDeals(200, until, 5)), ({ form, receivedAt }) => {
        const scored = scoreLead({ form, receivedAt }, defaultScoringRules, 4, { version: 3, model });
        expect(scored).toMatchObject({ version: 4, model: 3 });
        expect(scored.points.reduce((sum, { points }) => sum + points, 0)).toBe(scored.value);
        const stored = JSON.parse(JSON.stringify(model)) as typeof model;
        expect(scoreLead({ form, receivedAt }, defaultScoringRules, 4, { version: 3, model: stored })).toEqual(scored);
      }),
    );
  });

  it('begins with an average lead, and says how many such were won; without a model the rules score', () => {
    const { model } = learning();
    const [deal] = deals as [(typeof deals)[number]];
    const won = deals.filter((each) => each.won).length;
    const { points } = scoreLead(deal, defaultScoringRules, 4, { version: 3, model });
    const because = `an average lead; ${((100 * won) / 900).toFixed(1)} % of those closed were won`;
    expect(points.find(({ rule }) => rule === 'baseline')).toMatchObject({ because });
    const byRules = score(deal, defaultScoringRules, 4);
    expect(scoreLead(deal, defaultScoringRules, 4, undefined)).toEqual(byRules);
    const conversation = { points: 3, because: 'wants to buy' };
    for (const inForce of [undefined, { version: 3, model }]) {
      const before = scoreLead(deal, defaultScoringRules, 4, inForce).value;
      const { value, points } = scoreLead({ ...deal, conversation }, defaultScoringRules, 4, inForce);
      expect(value).toBe(Math.min(100, before + 3));
      expect(points.at(-1)).toEqual({ rule: 'conversation', points: value - before, because: 'wants to buy' });
    }
  });

  it('holds nothing of who the people are', () => {
    const text = JSON.stringify(learning().model);
    expect(text).not.toContain('somebody');
    expect(text).not.toContain('+86139');
    const named = {
      ...deals[0]?.form,
      contact: { phone: '+8613912345678', name: '王芳', email: 'fang@example.com', wechat: 'wfang' },
    };
    const row = rowOf(
      { source: { channel: 'web' }, ...named, location: { address: '江苏省苏州市工业园区星湖街328号' } },
      until.toISOString(),
      zone,
    );
    expect(JSON.stringify(row)).not.toMatch(/1391234|王芳|fang|星湖街/);
    expect(row).toMatchObject({
      'location.province': '江苏省',
      'location.city': '苏州市',
      'contact.phone': 'yes',
      'received.hour': 10,
    });
  });

  it('is not learned from too few leads, or too few won: the rules hold', () => {
    expect(learn(deals.slice(0, 199), defaultScoringRules, first)).toMatchObject({
      inForce: 0,
      because: expect.stringContaining('199 closed'),
    });
    const lost = deals.map((deal, n) => ({ ...deal, won: n % 40 === 0 }));
    expect(learn(lost, defaultScoringRules, first)).toMatchObject({
      inForce: 0,
      because: expect.stringContaining('won; at least 200 and 30'),
    });
  });

  it('looks at the forty counts of what visitors did that most leads have', () => {
    const name = (n: number) => `did${String(n).padStart(2, '0')}`;
    const busy = deals.map((deal, row) => {
      // The fewer have it, the higher its number; 39 to 41 are as frequent as each other.
      const has = (n: number) => row % 60 >= (n >= 39 && n <= 41 ? 39 : n);
      const counts = Array.from({ length: 45 }, (_, n) => n).filter(has);
      return { ...deal, form: { ...deal.form, behavior: Object.fromEntries(counts.map((n) => [name(n), row % 7])) } };
    });
    const { training } = learn(busy, defaultScoringRules, first).candidate?.model ?? {};
    const columns = [...(training?.strengths ?? []), ...(training?.leftOut ?? [])].map(({ column }) => column);
    const counts = columns.filter((column) => column.startsWith('behavior.')).toSorted();
    expect(counts).toEqual(Array.from({ length: 40 }, (_, n) => `behavior.${name(n)}`));
    expect(columns).toContain('company.industry');
  });

  it('is learned from 200 closed leads, 30 of them won, and from no fewer', () => {
    const few = deals.slice(0, 200).map((deal, n) => ({ ...deal, won: n % 6 === 0 && n < 180 }));
    expect(few.filter(({ won }) => won)).toHaveLength(30);
    expect(learn(few, defaultScoringRules, first).candidate).toBeDefined();
    const fewer = few.map((deal, n) => ({ ...deal, won: deal.won && n > 0 }));
    expect(learn(fewer, defaultScoringRules, first)).toEqual({
      inForce: 0,
      because: '200 closed leads, 29 of them won; at least 200 and 30 are needed',
    });
  });

  it('is measured beside the model in force, on the same leads', () => {
    const { model } = learning();
    const again = learn(deals, defaultScoringRules, { version: 2, zone, last: { version: 1, model } });
    const { candidate, last } = again.candidate?.measures ?? {};
    expect(last).toEqual(candidate);
    expect(again).toMatchObject({ inForce: 1, candidate: { kept: false } });
  });

  it('is not put in force where there is nothing to learn', () => {
    const chance = deals.map((deal, n) => ({ ...deal, won: (n * 7919) % 10 < 3 }));
    const { inForce, candidate } = learn(chance, defaultScoringRules, first);
    expect({ inForce, kept: candidate?.kept }).toEqual({ inForce: 0, kept: false });
  });
});

describe('which model is in force', () => {
  const did = (auc: number | null, logLoss: number): Measures => ({
    rows: 100,
    positives: 30,
    auc,
    logLoss,
    brier: 0,
    reliability: [],
  });

  it('is the new one only if it beats the rules and the last one, in rank and in likelihood', () => {
    expect(choose(4, { candidate: did(0.8, 0.4), rules: did(0.7, 0.5), last: did(0.79, 0.41) }, 3).inForce).toBe(4);
    expect(choose(4, { candidate: did(0.8, 0.42), rules: did(0.7, 0.5), last: did(0.79, 0.41) }, 3).inForce).toBe(3);
    expect(choose(4, { candidate: did(0.78, 0.4), rules: did(0.7, 0.5), last: did(0.79, 0.41) }, 3).inForce).toBe(3);
    expect(choose(1, { candidate: did(0.8, 0.6), rules: did(0.7, 0.5) }, 0).inForce).toBe(0);
  });

  it('is no new one that is as good as another in either', () => {
    const rules = did(0.7, 0.5);
    for (const even of [did(0.7, 0.4), did(0.8, 0.5)]) {
      expect(choose(1, { candidate: even, rules }, 0).inForce).toBe(0);
      expect(choose(4, { candidate: even, rules: did(0.6, 0.6), last: rules }, 3).inForce).toBe(3);
    }
    expect(choose(1, { candidate: did(0.7001, 0.4999), rules }, 0).inForce).toBe(1);
    // Whoever cannot be ranked is not beaten.
    expect(choose(1, { candidate: did(0.99, 0.1), rules: did(null, 0.5) }, 0).inForce).toBe(0);
    expect(choose(4, { candidate: did(0.6, 0.5), rules, last: did(0.7, 0.6) }, 3).inForce).toBe(3);
    expect(choose(4, { candidate: did(0.6, 0.5), rules, last: did(null, 0.6) }, 3).inForce).toBe(0);
  });

  it('is the rules again when they have become better, and what was when nothing can be told', () => {
    expect(choose(4, { candidate: did(0.6, 0.5), rules: did(0.7, 0.5), last: did(0.65, 0.6) }, 3).inForce).toBe(0);
    expect(choose(4, { candidate: did(null, 0.5), rules: did(null, 0.5), last: did(null, 0.6) }, 3).inForce).toBe(3);
  });

  it('says why, with the figures', () => {
    const rules = did(0.7, 0.5);
    const because = (candidate: Measures, last?: Measures) => choose(4, { candidate, rules, last }, 3).because;
    const better =
      'on the 100 leads closed last, version 4 has AUC 0.800, log-loss 0.400, the rules AUC 0.700, log-loss 0.500';
    expect(because(did(0.8, 0.4))).toBe(`${better}: it is better than they are`);
    expect(because(did(0.8, 0.4), did(0.75, 0.45))).toBe(
      `${better}, version 3 AUC 0.750, log-loss 0.450: it is better than both`,
    );
    const worse = better.replace('log-loss 0.400', 'log-loss 0.600');
    expect(because(did(0.8, 0.6))).toBe(`${worse}: it does not beat the rules in both`);
    expect(because(did(0.8, 0.6), did(0.75, 0.45))).toBe(
      `${worse}, version 3 AUC 0.750, log-loss 0.450: it does not beat both in both, version 3 stays`,
    );
    expect(because(did(0.8, 0.6), did(null, 0.45))).toBe(
      `${worse}, version 3 AUC unknown, log-loss 0.450: the rules have become better than both`,
    );
    expect(because(did(null, 0.6))).toBe('the 100 leads closed last are all won or all lost');
  });
});
