import { describe, expect, it } from 'vitest';
import { whyHandOver } from '../../../shared/org/handover/why.ts';
import { isOn, localTime, shift, timeZone } from '../../../shared/org/hours.ts';
import { isFrozen, unset } from '../../../shared/org/rep.ts';
import { newRep, readRows } from '../../../shared/org/roster.ts';
import { changeOf, freezes, moveOf, newsOf } from '../../../shared/org/staff/change.ts';
import { drifts } from '../../../shared/org/staff/drift.ts';
import { overrule, say, standing, today, type Words } from '../../../shared/org/staff/word.ts';
import { emptyTally, strideOf, takenAt, tallied } from '../../../shared/org/tally.ts';

const now = today(new Date('2026-11-23T02:00:00.000Z'), 'Asia/Shanghai');
const [early, later] = ['2026-11-01T00:00:00.000Z', '2026-11-10T00:00:00.000Z'];
const li: Words = say({}, 'hr', { employeeId: 'e1', name: '李雷', status: 'active' }, early);
const says = (words: Words, row: object, at = later, system: 'hr' | 'scim' | 'wecom' = 'hr') =>
  say(words, system, { employeeId: 'e1', ...row }, at);
const statusOf = (words: Words, at = now) => standing(words, at)?.status;

describe('a handover', () => {
  const away = (but: object = {}) => ({ status: 'on-leave' as const, statusSince: '2026-11-20T00:00:00.000Z', ...but });
  const at = new Date('2026-11-23T00:00:00.000Z');

  it('is due at once for who leaves, and never for who is there', () => {
    expect(whyHandOver({ status: 'leaving' }, 3, at)).toBe('owner-leaving');
    expect(whyHandOver({ status: 'left' }, 3, at)).toBe('owner-left');
    expect(whyHandOver({ status: 'active', statusSince: early }, 3, at)).toBeUndefined();
    expect([isFrozen({ status: 'leaving' }), isFrozen({ status: 'left' }), isFrozen({ status: 'on-leave' })]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('is due for who is away longer than the rules allow, as soon as that is known', () => {
    expect(whyHandOver(away(), 3, at)).toBeUndefined();
    expect(whyHandOver(away(), 3, new Date(at.getTime() + 1))).toBe('owner-on-leave');
    expect(whyHandOver(away(), 2, at)).toBe('owner-on-leave');
    expect(whyHandOver(away({ leaveUntil: '2026-11-24' }), 3, new Date('2026-11-20T01:00:00.000Z'))).toBe(
      'owner-on-leave',
    );
    expect(whyHandOver(away({ leaveUntil: '2026-11-23' }), 3, new Date('2026-11-20T01:00:00.000Z'))).toBeUndefined();
    expect(whyHandOver({ status: 'on-leave' }, 3, at)).toBeUndefined();
  });
});

describe('what one system says', () => {
  it('is since when it began to say so, whatever else it says since', () => {
    const moved = says(li, { teamId: 'east' });
    expect(moved.hr).toMatchObject({ since: early, teamId: 'east', name: '李雷' });
    expect(says(moved, { status: 'left' }).hr?.since).toBe(later);
    expect(says({}, { teamId: 'east' }).hr?.since).toBe(later);
  });

  it('counts no more when it knew it before what it said last', () => {
    const told = says(li, { status: 'left', asOf: later });
    expect(says(told, { status: 'active', asOf: early })).toBe(told);
    expect(says(told, { status: 'active', asOf: later }).hr?.status).toBe('active');
    expect(says(told, { status: 'active' }).hr?.status).toBe('active');
    expect(says(li, { status: 'left', asOf: early }).hr?.status).toBe('left');
  });

  it('as a whole drops what it says no more, and in part drops nothing', () => {
    const full = says(li, { teamId: 'east', email: 'li@example.com' });
    const whole = say(full, 'hr', { employeeId: 'e1', name: '李雷', status: 'active' }, later, 'whole');
    expect(whole.hr).toEqual({ since: early, name: '李雷', status: 'active' });
    expect(says(full, { teamId: undefined }).hr).toEqual(full.hr);
  });

  it('of leaving on a day holds from that day on, and from that moment where it says one', () => {
    const leaves = (leftAt: string) => statusOf(says(li, { status: 'active', leftAt }));
    expect(leaves('2026-11-22')).toBe('left');
    expect(leaves('2026-11-23')).toBe('left');
    expect(leaves('2026-11-24')).toBe('active');
    expect(leaves('2026-11-23T02:00:00.000Z')).toBe('left');
    expect(leaves('2026-11-23T02:00:00.001Z')).toBe('active');
    expect(leaves('2026-10-01')).toBe('active');
    expect(leaves('2026-11-01')).toBe('active');
  });

  it('that an admin overruled counts for nothing until it says another status', () => {
    const out = says(li, { status: 'left' });
    const back = overrule(out, now);
    expect([statusOf(out), statusOf(back)]).toEqual(['left', 'active']);
    expect(statusOf(says(back, { teamId: 'east' }))).toBe('active');
    expect(statusOf(says(back, { status: 'left' }))).toBe('active');
    expect(statusOf(says(back, { status: 'leaving' }))).toBe('leaving');
    expect(overrule(li, now)).toEqual(li);
    expect(
      statusOf(overrule(says(says({}, { status: 'left', name: 'Li' }), { status: 'left' }, later, 'scim'), now)),
    ).toBe('active');
  });

  it('counts for a field before what the next one says', () => {
    const both = says(
      says(li, { teamId: 'Sales' }, later, 'scim'),
      { teamId: 'Other', email: 'x@y.z' },
      later,
      'wecom',
    );
    expect(standing(both, now)).toEqual({ name: '李雷', status: 'active', teamId: 'Sales', email: 'x@y.z' });
  });
});

describe('news of a person', () => {
  const person = (words: Words) => ({ status: statusOf(words) ?? ('active' as const), words });
  const news = (from: Words, to: Words, reason?: string) => {
    const change = changeOf('e1', person(from), to, now, { by: 'hr', ...(reason ? { reason } : {}) });
    return change && newsOf(change);
  };
  const in_ = (status: string, but: object = {}) => says(li, { status, ...but });

  it('is that they are frozen, away or back, and nothing where none of these changed', () => {
    expect(news(li, in_('leaving'))).toMatchObject({
      type: 'RepFrozen',
      detail: { repId: 'e1', status: 'leaving', by: 'hr' },
    });
    expect(news(li, in_('left'))).toMatchObject({ type: 'RepFrozen', detail: { status: 'left' } });
    expect(news(in_('leaving'), in_('left'))).toBeUndefined();
    expect(news(li, in_('on-leave'))).toMatchObject({ type: 'RepAway', detail: { repId: 'e1' } });
    expect(news(in_('on-leave'), in_('on-leave', { leaveUntil: '2026-12-01' }))).toMatchObject({ type: 'RepAway' });
    expect(news(in_('on-leave'), in_('on-leave', { teamId: 'east' }))).toBeUndefined();
    expect(news(in_('left'), li, 'by mistake')).toMatchObject({
      type: 'RepBack',
      detail: { repId: 'e1', from: 'left', by: 'hr', reason: 'by mistake' },
    });
    expect(news(in_('on-leave'), li)?.detail).not.toHaveProperty('reason');
    expect(news(li, says(li, { teamId: 'east' }))).toBeUndefined();
    expect(news(li, li)).toBeUndefined();
  });

  it('is in which team they are now, beside the rest', () => {
    const moved = (from: Words, to: Words) => {
      const change = changeOf('e1', person(from), to, now, { by: 'hr' });
      return change && moveOf(change)?.detail;
    };
    const east = says(li, { teamId: 'east' });
    expect(moved(li, east)).toEqual({ repId: 'e1', to: 'east', by: 'hr' });
    expect(moved(east, says(east, { status: 'left', teamId: 'west' }))).toEqual({
      repId: 'e1',
      from: 'east',
      to: 'west',
      by: 'hr',
    });
    expect(moved(east, says(east, { status: 'left' }))).toBeUndefined();
    const first = changeOf('e1', undefined, east, now, { by: 'hr' });
    expect(first && moveOf(first)).toBeUndefined();
  });

  it('is none of who is named for the first time, in whatever state', () => {
    for (const words of [li, in_('left'), in_('on-leave')]) {
      const change = changeOf('e1', undefined, words, now, { by: 'hr' });
      expect(change && [freezes(change), newsOf(change)]).toEqual([false, undefined]);
    }
    expect(changeOf('e1', undefined, {}, now, { by: 'hr' })).toBeUndefined();
  });
});

describe('who is in which system', () => {
  const drift = (words: Words, others: Words[] = []) => {
    const people = new Map(
      [words, ...others].map((each, at) => [
        `e${at + 1}`,
        { status: statusOf(each) ?? ('active' as const), words: each },
      ]),
    );
    return drifts([{ number: 0, version: 1, people }], now)[0];
  };

  it('is told with what each says and since when; they agree', () => {
    expect(drift(li)).toEqual({
      repId: 'e1',
      name: '李雷',
      status: 'active',
      systems: { hr: { status: 'active', since: early } },
      missing: [],
    });
  });

  it('is apart when one shuts out whom another does not, since the last turn', () => {
    const apart = says(says(li, { status: 'active' }, '2026-11-05T00:00:00.000Z', 'scim'), { status: 'left' });
    expect(drift(apart)).toMatchObject({
      status: 'left',
      since: later,
      systems: { hr: { status: 'left' }, scim: { status: 'active' } },
    });
    const both = says(says(li, { status: 'left' }, later, 'scim'), { status: 'left' });
    expect(drift(both)).not.toHaveProperty('since');
  });

  it('is apart while an admin holds somebody against a system', () => {
    const held = overrule(says(li, { status: 'left' }), now);
    expect(drift(held)).toMatchObject({
      status: 'active',
      since: later,
      systems: { hr: { status: 'left', since: later, overruled: true } },
    });
  });

  it('names the systems that know others, but not them, unless they have left', () => {
    const known = says({}, { name: 'Han', status: 'active' }, early, 'scim');
    expect(drift(li, [known])).toMatchObject({ missing: ['scim'], since: early });
    expect(drift(says(li, { status: 'left' }), [known])).toMatchObject({ missing: [] });
  });

  it('calls them by their id where no system tells a name', () => {
    expect(drift(says({}, { status: 'active' }, early, 'scim'))?.name).toBe('e1');
    expect(drift(says(says({}, { status: 'active' }), { name: 'Li Lei' }, early, 'scim'))?.name).toBe('Li Lei');
  });
});

describe('hours and shifts', () => {
  const at = (weekday: number, minutes: number) => ({ ...localTime(now.at, 'Asia/Shanghai'), weekday, minutes });

  it('are on from their first minute and off from their last', () => {
    const office = { days: [1, 2], from: '09:30', to: '18:00' };
    expect([569, 570, 1079, 1080].map((minutes) => isOn(office, at(1, minutes)))).toEqual([false, true, true, false]);
    expect(isOn(office, at(3, 600))).toBe(false);
    const night = { days: [7], from: '22:00', to: '06:00' };
    expect([at(7, 1319), at(7, 1320), at(1, 359), at(1, 360), at(7, 300)].map((time) => isOn(night, time))).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
  });

  it('are of a zone that there is, and of some length', () => {
    expect(timeZone.safeParse('Asia/Shanghai').success).toBe(true);
    for (const zone of ['Asia/Nowhere', '', 'GMT+99']) expect(timeZone.safeParse(zone).success).toBe(false);
    expect(shift.safeParse({ days: [1], from: '09:00', to: '09:00' }).success).toBe(false);
    expect(shift.safeParse({ days: [1], from: '09:00', to: '24:00' }).success).toBe(true);
  });

  it('begin weeks on Monday and weeks’ years with their Thursday', () => {
    const week = (day: string) => localTime(new Date(`${day}T12:00:00.000Z`), 'UTC').week;
    expect([week('2026-12-31'), week('2027-01-03'), week('2027-01-04'), week('2025-12-29')]).toEqual([
      '2026-W53',
      '2026-W53',
      '2027-W01',
      '2026-W01',
    ]);
  });
});

describe('a tally', () => {
  const zone = 'Asia/Shanghai';

  it('counts a lead in its day, week and month, and begins anew with each', () => {
    const once = tallied(emptyTally, 5, true, now.at, zone);
    expect(once).toEqual({
      total: 1,
      turns: 5,
      day: { of: '2026-11-23', leads: 1 },
      week: { of: '2026-W48', leads: 1 },
      month: { of: '2026-11', leads: 1, good: 1 },
    });
    expect(takenAt(once, now.at, zone)).toEqual({ day: 1, week: 1, month: 1, good: 1 });
    expect(takenAt(once, new Date('2026-11-24T02:00:00.000Z'), zone)).toEqual({ day: 0, week: 1, month: 1, good: 1 });
    expect(takenAt(once, new Date('2026-11-30T02:00:00.000Z'), zone)).toEqual({ day: 0, week: 0, month: 1, good: 1 });
    expect(takenAt(once, new Date('2026-12-01T02:00:00.000Z'), zone)).toEqual({ day: 0, week: 0, month: 0, good: 0 });
    expect(takenAt(emptyTally, now.at, zone)).toEqual({ day: 0, week: 0, month: 0, good: 0 });
    expect(tallied(once, 9, false, now.at, zone)).toMatchObject({ total: 2, turns: 9, month: { leads: 2, good: 1 } });
  });

  it('weighs a lead half for twice the weight or twice the room, and at least something', () => {
    expect(strideOf({ weight: 1, capacity: 100 })).toBe(10_000_000);
    expect(strideOf({ weight: 2, capacity: 100 })).toBe(5_000_000);
    expect(strideOf({ weight: 1, capacity: 200 })).toBe(5_000_000);
    expect(strideOf({ weight: 1, capacity: 0 })).toBe(1_000_000_000);
    expect(strideOf({ weight: 1e12, capacity: 100 })).toBe(1);
  });
});

describe('a row', () => {
  it('about somebody of whom two rows disagreed is not taken either', () => {
    const row = { employeeId: 'e1', name: 'Li', status: 'active' };
    const { good, rejected, disputed } = readRows([row, { ...row, name: 'Lei' }, row], [10, 20, 30]);
    expect(good.size).toBe(0);
    expect(rejected.map(({ line, path }) => [line, path])).toEqual([
      [10, 'employeeId'],
      [20, 'employeeId'],
      [30, 'employeeId'],
    ]);
    expect(disputed).toEqual(new Set(['e1']));
    expect(readRows([{ ...row, hiredAt: 'soon', name: '' }]).rejected.map(({ path }) => path)).toEqual([
      'name',
      'hiredAt',
    ]);
  });

  it('of a new person makes a rep with a phone if it says one', () => {
    expect(newRep('e1', { name: 'Li', status: 'active' })).toEqual({
      ...unset,
      repId: 'e1',
      name: 'Li',
      status: 'active',
    });
    expect(newRep('e1', { name: 'Li', status: 'active', phone: '+8613800138000' })).toEqual({
      ...unset,
      repId: 'e1',
      name: 'Li',
      status: 'active',
      channels: { phone: '+8613800138000' },
    });
  });
});
