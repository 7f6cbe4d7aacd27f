import { describe, expect, it } from 'vitest';
import { actionsOf, doneIn, missingFrom } from '../../../shared/journey/checklist.ts';
import {
  cycleTargetHours,
  type JourneyRules,
  journeyOf,
  journeyRules,
  stuckAfter,
  targetHours,
} from '../../../shared/journey/rules.ts';
import { openStages } from '../../../shared/journey/stages.ts';
import { defaultJourneyRules } from '../../../shared/journey/standard.ts';

const { stages } = defaultJourneyRules;
const quick = { ...stages['solution-demo'], target: 'PT12H', stuckAfter: 'P2D' };
const rules: JourneyRules = journeyRules.parse({
  ...defaultJourneyRules,
  productLines: {
    mes: { stages: { 'solution-demo': quick }, cycle: { industryMean: 'P10D', share: 0.5 } },
    plain: { stages: {} },
  },
});
const wrong = (but: object) =>
  journeyRules
    .safeParse({ ...defaultJourneyRules, ...but })
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('the journey of a product line', () => {
  it('differs where the line says so, and is that of all others elsewhere', () => {
    expect(targetHours(rules, 'solution-demo')).toBe(5 * 24);
    expect(targetHours(rules, 'solution-demo', 'mes')).toBe(12);
    expect(targetHours(rules, 'needs-diagnosis', 'mes')).toBe(3 * 24);
    expect(targetHours(rules, 'solution-demo', 'unheard-of')).toBe(5 * 24);
    expect(stuckAfter(journeyOf(rules, 'mes').stages['solution-demo'])).toBe(2 * 24 * 3600_000);
    expect(journeyOf(rules, 'MES ')).toEqual(journeyOf(rules, 'mes'));
    expect(journeyOf(rules, 'constructor')).toEqual(journeyOf(rules, undefined));
    expect(stuckAfter(journeyOf(rules, undefined).stages['solution-demo'])).toBe(14 * 24 * 3600_000);
  });

  it('has its own cycle, or that of all others', () => {
    expect(cycleTargetHours(rules)).toBe(0.8 * 30 * 24);
    expect(cycleTargetHours(rules, 'mes')).toBe(0.5 * 10 * 24);
    expect(cycleTargetHours(rules, 'plain')).toBe(0.8 * 30 * 24);
  });

  it('aims at no time in a stage that names none', () => {
    expect(targetHours(rules, 'contract-negotiation')).toBeNull();
    expect(targetHours(rules, 'payment-confirmed')).toBeNull();
  });
});

it('words for people are in one language at least', () => {
  const checklist = [{ id: 'why-now', text: {} }];
  expect(wrong({ stages: { ...stages, 'first-contact': { ...stages['first-contact'], checklist } } })).toHaveLength(1);
});

describe('the actions of the stages', () => {
  const both = { ...stages['first-contact'], exit: { contact: true, actions: ['why-now'] } };

  it('are known by their ids, of every stage', () => {
    const all = actionsOf(stages);
    expect(all.size).toBe(openStages.reduce((sum, name) => sum + stages[name].checklist.length, 0));
    expect(['why-now', 'payment-terms', 'contact'].map((id) => all.has(id))).toEqual([true, true, false]);
  });

  it('were done once a contact says so', () => {
    expect(doneIn([{ done: ['why-now'] }, {}, { done: ['budget', 'why-now'] }])).toEqual(
      new Set(['why-now', 'budget']),
    );
  });

  it('that are missing are told in words', () => {
    const names = (text: (typeof both)['checklist'][number]['text']) =>
      missingFrom({ ...both, checklist: [{ id: 'why-now', text }] }, { firstContactAt: null, done: new Set() }).map(
        ({ name }) => name,
      );
    expect(names('Why now?')).toEqual(['nobody reached the customer yet', 'Why now?']);
    expect(names({ en: 'Why now?', 'zh-CN': '为什么?' })[1]).toBe('Why now? (why-now)');
    expect(names({ 'zh-CN': '为什么?' })[1]).toBe('为什么? (why-now)');
  });

  it('and a contact are asked for only by a stage that says so', () => {
    const asks = { ...both, exit: { contact: false, actions: [] } };
    expect(missingFrom(asks, { firstContactAt: null, done: new Set() })).toEqual([]);
  });

  it('are each named once in a journey, in that of a product line too', () => {
    const again = { ...stages['solution-demo'], checklist: stages['first-contact'].checklist.slice(0, 1) };
    expect(wrong({ stages: { ...stages, 'solution-demo': again } })).toEqual([
      'stages.solution-demo.checklist.0.id: why-now is an action of first-contact already',
    ]);
    expect(wrong({ productLines: { mes: { stages: { 'solution-demo': again } } } })).toEqual([
      'productLines.mes.stages.solution-demo.checklist.0.id: why-now is an action of first-contact already',
    ]);
    const twice = stages['first-contact'].checklist.slice(0, 1);
    const double = { ...stages['first-contact'], checklist: [...twice, ...twice] };
    expect(wrong({ stages: { ...stages, 'first-contact': double } })).toEqual([
      'stages.first-contact.checklist.1.id: why-now is an action of first-contact already',
    ]);
  });

  it('are said to be wrong where they are written, and not once more in each product line', () => {
    const unknown = { ...stages['first-contact'], exit: { contact: true, actions: ['nobody-knows'] } };
    expect(
      wrong({
        stages: { ...stages, 'first-contact': unknown },
        productLines: { mes: { stages: { 'solution-demo': quick } } },
      }),
    ).toEqual(['stages.first-contact.exit.actions.0: nobody-knows is not on the checklist of first-contact']);
  });
});
