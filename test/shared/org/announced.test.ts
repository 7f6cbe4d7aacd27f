import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRoster } from '../../../functions/hr-sync/pushed.ts';
import { defaultHrRules } from '../../../shared/org/guard.ts';
import { type Known, LastWord } from '../../../shared/org/push/order.ts';
import { plan } from '../../../shared/org/push/plan.ts';
import type { Push } from '../../../shared/org/push/push.ts';
import { repStatuses } from '../../../shared/org/rep.ts';
import { readRows } from '../../../shared/org/roster.ts';
import { type Page, pageOf } from '../../../shared/org/staff/page.ts';
import { overrule, type Person, say, standing, today, type Words } from '../../../shared/org/staff/word.ts';

const zone = 'Asia/Shanghai';
const noon = (day: number) => new Date(Date.UTC(2026, 10, day, 4));
const date = (day: number) => noon(day).toISOString().slice(0, 10);
const long = '2026-01-01T00:00:00.000Z';
const li = { employeeId: 'li', name: '李雷' };
/** Li, who has worked here for long. */
const known: Words = say({}, 'hr', { ...li, status: 'active' }, long);

/** A push by the day of November on which HR knew it. */
type Dated = Pick<Push, 'mode' | 'employees'> & { day: number };

const json = (mode: Push['mode'], day: number, but: object): Dated => {
  const bytes = Buffer.from(JSON.stringify({ mode, employees: [{ ...li, ...but }] }));
  return { day, ...readRoster({ bytes, csv: false }, defaultHrRules) };
};
const delta = (day: number, but: object) => json('delta', day, but);
const full = (day: number, but: object) => json('full', day, but);
const csv = (mode: Push['mode'], day: number, headings: string, cells: string): Dated => {
  const bytes = Buffer.from(`工号,姓名,在职状态${headings}\nli,李雷,${cells}\n`);
  return { day, ...readRoster({ bytes, csv: true, mode }, defaultHrRules) };
};

/** What HR's word of Li is after these pushes, taken in this order, each on its day or when the last before it was taken. */
function wordsOf(pushes: readonly Dated[], words: Words = known): Words {
  const log: Known[] = [];
  let person: Person = { status: 'active', words };
  for (const { mode, employees, day } of pushes) {
    const asOf = noon(day).toISOString();
    const read = readRows(employees);
    const later = new LastWord(zone);
    for (const each of log) if (each.asOf >= asOf) later.take(each);
    const number = pageOf('li');
    const pages = new Map<number, Page>([[number, { number, version: 1, people: new Map([['li', person]]) }]]);
    const now = today(noon(day), zone);
    const { said, absent, everybody } = plan({ asOf, mode, read, pages, later, rules: defaultHrRules, now });
    for (const row of [said, absent].flatMap(({ rows }) => rows.get(number) ?? [])) {
      if (row.employeeId !== 'li') continue;
      const heard = say(person.words, 'hr', row, long);
      person = { status: standing(heard, now)?.status ?? 'active', words: heard };
    }
    const rows = [...read.good.values()].map(({ row }) => row);
    log.push({ asOf, rows, ...(everybody ? { everybody } : {}) });
  }
  return person.words;
}
const statusOn = (day: number, ...pushes: Dated[]) => standing(wordsOf(pushes), today(noon(day), zone))?.status;

describe('a leave', () => {
  const brief = delta(1, { status: 'on-leave', leaveFrom: date(1), leaveUntil: date(1) });
  const back = delta(3, { status: 'active' });

  it('that is over leaves nothing behind once HR says that they are back', () => {
    expect(wordsOf([brief, back]).hr).toEqual({ since: long, name: '李雷', status: 'active' });
    const early = delta(1, { status: 'on-leave', leaveFrom: date(1), leaveUntil: date(20) });
    expect(statusOn(25, early, back, delta(5, { status: 'on-leave' }))).toBe('on-leave');
  });

  it.each([
    ['by its beginning', delta(3, { status: 'on-leave', leaveFrom: date(3) })],
    ['without dates', delta(3, { status: 'on-leave' })],
    ['by a file', csv('delta', 3, '', '休假')],
    ['by a whole roster', full(3, { status: 'on-leave' })],
  ])(
    'that is told %s is not over because the one before it is, whether HR said that they were back or not',
    (_, again) => {
      expect(statusOn(3, brief, back, again)).toBe('on-leave');
      expect(statusOn(9, brief, again)).toBe('on-leave');
      // As words were kept before.
      const kept = say(known, 'hr', { ...li, status: 'active', leaveFrom: date(1), leaveUntil: date(1) }, long);
      expect(standing(wordsOf([again], kept), today(noon(3), zone))?.status).toBe('on-leave');
    },
  );

  it('keeps its end when changes say nothing of it, and has none where it is taken back or a whole roster has none', () => {
    const away = delta(1, { status: 'on-leave', leaveFrom: date(1), leaveUntil: date(8) });
    const moved = delta(2, { status: 'on-leave', teamId: 'east' });
    expect(wordsOf([away, moved]).hr).toMatchObject({ leaveFrom: date(1), leaveUntil: date(8), teamId: 'east' });
    expect(statusOn(9, away, moved)).toBe('active');
    for (const open of [
      delta(2, { status: 'on-leave', leaveUntil: null }),
      csv('delta', 2, ',休假结束', '休假,'),
      full(2, { status: 'on-leave' }),
    ])
      expect(statusOn(9, away, open)).toBe('on-leave');
    expect(statusOn(9, away, csv('full', 2, '', '休假'))).toBe('active');
  });

  it('that HR moves forward, to before its beginning, has begun', () => {
    const planned = delta(1, { status: 'on-leave', leaveFrom: date(10), leaveUntil: date(20) });
    expect(statusOn(2, planned)).toBe('active');
    expect(statusOn(2, planned, delta(2, { status: 'on-leave', leaveUntil: date(5) }))).toBe('on-leave');
  });
});

