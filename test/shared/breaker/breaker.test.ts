import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Breaker,
  breakerRules,
  closed,
  defaultBreakerRules,
  failed,
  failuresBy,
  isDue,
  keptBreakerRules,
  stranded,
  toldOf,
  tried,
  trying,
} from '../../../shared/breaker/breaker.ts';

const rules = { ...defaultBreakerRules, leads: 3 };
const minute = (n: number) => new Date(Date.UTC(2026, 10, 23, 8, n));
const at = (n: number) => minute(n).toISOString();
const following = (...failures: [string, number][]): Breaker =>
  failures.reduce((breaker, [leadId, n]) => failed(breaker, { leadId, at: at(n) }, rules), closed);

describe('rules for breakers', () => {
  const late = { ...defaultBreakerRules, trialAfter: 'PT2H', atMost: 'PT1H' };

  it('must not put the first trial after the longest time between two', () => {
    const bad = breakerRules.safeParse(late);
    expect(bad.error?.issues.map(({ path, message }) => [path.join('.'), message])).toEqual([
      ['trialAfter', 'must not be longer than atMost'],
    ]);
    expect(breakerRules.safeParse({ ...late, atMost: 'PT2H' }).success).toBe(true);
    expect(keptBreakerRules.parse(late)).toEqual(late);
  });
});

describe('the breaker of a cause', () => {
  it('shows while it is closed who failed within the time, and while it is open all since', () => {
    const few = following(['a', 0], ['b', 1]);
    expect([5, 10, 11].map((n) => failuresBy(few, rules, minute(n)))).toEqual([2, 1, 0]);
    expect(failuresBy(following(['a', 0], ['b', 1], ['c', 9]), rules, minute(99))).toBe(3);
  });

  it('opens when so many leads failed for it within the time', () => {
    expect(following(['a', 0], ['b', 1]).state).toBe('closed');
    expect(following(['a', 0], ['b', 1], ['c', 9])).toMatchObject({
      state: 'open',
      failures: 3,
      openedAt: at(9),
      tryAt: at(14),
    });
    expect(following(['a', 0], ['b', 1], ['c', 11]).state).toBe('closed');
  });

  it('counts a lead once, however often it fails and its failure is delivered', () => {
    expect(following(['a', 0], ['a', 1], ['a', 2], ['a', 3]).failures).toBe(1);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat(30)), { maxLength: 20 }),
        (failures) => {
          const inOrder = [...failures].sort((a, b) => a[1] - b[1]);
          const once = following(...inOrder);
          const twice = following(...inOrder.flatMap((each): [string, number][] => [each, each]));
          expect(twice.state).toBe(once.state);
          const most = Math.max(
            0,
            ...inOrder.map(
              ([, now]) => new Set(inOrder.filter(([, n]) => n <= now && n > now - 10).map(([id]) => id)).size,
            ),
          );
          expect(once.state).toBe(most >= rules.leads ? 'open' : 'closed');
        },
      ),
    );
  });

  it('is tried with one lead after a while, then after twice the while, never less often than each hour', () => {
    let breaker = following(['a', 0], ['b', 0], ['c', 0]);
    const waits: number[] = [];
    let now = 0;
    for (let trial = 0; trial < 6; trial += 1) {
      const due = Math.round((Date.parse(breaker.tryAt ?? '') - minute(0).getTime()) / 60_000);
      expect(isDue(breaker, minute(due - 1))).toBe(false);
      expect(isDue(breaker, minute(due))).toBe(true);
      waits.push(due - now);
      now = due;
      breaker = trying(breaker, 'a', minute(now), rules);
      expect(breaker).toMatchObject({ state: 'trial', trialLeadId: 'a' });
      expect(tried(breaker, { leadId: 'z', passed: true }, minute(now), rules)).toBe(breaker);
      breaker = tried(breaker, { leadId: 'a', passed: false }, minute(now), rules);
      expect(breaker.state).toBe('open');
    }
    expect(waits).toEqual([5, 10, 20, 40, 60, 60]);
    expect(tried(trying(breaker, 'a', minute(now), rules), { leadId: 'a', passed: true }, minute(now), rules)).toBe(
      closed,
    );
  });

  it('is tried anew when its trial lead never came back', () => {
    const breaker = trying(following(['a', 0], ['b', 0], ['c', 0]), 'a', minute(5), rules);
    expect(isDue(breaker, minute(9))).toBe(false);
    expect(isDue(breaker, minute(10))).toBe(true);
  });
});

