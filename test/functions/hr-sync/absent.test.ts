import { describe, expect, it } from 'vitest';
import { readRoster } from '../../../functions/hr-sync/pushed.ts';
import { defaultHrRules } from '../../../shared/org/guard.ts';
import type { Push } from '../../../shared/org/push/push.ts';
import { discard, listReviews } from '../../../shared/org/push/review/store.ts';
import { type Applied, approve, takePush } from '../../../shared/org/push/store.ts';
import { readRep } from '../../../shared/org/store.ts';
import { query } from '../../../shared/platform/table.ts';
import { monday } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const DAY = 24 * 3_600_000;
const onDay = (day: number) => () => new Date(monday.getTime() + day * DAY);
const person = (id: string, status = 'active') => ({ employeeId: id, name: id, status });
const ten = Array.from({ length: 10 }, (_, n) => person(`r${n}`));
const six = ten.slice(0, 6);
const statusOf = async (id: string) => (await readRep(table(), id))?.status;

async function roster(day: number, employees: unknown[]): Promise<Applied> {
  const done = await takePush(table(), { mode: 'full', employees }, onDay(day));
  if (!done.applied) throw new Error(`held: ${done.review.because}`);
  return done;
}

const alerts = async (reviewId: string) =>
  (await query(table(), { pk: `HR-REVIEW#${reviewId}`, begins: 'EVENT#' })).map(({ type }) => type);

describe('a roster from which the same people are absent, day after day', () => {
  it('asks the admins anew when nobody decided in time, and when it is so again after an approval', async () => {
    await roster(0, ten);
    const { reviewId = '' } = (await roster(0.1, six)).absent ?? {};
    await roster(0.5, six);
    expect(await alerts(reviewId)).toHaveLength(1);
    expect((await roster(1.5, six)).absent).toMatchObject({ reviewId, expiresAt: onDay(2.5)().toISOString() });
    expect(await alerts(reviewId)).toHaveLength(2);
    expect(await approve(table(), reviewId, onDay(2))).toMatchObject({ applied: true });
    expect(await statusOf('r9')).toBe('left');

    await roster(3, ten);
    await roster(4, six);
    expect([await statusOf('r9'), (await alerts(reviewId)).length]).toEqual(['active', 3]);
    expect(await approve(table(), reviewId, onDay(4))).toMatchObject({ applied: true });
    expect(await statusOf('r9')).toBe('left');
  });

  it('asks no more once an admin said that they are not gone', async () => {
    await roster(5, ten);
    const { reviewId = '' } = (await roster(6, six)).absent ?? {};
    const asked = await alerts(reviewId);
    await discard(table(), reviewId, onDay(6)());
    await roster(8, six);
    expect(await alerts(reviewId)).toEqual(asked);
    expect(await statusOf('r9')).toBe('active');
  });
});

describe('a push that is held', () => {
  it('says what share of the active staff it would freeze, which who is away has no part in', async () => {
    const away = person('away', 'on-leave');
    await roster(9, [...ten, away]);
    const gone = [...ten, away].map(({ employeeId }) => person(employeeId, 'left'));
    const held = await takePush(table(), { mode: 'delta', employees: gone }, onDay(10));
    expect(held).toMatchObject({ applied: false, review: { wouldFreeze: 11, share: 1 } });
  });

  it('is the same one, of which the admins are told once, when HR repeats it in whatever form, until they have decided', async () => {
    const held = async (day: number, push: Push): Promise<string> => {
      const done = await takePush(table(), push, onDay(day));
      if (done.applied) throw new Error('not held');
      return done.review.reviewId;
    };
    await roster(11, ten);
    const gone = six.map(({ employeeId }) => person(employeeId, 'left'));
    const leave: Push = { mode: 'delta', employees: gone };
    const reviewId = await held(12, leave);
    expect(await held(12.1, { ...leave, employees: gone.toReversed() })).toBe(reviewId);
    const empty = [
      { csv: true, text: '工号,姓名,在职状态\n' },
      { csv: false, text: '{"mode":"full","employees":[]}' },
    ].map(({ csv, text }) => readRoster({ bytes: Buffer.from(text), csv, mode: 'full' }, defaultHrRules));
    const whole = await Promise.all(empty.map((push) => held(12.2, push)));
    expect(new Set([reviewId, ...whole]).size).toBe(2);
    expect([await alerts(reviewId), await alerts(whole[0] ?? '')].map((each) => each.length)).toEqual([1, 1]);
    const waiting = (await listReviews(table(), onDay(12.3)())).filter(({ state }) => state === 'held');
    expect(waiting.map((each) => each.reviewId).sort()).toEqual([reviewId, whole[0]].sort());

    await discard(table(), reviewId, onDay(12.3)());
    expect(await held(12.4, leave)).toBe(reviewId);
    expect(await alerts(reviewId)).toHaveLength(2);
    // Nobody decided: a day later it is asked anew.
    await held(13.5, leave);
    expect(await alerts(reviewId)).toHaveLength(3);
    expect(await held(13.6, { ...leave, employees: [...gone, person('r6', 'left')] })).not.toBe(reviewId);
    expect(await approve(table(), reviewId, onDay(13.7))).toMatchObject({ applied: true });
    expect([await statusOf('r0'), await statusOf('r6')]).toEqual(['left', 'active']);
  });
});