describe('the day on which somebody is to leave', () => {
  const resigned = delta(1, { status: 'active', leftAt: date(3) });

  it('stands when changes say nothing of it', () => {
    expect(statusOn(3, resigned, delta(2, { status: 'active', teamId: 'east' }))).toBe('left');
    expect(statusOn(4, resigned, delta(3, { status: 'active' }))).toBe('left');
  });

  it.each([
    ['null', delta(2, { status: 'active', leftAt: null })],
    ['an empty cell', csv('delta', 2, ',离职日期', '在职,')],
    ['a whole roster that has none', full(2, { status: 'active' })],
    ['word after it that they work here', delta(4, { status: 'active' })],
    ['word after it that they are on leave', delta(4, { status: 'on-leave' })],
    ['word after it in a file without that column', csv('full', 4, '', '在职')],
  ])('is taken back by %s', (_, withdrawn) => {
    const words = wordsOf([resigned, withdrawn]);
    expect(words.hr).not.toHaveProperty('leftAt');
    expect(standing(words, today(noon(9), zone))?.status).not.toBe('left');
  });

  it('is not taken back by word of before that arrives after it, by a file without that column, or when they left', () => {
    expect(statusOn(9, delta(2, { status: 'active' }), resigned)).toBe('left');
    expect(statusOn(9, resigned, csv('full', 2, '', '在职'))).toBe('left');
    expect(wordsOf([resigned, full(4, { status: 'left' })]).hr).toMatchObject({ status: 'left', leftAt: date(3) });
  });

  it('counts when it is another than that in spite of which an admin took them back', () => {
    const on = (words: Words, day: number) => standing(words, today(noon(day), zone))?.status;
    const reinstated = overrule(wordsOf([resigned]), today(noon(4), zone));
    expect(on(wordsOf([resigned], reinstated), 5)).toBe('active');
    expect(on(wordsOf([delta(4, { status: 'active', leftAt: date(7) })], reinstated), 6)).toBe('active');
    expect(on(wordsOf([delta(4, { status: 'active', leftAt: date(7) })], reinstated), 7)).toBe('left');
    // Who was said to have left is not shut out again by the day of it alone.
    const gone = overrule(wordsOf([delta(1, { status: 'left' })]), today(noon(4), zone));
    expect(on(wordsOf([delta(5, { status: 'left', leftAt: date(1) })], gone), 6)).toBe('active');
  });
});

describe('pushes that announce leaves and last days', () => {
  const day = fc.integer({ min: 1, max: 9 });
  const maybe = fc.option(fc.oneof(day.map(date), fc.constant(null)), { nil: undefined });
  const row = fc
    .record({ status: fc.constantFrom(...repStatuses), leftAt: maybe, leaveFrom: maybe, leaveUntil: maybe })
    .filter(({ leaveFrom, leaveUntil }) => !leaveFrom || !leaveUntil || leaveFrom <= leaveUntil);
  const push = fc
    .tuple(fc.constantFrom('full' as const, 'delta' as const), day, fc.option(row))
    .map(
      ([mode, known, said]): Dated =>
        said
          ? json(mode, known, said)
          : { day: known, mode: 'full', employees: [{ employeeId: 'x', name: 'x', status: 'active' }] },
    );

  it('end the same in whatever order they arrive, and however often', () => {
    const history = fc.array(push, { minLength: 1, maxLength: 5 });
    const more = history.chain((pushes) =>
      fc.tuple(
        fc.constant(pushes),
        fc.shuffledSubarray(pushes),
        fc.shuffledSubarray(pushes, { minLength: pushes.length }),
      ),
    );
    const ends = (pushes: Dated[]) => {
      const words = wordsOf(pushes);
      const { leftAt, leaveUntil } = words.hr ?? {};
      // A beginning that is past says no more than none.
      const statuses = [9, 10, 11, 12].map((each) => standing(words, today(noon(each), zone))?.status);
      return { leftAt, leaveUntil, statuses };
    };
    fc.assert(
      fc.property(more, ([pushes, again, shuffled]) => {
        expect(ends([...again, ...shuffled])).toEqual(ends([...pushes].sort((a, b) => a.day - b.day)));
      }),
      { numRuns: 500 },
    );
  });
});
