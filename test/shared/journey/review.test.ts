import { describe, expect, it } from 'vitest';
import { mondayOf, weekBefore } from '../../../shared/journey/agenda/week.ts';
import { asTheyWere, marked } from '../../../shared/journey/corrections/marked.ts';
import type { Interaction } from '../../../shared/journey/interaction.ts';
import { inOrder, promisesOf, standingOf } from '../../../shared/journey/review.ts';
import { defaultJourneyRules } from '../../../shared/journey/standard.ts';
import { postpone, setTask, type Task } from '../../../shared/journey/tasks/task.ts';
import type { Lead } from '../../../shared/lead/lead.ts';
import { scoredLead } from '../../histories.ts';

const at = (day: number, hour = 2): string =>
  `2026-11-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00.000Z`;
let made = 0;
const contact = (day: number, but: Partial<Interaction> = {}): Interaction => {
  made += 1;
  return {
    interactionId: `i${made}`,
    at: at(day),
    channel: 'phone',
    minutes: 3,
    summary: 'x',
    outcome: 'reached',
    ...but,
  };
};
const promise = (day: number) => ({ nextStep: { text: 'send the quotation', dueAt: at(day) } });
const [from, to] = [new Date(at(2)), new Date(at(9))];

describe('a promise to a customer', () => {
  it('is kept by a contact until a day after it was due, broken without one, and open until then', () => {
    const kept = (contacts: Interaction[], now = to) => promisesOf(contacts, from, to, now).map((each) => each.kept);
    expect(kept([contact(1, promise(4)), contact(4)])).toEqual([true]);
    expect(kept([contact(1, promise(4)), contact(5, { at: at(5, 2) })])).toEqual([true]);
    expect(kept([contact(1, promise(4)), contact(6)])).toEqual([false]);
    expect(kept([contact(1, promise(4)), contact(4, { outcome: 'no answer' })])).toEqual([false]);
    expect(kept([contact(1, promise(4))], new Date(at(4, 12)))).toEqual([null]);
    expect(kept([contact(1, promise(20))])).toEqual([]);
  });

  it('that never was, is none', () => {
    const wrong = contact(1, promise(4));
    const right = contact(1, { corrects: wrong.interactionId, retracted: true });
    expect(promisesOf([wrong, right], from, to, to)).toEqual([]);
  });
});

describe('what was promised', () => {
  const texts = (...contacts: Interaction[]) => promisesOf(contacts, from, to, to).map(({ dueAt }) => dueAt);

  it('is told for the time in which it was due, from its first moment until before its last', () => {
    expect(texts(contact(1, promise(2)), contact(1, promise(9)), contact(1, promise(1)))).toEqual([at(2)]);
    expect(texts(contact(1, { nextStep: { text: 'x', dueAt: '2026-11-05T10:00:00+08:00' } }))).toEqual([at(5)]);
    expect(texts(contact(1))).toEqual([]);
  });

  it('is kept by another contact that came after it', () => {
    const made = contact(3, promise(4));
    const kept = (...others: Interaction[]) => promisesOf([made, ...others], from, to, to).map((each) => each.kept);
    expect(kept()).toEqual([false]);
    expect(kept(contact(2))).toEqual([false]);
    expect(kept(contact(3))).toEqual([false]);
    expect(kept(contact(3, { at: at(3, 3) }))).toEqual([true]);
    const open = (now: string) => promisesOf([made], from, to, new Date(now)).map((each) => each.kept);
    expect([open(at(5, 1)), open(at(5, 2))]).toEqual([[null], [false]]);
  });
});

describe('contacts as they were', () => {
  it('come in the order in which they were made, those of one moment in that in which they were logged', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((interactionId) => contact(2, { interactionId }));
    const early = contact(1);
    if (!a || !b || !c) throw new Error('no contacts');
    for (const records of [
      [c, a, early, b],
      [b, c, a, early],
      [early, a, b, c],
    ])
      expect(asTheyWere(records)).toEqual([early, a, b, c]);
    expect(asTheyWere([a])[0]).not.toHaveProperty('correctedBy');
  });
});

describe('corrected contacts', () => {
  it('count as they were corrected last, and all records stay', () => {
    const wrong = contact(1, { summary: 'wrong' });
    const better = contact(3, { summary: 'better', corrects: wrong.interactionId });
    const best = contact(2, { summary: 'best', corrects: better.interactionId });
    const other = contact(1, { summary: 'other', at: at(1, 5) });
    expect(asTheyWere([wrong, better, best, other]).map(({ summary }) => summary)).toEqual(['other', 'best']);
    expect(marked([wrong, better, best]).map(({ correctedBy }) => correctedBy)).toEqual([
      better.interactionId,
      best.interactionId,
      undefined,
    ]);
  });
});

