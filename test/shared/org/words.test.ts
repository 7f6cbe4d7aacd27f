import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repStatuses } from '../../../shared/org/rep.ts';
import { changeOf, freezes, newsOf } from '../../../shared/org/staff/change.ts';
import { drifts } from '../../../shared/org/staff/drift.ts';
import { overrule, say, standing, systems, today, type Words } from '../../../shared/org/staff/word.ts';

const now = today(new Date('2026-11-23T02:00:00.000Z'), 'Asia/Shanghai');
const at = now.at.toISOString();
const before = '2026-11-01T00:00:00.000Z';
const says = (words: Words, system: (typeof systems)[number], row: object) =>
  say(words, system, { employeeId: 'e1', ...row }, at);
const li = says({}, 'hr', { name: '李雷', status: 'active', teamId: 'east' });
const day = (date: string) => today(new Date(`${date}T04:00:00.000Z`), 'Asia/Shanghai');

describe('what is said of a person', () => {
  it('changes nothing when it was said before', () => {
    const row = fc.record({ name: fc.constantFrom('a', 'b'), status: fc.constantFrom(...repStatuses) });
    fc.assert(
      fc.property(fc.constantFrom(...systems), row, (system, said) => {
        const words = says(li, system, said);
        expect(says(words, system, said)).toBe(words);
      }),
    );
  });

  it('shuts them out as soon as one system does, and until none does any more', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...systems), fc.constantFrom('active' as const, 'left' as const)), {
          minLength: 1,
        }),
        (said) => {
          const words = said.reduce((all, [system, status]) => says(all, system, { status }), li);
          const shut = Object.values(words).some(({ status }) => status === 'left');
          expect(standing(words, now)?.status).toBe(shut ? 'left' : 'active');
        },
      ),
    );
  });

  it('counts for name, team and manager as the roster says it, and as others say where the roster says nothing', () => {
    const words = says(says(li, 'scim', { name: 'Li Lei', teamId: 'Sales', managerId: 'm1' }), 'wecom', {
      managerId: 'm2',
    });
    expect(standing(words, now)).toEqual({ name: '李雷', status: 'active', teamId: 'east', managerId: 'm1' });
  });

  it('makes nobody of somebody who has no name or no status yet', () => {
    expect(standing(says({}, 'dingtalk', { status: 'left' }), now)).toBeUndefined();
    expect(standing(says({}, 'scim', { name: 'Li Lei' }), now)).toBeUndefined();
  });
});

describe('the calendar', () => {
  const away = says(li, 'hr', { status: 'on-leave', leaveFrom: '2026-11-25', leaveUntil: '2026-12-01' });

  it.each([
    ['2026-11-24', 'active'],
    ['2026-11-25', 'on-leave'],
    ['2026-12-01', 'on-leave'],
    ['2026-12-02', 'active'],
  ])('on %s, of a leave from 25 November to 1 December, they are %s', (date, status) => {
    expect(standing(away, day(date))?.status).toBe(status);
  });

  it('lets somebody leave on the day that was announced, but not for the last day of an earlier employment', () => {
    const leaves = says(li, 'hr', { leftAt: '2026-12-31' });
    expect(standing(leaves, day('2026-12-30'))?.status).toBe('active');
    expect(standing(leaves, day('2026-12-31'))?.status).toBe('left');
    expect(standing(says(li, 'hr', { leftAt: '2020-01-01' }), now)?.status).toBe('active');
  });

  it('counts days in the company’s time zone', () => {
    const night = new Date('2026-12-01T17:00:00.000Z');
    expect(standing(away, today(night, 'Asia/Shanghai'))?.status).toBe('active');
    expect(standing(away, today(night, 'Europe/Berlin'))?.status).toBe('on-leave');
  });
});

describe('an admin’s word against a system’s', () => {
  const gone = says(li, 'scim', { status: 'left' });
  const back = overrule(gone, now);

  it('takes somebody back until that system says otherwise', () => {
    expect(standing(back, now)?.status).toBe('active');
    expect(standing(says(back, 'scim', { status: 'left' }), now)?.status).toBe('active');
    const again = says(says(back, 'scim', { status: 'active' }), 'scim', { status: 'left' });
    expect(standing(again, now)?.status).toBe('left');
    expect(standing(says(back, 'hr', { status: 'leaving' }), now)?.status).toBe('leaving');
  });

  it('is told as their return, with the reason', () => {
    const change = changeOf('e1', { status: 'left', words: gone }, back, now, { by: 'admin', reason: 'a mistake' });
    expect(change && newsOf(change)).toMatchObject({
      type: 'RepBack',
      detail: { repId: 'e1', from: 'left', by: 'admin', reason: 'a mistake' },
    });
  });
});

describe('what becomes of a person', () => {
  it('freezes them once', () => {
    const left = says(li, 'hr', { status: 'left' });
    const first = changeOf('e1', { status: 'active', words: li }, left, now, { by: 'hr' });
    expect(first && freezes(first)).toBe(true);
    expect(first && newsOf(first)).toMatchObject({ type: 'RepFrozen', detail: { status: 'left', by: 'hr' } });
    const again = changeOf('e1', { status: 'left', words: left }, says(left, 'scim', { status: 'left' }), now, {
      by: 'scim',
    });
    expect(again).toBeUndefined();
  });
});

describe('drift', () => {
  it('shows who is where, and since when the systems disagree', () => {
    const old = say({}, 'hr', { employeeId: 'e1', name: '李雷', status: 'active' }, before);
    const page = (people: Record<string, Words>) => ({
      number: 0,
      version: 1,
      people: new Map(
        Object.entries(people).map(([id, words]) => [id, { status: standing(words, now)?.status ?? 'active', words }]),
      ),
    });
    const shown = drifts(
      [page({ e3: old, e1: says(old, 'scim', { status: 'left' }), e2: says(old, 'scim', { status: 'active' }) })],
      now,
    );
    expect(shown).toMatchObject([
      {
        repId: 'e1',
        status: 'left',
        systems: { hr: { status: 'active', since: before }, scim: { status: 'left' } },
        since: at,
      },
      { repId: 'e2', missing: [] },
      { repId: 'e3', missing: ['scim'], since: before },
    ]);
    expect(shown[1]).not.toHaveProperty('since');
  });
});
