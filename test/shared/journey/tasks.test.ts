import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultJourneyRules } from '../../../shared/journey/standard.ts';
import { end, fulfilledBy, nextTold, postpone, setTask, type Task, told } from '../../../shared/journey/tasks/task.ts';

const rules = defaultJourneyRules.tasks;
const at = (hour: number): string => new Date(Date.UTC(2026, 10, 2, hour)).toISOString();
const agreed = (due: number, made = 0): Task =>
  setTask(
    { taskId: 'l.t', leadId: 'l', repId: 'ann', kind: 'next-step', text: 'call', from: 'i' },
    at(due),
    rules,
    new Date(at(made)),
  );

describe('a task', () => {
  it('is reminded of an hour before it is due, and told to the supervisor a day after', () => {
    const task = agreed(10);
    expect(nextTold(task)).toEqual({ step: 'remind', at: at(9) });
    const reminded = told(task, 'remind');
    expect(nextTold(reminded)).toEqual({ step: 'supervisor', at: at(34) });
    expect(nextTold(told(reminded, 'supervisor'))).toBeUndefined();
  });

  it('that is due at once is reminded of when it is due, not before it was agreed', () => {
    expect(nextTold(agreed(10, 9.5))).toEqual({ step: 'remind', at: at(10) });
  });

  it('is told of in order to the end of the calendar', () => {
    const last = postpone(agreed(10), '9999-12-31T20:00:00.000Z', rules, new Date(at(0)));
    expect(last).toMatchObject({ remindAt: '9999-12-31T19:00:00.000Z', overdueAt: '9999-12-31T23:59:59.999Z' });
  });

  it('that ended is told of no more', () => {
    expect(nextTold(end(agreed(10), 'done', 'i2', new Date(at(5))))).toBeUndefined();
    expect(nextTold(end(told(agreed(10), 'remind'), 'cancelled', 'ann', new Date(at(5))))).toBeUndefined();
  });

  it('that is put off is reminded of anew, and counts how often', () => {
    const later = postpone(told(agreed(10), 'remind'), at(50), rules, new Date(at(10)));
    expect(later).toMatchObject({ dueAt: at(50), postponed: 1, remindAt: at(49), overdueAt: at(74) });
  });

  it('is told of in order, each step once, never before its time, whatever happens to it', () => {
    const acts = fc.array(fc.oneof(fc.constant('tell' as const), fc.integer({ min: 1, max: 500 })), { maxLength: 20 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), acts, (due, all) => {
        let task = agreed(due);
        let now = 0;
        for (const act of all) {
          if (act !== 'tell') {
            task = postpone(task, at(now + act), rules, new Date(at(now)));
            continue;
          }
          const next = nextTold(task);
          if (!next) break;
          expect(next.at >= at(now)).toBe(true);
          now = (Date.parse(next.at) - Date.parse(at(0))) / 3_600_000;
          expect(next.step === 'remind' ? next.at <= task.dueAt : next.at > task.dueAt).toBe(true);
          task = told(task, next.step);
          expect(nextTold(task)?.step).toBe(next.step === 'remind' ? 'supervisor' : undefined);
        }
      }),
    );
  });

  it('that was agreed with a customer is done by a contact from a day before it is due, and by none before that', () => {
    const task = agreed(48);
    expect(fulfilledBy([task], at(24))).toEqual([task]);
    expect(fulfilledBy([task], at(300))).toEqual([task]);
    expect(fulfilledBy([agreed(48, 30)], at(30))).toHaveLength(1);
    expect(fulfilledBy([task], at(23))).toEqual([]);
    expect(fulfilledBy([{ ...task, kind: 'decision' }], at(48))).toEqual([]);
    expect(fulfilledBy([end(task, 'done', 'i', new Date(at(1)))], at(48))).toEqual([]);
    expect(fulfilledBy([agreed(48, 30)], at(29))).toEqual([]);
  });
});
