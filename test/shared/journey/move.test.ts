import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { missingFrom } from '../../../shared/journey/checklist.ts';
import { type Move, moveTo } from '../../../shared/journey/move.ts';
import { journeyRules } from '../../../shared/journey/rules.ts';
import { openStages, stageMove, stages } from '../../../shared/journey/stages.ts';
import { defaultJourneyRules } from '../../../shared/journey/standard.ts';

const nothing = { missing: [] };
const byRep = { role: 'rep' as const, ...nothing };
const bySupervisor = { role: 'supervisor' as const, ...nothing };

describe('moving a deal', () => {
  it('goes forward one stage at a time', () => {
    stages.slice(1).forEach((to, at) => {
      expect(moveTo(stages[at] ?? 'lost', { to }, byRep)).toEqual({ kind: 'forward', from: stages[at], to });
    });
    expect(moveTo('first-contact', { to: 'solution-demo' }, byRep)).toMatchObject({
      refused: expect.stringContaining('next stage is needs-diagnosis'),
    });
  });

  it('may go back, may be lost from anywhere open, and is over when won or lost', () => {
    expect(moveTo('contract-negotiation', { to: 'needs-diagnosis' }, byRep)).toMatchObject({ kind: 'back' });
    expect(moveTo('first-contact', { to: 'lost', lostReason: 'price' }, byRep)).toMatchObject({
      kind: 'lost',
      lostReason: 'price',
    });
    expect(moveTo('lost', { to: 'first-contact' }, bySupervisor)).toHaveProperty('refused');
    expect(moveTo('payment-confirmed', { to: 'lost', lostReason: 'x' }, bySupervisor)).toHaveProperty('refused');
    expect(moveTo('first-contact', { to: 'first-contact' }, bySupervisor)).toHaveProperty('refused');
  });

  it('past a stage is a supervisor’s to allow, with the reason', () => {
    const jump = { to: 'contract-negotiation' as const };
    expect(moveTo('first-contact', { ...jump, reason: 'they know us' }, byRep)).toHaveProperty('refused');
    expect(moveTo('first-contact', jump, bySupervisor)).toMatchObject({
      refused: expect.stringContaining('say the reason'),
    });
    expect(moveTo('first-contact', { ...jump, reason: 'they know us' }, bySupervisor)).toEqual({
      kind: 'skip',
      from: 'first-contact',
      to: 'contract-negotiation',
      reason: 'they know us',
    });
  });

  it('is refused with the reason', () => {
    const why = (from: Parameters<typeof moveTo>[0], to: 'first-contact' | 'solution-demo') =>
      moveTo(from, { to, reason: 'x' }, bySupervisor);
    expect(why('lost', 'first-contact')).toEqual({ refused: 'the deal is lost already' });
    expect(why('payment-confirmed', 'first-contact')).toEqual({ refused: 'the deal is won already' });
    expect(why('solution-demo', 'solution-demo')).toEqual({ refused: 'the deal is in solution-demo already' });
    const missing = ['a', 'b'].map((id) => ({ id, name: id }));
    expect(moveTo('first-contact', { to: 'needs-diagnosis' }, { role: 'rep', missing })).toEqual({
      refused: 'before first-contact is left: a, b; a supervisor can skip it',
    });
  });

  it('waits for what the stage asks for, unless a supervisor says why not', () => {
    const missing = [{ id: 'budget', name: 'What budget is there? (budget)' }];
    const ahead = { to: 'solution-demo' as const };
    expect(moveTo('needs-diagnosis', ahead, { role: 'rep', missing })).toMatchObject({
      refused: expect.stringContaining('budget'),
    });
    expect(moveTo('needs-diagnosis', { to: 'first-contact' }, { role: 'rep', missing })).toMatchObject({
      kind: 'back',
    });
    expect(
      moveTo('needs-diagnosis', { ...ahead, reason: 'no budget needed' }, { role: 'supervisor', missing }),
    ).toMatchObject({ kind: 'skip' });
  });

  it('to where it cannot go does not compile', () => {
    expectTypeOf<{ kind: 'forward'; from: 'first-contact'; to: 'needs-diagnosis' }>().toExtend<Move>();
    expectTypeOf<{ kind: 'forward'; from: 'first-contact'; to: 'solution-demo' }>().not.toExtend<Move>();
    expectTypeOf<{ kind: 'lost'; from: 'first-contact'; to: 'lost' }>().not.toExtend<Move>();
    expectTypeOf<{ kind: 'back'; from: 'payment-confirmed'; to: 'first-contact' }>().not.toExtend<Move>();
  });

  it('by any moves that are made goes through its stages: never two forward at once without a reason, never on after its end', () => {
    const asked = fc.record({
      to: fc.constantFrom(...stages, 'lost' as const),
      lostReason: fc.constant('price'),
      reason: fc.option(fc.constant('they know us'), { nil: undefined }),
      role: fc.constantFrom('rep' as const, 'supervisor' as const, 'admin' as const),
    });
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 30 }), (all) => {
        let at: (typeof stages)[number] | 'lost' = 'first-contact';
        for (const { role, reason, ...said } of all) {
          const move = moveTo(at, { ...said, ...(reason === undefined ? {} : { reason }) }, { role, missing: [] });
          const over = at === 'lost' || at === 'payment-confirmed';
          if (over) expect(move).toHaveProperty('refused');
          if ('refused' in move) continue;
          if (move.to !== 'lost') {
            const ahead = stages.indexOf(move.to) - stages.indexOf(move.from);
            if (ahead > 1) expect([move.kind, role === 'rep']).toEqual(['skip', false]);
            if (ahead < 0) expect(move.kind).toBe('back');
          }
          at = move.to;
        }
      }),
    );
  });

  it('needs a reason to be lost', () => {
    expect(stageMove.safeParse({ to: 'lost' }).error?.issues[0]?.path).toEqual(['lostReason']);
    expect(stageMove.safeParse({ to: 'lost', lostReason: 'price' }).success).toBe(true);
    expect(stageMove.safeParse({ to: 'needs-diagnosis' }).success).toBe(true);
  });
});

