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

  it('is the rules again when they have become better, and what was when nothing can be told', () => {
    expect(choose(4, { candidate: did(0.6, 0.5), rules: did(0.7, 0.5), last: did(0.65, 0.6) }, 3).inForce).toBe(0);
    expect(choose(4, { candidate: did(null, 0.5), rules: did(null, 0.5), last: did(null, 0.6) }, 3).inForce).toBe(3);
  });

  it('says why, with the figures', () => {
    const { because } = choose(4, { candidate: did(0.8, 0.42), rules: did(0.7, 0.5), last: did(0.79, 0.41) }, 3);
    expect(because).toContain('version 4 has AUC 0.800, log-loss 0.420');
    expect(because).toContain('version 3 stays');
  });
});