const deal = (but: Partial<Lead> = {}): Lead =>
  ({
    ...scoredLead('deal'),
    status: 'contacted',
    owner: { repId: 'ann', name: 'Ann' },
    stage: { name: 'objection-handling', since: at(8) },
    ...but,
  }) as Lead;
const contacted = deal();
const known = deal({ sla: { ...contacted.sla, firstContactAt: at(2, 3), stuckDueAt: at(23) } });
const flags = (lead: Lead, records: Interaction[], tasks: Task[] = [], now = at(9)) =>
  standingOf(lead, records, tasks, defaultJourneyRules, new Date(now)).flags;
const task = (day: number): Task =>
  setTask(
    { taskId: `t${day}`, leadId: 'deal', repId: 'ann', kind: 'next-step', text: 'call', from: 'i0' },
    at(day),
    defaultJourneyRules.tasks,
    new Date(at(1)),
  );

describe('an open deal', () => {
  it('with a next step, in time, in touch, is not talked about', () => {
    expect(flags(known, [contact(8, promise(12))])).toEqual([]);
    expect(flags(known, [contact(8)], [task(12)])).toEqual([]);
  });

  it('is talked about when nothing is agreed, or what was is overdue', () => {
    expect(flags(known, [contact(8)])).toEqual(['no-next-step']);
    expect(flags(known, [contact(3, promise(8))])).toContain('promise-overdue');
    expect(flags(known, [contact(3)], [task(8)])).toContain('promise-overdue');
    expect(flags(contacted, [])).not.toContain('no-next-step');
  });

  it('is over target when it stays longer than its stage should take, and red when nothing happened for two weeks', () => {
    const late = at(16);
    expect(flags(known, [contact(15, promise(20))], [], late)).toEqual(['over-target']);
    expect(flags(known, [contact(8)], [], at(24))).toEqual(['stuck', 'over-target', 'no-next-step']);
  });

  it('hangs on one person when all its talks were with the same one; of unnamed ones nothing is known', () => {
    const talks = (...who: string[][]) => who.map((each, n) => contact(n + 3, { with: each, ...promise(12) }));
    const kept = [contact(6, { at: at(8, 9) })];
    expect(flags(known, [...talks(['王芳'], ['王芳'], ['王芳']), ...kept])).toEqual(['single-threaded']);
    expect(flags(known, [...talks(['王芳'], ['王芳', '李总'], ['王芳']), ...kept])).toEqual([]);
    expect(flags(known, [contact(3), contact(4), contact(5, promise(12))])).toEqual([]);
    const early = deal({ ...known, stage: { name: 'needs-diagnosis', since: at(8) } });
    expect(flags(early, [...talks(['王芳'], ['王芳'], ['王芳']), ...kept])).toEqual([]);
  });

  it('slips when a date was put off twice, or passed unkept and was put off', () => {
    const rules = defaultJourneyRules.tasks;
    const once = postpone(task(5), at(7), rules, new Date(at(4)));
    const twice = postpone(once, at(12), rules, new Date(at(6)));
    expect(flags(known, [contact(8)], [{ ...once, dueAt: at(12) }])).toEqual([]);
    expect(flags(known, [contact(8)], [twice])).toEqual(['date-slipped']);
    expect(flags(known, [contact(3, promise(4)), contact(8)], [{ ...once, dueAt: at(12) }])).toEqual(['date-slipped']);
  });

  it('that nobody ever called comes first', () => {
    const late = deal({ status: 'assigned', sla: { ...contacted.sla, level: 'exception' } } as Partial<Lead>);
    expect(flags(late, [], [], at(10))[0]).toBe('never-contacted');
    expect(flags({ ...late, status: 'won', closedAt: at(9) } as Lead, [], [], at(10))).toEqual([]);
  });
});