describe('the rules of the journey', () => {
  const issuesOf = (rules: object) =>
    journeyRules.safeParse({ ...defaultJourneyRules, ...rules }).error?.issues.map(({ path }) => path.join('.'));
  const { stages: standard } = defaultJourneyRules;

  it('name each action once, and ask only for actions that are on the list', () => {
    const [first] = standard['first-contact'].checklist;
    const twice = { ...standard['solution-demo'], checklist: [first] };
    expect(issuesOf({ stages: { ...standard, 'solution-demo': twice } })).toEqual([
      'stages.solution-demo.checklist.0.id',
    ]);
    const unknown = { ...standard['first-contact'], exit: { contact: true, actions: ['why-now', 'nobody-knows'] } };
    expect(issuesOf({ stages: { ...standard, 'first-contact': unknown } })).toEqual([
      'stages.first-contact.exit.actions.1',
    ]);
    expect(issuesOf({ productLines: { mes: { stages: { 'first-contact': unknown } } } })).toEqual([
      'productLines.mes.stages.first-contact.exit.actions.1',
    ]);
  });

  it('have every stage, and times that are times', () => {
    const { 'first-contact': _, ...four } = standard;
    expect(issuesOf({ stages: four })).toEqual(['stages.first-contact']);
    const never = { ...standard['first-contact'], target: 'soon' };
    expect(issuesOf({ stages: { ...standard, 'first-contact': never } })).toEqual(['stages.first-contact.target']);
  });

  it('say what is missing before a stage is left: a contact, and actions that were not done', () => {
    const stage = { ...standard['first-contact'], exit: { contact: true, actions: ['why-now', 'who-decides'] } };
    const missing = (firstContactAt: string | null, ...done: string[]) =>
      missingFrom(stage, { firstContactAt, done: new Set(done) }).map(({ id }) => id);
    expect(missing(null)).toEqual(['contact', 'why-now', 'who-decides']);
    expect(missing('2026-11-02T02:00:00.000Z', 'why-now')).toEqual(['who-decides']);
    expect(missing('2026-11-02T02:00:00.000Z', 'who-decides', 'why-now')).toEqual([]);
  });

  it('have something to do and to say at every stage', () => {
    for (const name of openStages) {
      expect(standard[name].checklist.length).toBeGreaterThan(1);
      expect(standard[name].talkTrack).toBeDefined();
    }
  });
});