describe('an open breaker', () => {
  const open = following(['a', 0], ['b', 0], ['c', 0]);

  it('counts leads that fail meanwhile, each once, and remembers as many as open it', () => {
    const more = [
      ['d', 1],
      ['e', 2],
      ['d', 3],
    ] as const;
    const later = more.reduce((so, [leadId, n]) => failed(so, { leadId, at: at(n) }, rules), open);
    expect(later).toEqual({
      ...open,
      failures: 5,
      recent: [
        { leadId: 'c', at: at(0) },
        { leadId: 'e', at: at(2) },
        { leadId: 'd', at: at(3) },
      ],
    });
  });

  it('is the very same after a failure that was counted', () => {
    expect(failed(open, { leadId: 'c', at: at(0) }, rules)).toBe(open);
    const one = following(['a', 5]);
    expect(failed(one, { leadId: 'a', at: at(4) }, rules)).toBe(one);
    expect(failed(one, { leadId: 'a', at: at(6) }, rules)).toEqual({ ...one, recent: [{ leadId: 'a', at: at(6) }] });
  });

  it('is not closed by a lead that is placed while nothing is tried', () => {
    expect(tried(open, { leadId: 'a', passed: true }, minute(1), rules)).toBe(open);
    const again = tried({ ...open, trialLeadId: 'a' }, { leadId: 'a', passed: true }, minute(1), rules);
    expect(again.state).toBe('open');
  });

  it('has nothing to try once it is closed', () => {
    expect(isDue(closed, minute(1000))).toBe(false);
  });
});

describe('leads that a step left with the manual group', () => {
  const left = (breaker: Breaker, leadId: string, n: number) => stranded(breaker, { leadId, at: at(n) }, rules);

  it('are told of at once by the first of them, and the next ones together', () => {
    const first = left(closed, 'a', 0);
    expect(first.tell).toEqual(['a']);
    const second = left(first.next, 'b', 1);
    const third = left(second.next, 'c', 2);
    expect([second.tell, third.tell]).toEqual([[], []]);
    expect(toldOf(third.next, at(5))).toEqual({ next: { ...closed, toldAt: at(5) }, tell: ['b', 'c'] });
  });

  it('are told of at once again when nothing was told for as long as a breaker counts', () => {
    const { next } = left(closed, 'a', 0);
    expect(left(next, 'b', 9).tell).toEqual([]);
    expect(left(next, 'b', 10).tell).toEqual(['b']);
    // Whoever is to be told of others is told of them, too.
    expect(left(left(next, 'b', 9).next, 'c', 10).tell).toEqual(['b', 'c']);
  });

  it('are each told of, and once, whenever they come and the breaker is looked at', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ after: fc.nat(20), looks: fc.boolean() }), { maxLength: 40 }), (happens) => {
        let [breaker, now] = [closed, 0];
        const told = happens.flatMap(({ after, looks }, nth) => {
          now += after;
          const { next, tell } = looks ? toldOf(breaker, at(now)) : left(breaker, `lead-${nth}`, now);
          breaker = next;
          return tell;
        });
        const came = happens.flatMap(({ looks }, nth) => (looks ? [] : [`lead-${nth}`]));
        expect([...told, ...(breaker.untold ?? [])]).toEqual(came);
      }),
    );
  });
});

describe('the rules of breakers', () => {
  it('take durations that last', () => {
    expect(breakerRules.safeParse(defaultBreakerRules).success).toBe(true);
    for (const within of ['PT0S', 'soon', '']) {
      expect(breakerRules.safeParse({ ...defaultBreakerRules, within }).success).toBe(false);
    }
  });
});