describe('how a deal stands', () => {
  const stands = (records: Interaction[], tasks: Task[] = [], now = at(9), lead = known) =>
    standingOf(lead, records, tasks, defaultJourneyRules, new Date(now));

  it('is told by who was in touch last, and what is agreed next', () => {
    const next = { text: 'send the quotation', dueAt: at(12) };
    const records = [contact(3), contact(8, promise(12)), contact(8, { at: at(8, 5), outcome: 'no answer' })];
    expect(stands(records)).toEqual({ lastContactAt: at(8), nextStep: next, stuckSince: null, flags: [] });
    expect(stands([contact(8, { outcome: 'no answer' })]).lastContactAt).toBeNull();
    expect(stands([], [], at(24))).toMatchObject({ stuckSince: at(23), nextStep: null });
  });

  it('goes by the task that is due first; what is done or overdue is not next', () => {
    const due = (...tasks: Task[]) => stands([], tasks).nextStep?.dueAt;
    expect(due(task(14), task(12), task(13))).toBe(at(12));
    expect(due({ ...task(12), state: 'done' }, task(13))).toBe(at(13));
    expect(due({ ...task(12), kind: 'decision' }, task(13))).toBe(at(13));
    expect(stands([], [task(8)])).toMatchObject({ nextStep: null, flags: ['promise-overdue'] });
    expect(stands([], [task(9)]).flags).toEqual([]);
    expect(
      stands([contact(8, { ...promise(12), interactionId: 'i0' })], [{ ...task(12), state: 'done' }]).nextStep,
    ).toBeNull();
    expect(stands([contact(7, promise(11)), contact(8, promise(12)), contact(8)]).nextStep?.dueAt).toBe(at(12));
  });

  it('is talked about from the moment that its time is over', () => {
    const late = (now: string, stage: Lead['stage']) =>
      stands([contact(8, promise(29))], [], now, deal({ ...known, stage, sla: { ...known.sla, stuckDueAt: at(28) } }))
        .flags;
    const demo = { name: 'solution-demo' as const, since: at(8) };
    expect([late(at(13), demo), late(at(13, 3), demo)]).toEqual([[], ['over-target']]);
    expect(late(at(27), { name: 'contract-negotiation', since: at(8) })).toEqual([]);
  });

  it('was never contacted only where somebody was told so', () => {
    const waiting = (level: 'none' | 'supervisor') =>
      stands(
        [],
        [],
        at(9),
        deal({ status: 'assigned', sla: { ...contacted.sla, level, stuckDueAt: at(23) } } as Partial<Lead>),
      ).flags;
    expect([waiting('none'), waiting('supervisor')]).toEqual([[], ['never-contacted']]);
    expect(
      stands([contact(8, promise(12))], [], at(9), deal({ ...known, sla: { ...known.sla, level: 'supervisor' } }))
        .flags,
    ).toEqual([]);
  });

  it('hangs on one person from the demo on, by three talks at least in which somebody was named and reached', () => {
    const talk = (but: Partial<Interaction> = {}) => contact(8, { with: ['王芳'], ...promise(12), ...but });
    const single = (records: Interaction[], name: Lead['stage']['name'] = 'solution-demo') =>
      stands(records, [], at(9), deal({ ...known, stage: { name, since: at(8) } })).flags.includes('single-threaded');
    expect(single([talk(), talk(), talk()])).toBe(true);
    expect(single([talk(), talk(), talk()], 'needs-diagnosis')).toBe(false);
    expect(single([talk(), talk()])).toBe(false);
    expect(single([talk(), talk(), talk({ with: [] })])).toBe(false);
    expect(single([talk(), talk(), talk({ outcome: 'no answer' })])).toBe(false);
    expect(single([talk(), talk(), talk(), talk({ with: ['李总'], outcome: 'no answer' })])).toBe(true);
    expect(single([talk(), talk(), talk(), contact(8)])).toBe(true);
  });

  it('slips by promises that were broken, not by those that were kept', () => {
    const slips = (...records: Interaction[]) => stands(records, [task(12)]).flags.includes('date-slipped');
    expect(slips(contact(3, promise(4)), contact(6, promise(7)))).toBe(true);
    expect(slips(contact(3, promise(4)), contact(4), contact(6, promise(7)), contact(7))).toBe(false);
  });
});

describe('the deals to talk about', () => {
  it('come with the gravest first, and among equals the one that stands still longest', () => {
    const deals = [
      { flags: ['no-next-step' as const], since: at(1) },
      { flags: ['stuck' as const, 'no-next-step' as const], since: at(3) },
      { flags: ['never-contacted' as const], since: at(5) },
      { flags: ['stuck' as const], since: at(2) },
      { flags: [], since: at(1) },
    ];
    expect(inOrder(deals).map(({ since }) => since)).toEqual([at(5), at(2), at(3), at(1), at(1)]);
    const stuck = [3, 1, 2].map((day) => ({ flags: ['stuck' as const], since: at(day) }));
    for (const some of [stuck, stuck.toReversed()])
      expect(inOrder(some).map(({ since }) => since)).toEqual([at(1), at(2), at(3)]);
  });
});

describe('the week of a review', () => {
  it('begins on Monday, by the company’s own calendar', () => {
    expect(mondayOf(new Date('2026-11-22T15:59:00Z'), 'Asia/Shanghai')).toBe('2026-11-16');
    expect(mondayOf(new Date('2026-11-22T16:00:00Z'), 'Asia/Shanghai')).toBe('2026-11-23');
    expect(mondayOf(new Date('2026-11-23T04:00:00Z'), 'America/New_York')).toBe('2026-11-16');
    expect(weekBefore('2026-03-02')).toBe('2026-02-23');
  });
});
