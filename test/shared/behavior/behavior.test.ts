import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, asBatch, behaviorBatch, type Done, nothingDone, REMEMBERED } from '../../../shared/behavior/behavior.ts';
import { isNews, rescored } from '../../../shared/behavior/rescored.ts';
import type { Score } from '../../../shared/scoring/score.ts';
import { startClock } from '../../../shared/sla/clock.ts';
import { timedFor } from '../../../shared/sla/lead-clock.ts';
import { deadlines, slaRules } from '../../../shared/sla/rules.ts';
import { monday, scoredLead } from '../../histories.ts';

const event = (n: number, but: Partial<Done> = {}): Done => ({ key: `k${n}`, type: 'page-view', at: 1000 + n, ...but });
const done = fc.record({
  n: fc.nat(30),
  type: fc.constantFrom('page-view', 'download', 'demo-asked'),
  seconds: fc.option(fc.nat(100), { nil: undefined }),
  what: fc.constantFrom(undefined, '/pricing?x=1', '白皮书.pdf', 'wang@example.com'),
});

describe('what a customer did', () => {
  it('counts each event once, in whatever order and however often they come, in whatever batches', () => {
    fc.assert(
      fc.property(
        fc.array(done, { maxLength: 40 }),
        fc.array(fc.nat(39), { maxLength: 60 }),
        fc.nat(7),
        (dones, again, cut) => {
          const events = [...new Map(dones.map(({ n, ...rest }) => [n, event(n, rest)])).values()];
          const repeated = [...again.flatMap((at) => events[at] ?? []), ...events].reverse();
          const once = add(nothingDone, events).behavior;
          const first = add(nothingDone, repeated.slice(0, cut)).behavior;
          const { behavior } = add(add(first, repeated.slice(cut)).behavior, repeated);
          expect(behavior.counts).toEqual(once.counts);
          expect([...behavior.seen].sort()).toEqual([...once.seen].sort());
        },
      ),
    );
  });

  it('is summed by names that rules know, without saying who somebody is', () => {
    const { behavior, ...rest } = add(nothingDone, [
      event(1, { seconds: 40, what: 'https://example.com/Pricing/MES?mail=wang@example.com#x' }),
      event(2, { seconds: 5.5, what: '/pricing/mes/' }),
      event(3, { type: 'download', what: '产品白皮书.pdf' }),
      event(4, { type: 'mail-opened', what: 'wang@example.com' }),
      event(5, { type: 'demo-asked', what: '/orders/13800138000' }),
      event(6, { type: 'constructor' }),
      event(1),
    ]);
    expect(rest).toEqual({ counted: 6, repeated: 1, tooOld: 0 });
    expect(Object.fromEntries(Object.entries(behavior.counts).map(([name, { sum }]) => [name, sum]))).toEqual({
      pageViews: 2,
      siteSeconds: 45.5,
      'pageViews.pricing-mes': 2,
      downloads: 1,
      'downloads.产品白皮书-pdf': 1,
      mailsOpened: 1,
      demoAsked: 1,
      constructor: 1,
    });
    expect(behavior.counts.pageViews?.lastAt).toBe(1002);
  });

  it('never counts twice what it has forgotten', () => {
    const all = Array.from({ length: REMEMBERED + 50 }, (_, n) => event(n));
    const { behavior } = all.reduce((so, each) => add(so.behavior, [each]), add(nothingDone, []));
    expect(behavior.seen.size).toBe(REMEMBERED);
    expect(add(behavior, all)).toMatchObject({ counted: 0, repeated: REMEMBERED, tooOld: 50 });
    expect(add(behavior, [event(9999)])).toMatchObject({ counted: 1 });
  });

  it('keeps so many numbers and no more, whatever types are sent', () => {
    const { behavior } = add(
      nothingDone,
      Array.from({ length: 300 }, (_, n) => event(n, { type: `type-${n}` })),
    );
    expect(Object.keys(behavior.counts)).toHaveLength(100);
  });

  it('goes by one name however the sender writes it, and only pages add to the time on the site', () => {
    const { behavior } = add(nothingDone, [
      event(1, { type: 'pageView', seconds: 10 }),
      event(2, { type: 'page_view', seconds: 20 }),
      event(3, { type: 'page-view' }),
      event(4, { type: 'videoWatched', seconds: 300 }),
      event(5, { type: 'trial-2-started' }),
    ]);
    const sums = Object.entries(behavior.counts).map(([name, { sum }]) => [name, sum]);
    expect(Object.fromEntries(sums)).toEqual({ pageViews: 3, siteSeconds: 30, videosWatched: 1, trial2Started: 1 });
  });

  it.each([
    ['https://example.com/a//b/', 'a-b'],
    ['/go/https://example.com', 'go-https-example-com'],
    ['/mes-2', 'mes-2'],
    ['/order/12345', 'order-12345'],
    ['/order/123456', undefined],
    ['-', undefined],
    [`/${'long-'.repeat(20)}`, 'long-'.repeat(8).slice(0, -1)],
  ])('of %s counts under %s', (what, name) => {
    const { counts } = add(nothingDone, [event(1, { what })]).behavior;
    expect(Object.keys(counts)).toEqual(['pageViews', ...(name === undefined ? [] : [`pageViews.${name}`])]);
  });

  it('of which the oldest is forgotten first, whatever order it came in', () => {
    const all = Array.from({ length: REMEMBERED + 10 }, (_, n) => event(n, { at: 1000 + Math.floor(n / 20) }));
    const inOrder = add(nothingDone, all).behavior;
    const upsideDown = add(nothingDone, all.toReversed()).behavior;
    expect([...upsideDown.seen].sort()).toEqual([...inOrder.seen].sort());
    expect(upsideDown.forgottenTo).toBe(1000);
    expect(Math.max(...inOrder.seen.values())).toBe(1000 + Math.floor((REMEMBERED + 9) / 20));
    expect(add(inOrder, []).behavior).toEqual(inOrder);
    expect(add(inOrder, [event(0, { key: 'late', at: 1000 })])).toMatchObject({ counted: 0, tooOld: 1 });
  });

  it('is remembered whole as long as it is no more than is remembered', () => {
    const all = Array.from({ length: REMEMBERED }, (_, n) => event(n));
    expect(add(nothingDone, all).behavior).not.toHaveProperty('forgottenTo');
  });

  it('may come as one event by itself', () => {
    const one = { type: 'download' };
    expect(asBatch(one)).toEqual({ events: [one] });
    for (const other of [{ events: [one] }, { events: [one], type: 'x' }, { kind: 'x' }, null, 'type', undefined])
      expect(asBatch(other)).toBe(other);
  });

  it('comes in batches of up to 100, each event with a type, and with an id or a time where there is one', () => {
    const good = { eventId: 'e', type: 'page-view', at: '2026-11-02T10:00:00+08:00' };
    expect(behaviorBatch.safeParse({ events: [good] }).success).toBe(true);
    const bad = [
      [],
      Array.from({ length: 101 }, () => good),
      [{ ...good, type: 'Page View' }],
      [{ ...good, at: 'today' }],
      [{ ...good, seconds: -1 }],
      [{ ...good, eventId: '' }],
    ];
    for (const events of bad) expect(behaviorBatch.safeParse({ events }).success).toBe(false);
  });
});

const score = (value: number, grade: Score['grade']): Score => ({ value, grade, points: [], version: 1 });
const rules = slaRules.parse({
  supervisorAfter: 'PT2H',
  exceptionAfter: 'PT4H',
  grades: { A: { supervisorAfter: 'PT30M', exceptionAfter: 'PT1H', remindAfter: 'PT10M' } },
});
const later = (minutes: number) => new Date(monday.getTime() + minutes * 60_000);
const owner = { repId: 'rep-li', name: 'rep-li' };
const assigned = (but: object = {}) => ({
  ...scoredLead(undefined, { score: score(50, 'B') } as object),
  ...{ status: 'assigned' as const, owner },
  sla: { ...startClock(monday, deadlines(rules, { grade: 'B' })), ...but },
});

describe('a lead scored anew', () => {
  it('with a better grade is due as the grade says, counted from then, never later than before and never at once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), (minutes) => {
        const at = later(minutes);
        const before = assigned();
        const { lead, raised } = rescored(before, score(80, 'A'), rules, at);
        expect(raised).toBe(true);
        const { sla } = lead;
        for (const [due, was] of [
          [sla.supervisorDueAt, before.sla.supervisorDueAt],
          [sla.exceptionDueAt, before.sla.exceptionDueAt],
        ] as const) {
          expect(due <= was).toBe(true);
          expect(due > at.toISOString() || due === was).toBe(true);
        }
        expect(sla.remindDueAt).toBe(later(minutes + 10).toISOString());
      }),
    );
    expect(rescored(assigned(), score(80, 'A'), rules, later(20)).lead.sla).toMatchObject({
      supervisorDueAt: later(50).toISOString(),
      exceptionDueAt: later(80).toISOString(),
    });
  });

  it('has what was escalated already escalated no second time', () => {
    const { sla } = rescored(assigned({ level: 'supervisor', reminded: true }), score(80, 'A'), rules, later(130)).lead;
    expect(sla).toMatchObject({
      level: 'supervisor',
      supervisorDueAt: later(120).toISOString(),
      exceptionDueAt: later(190).toISOString(),
    });
    expect(sla.remindDueAt).toBeUndefined();
  });

  it('with a worse grade stays due when it was, and so does one whose customer was contacted', () => {
    const worse = rescored(assigned(), score(10, 'C'), rules, later(20));
    expect(worse).toMatchObject({ raised: false, lead: { score: { grade: 'C' }, sla: assigned().sla } });
    const same = rescored(assigned(), score(55, 'B'), rules, later(20));
    expect(same).toMatchObject({ raised: false, lead: { score: { value: 55 }, sla: assigned().sla } });
    const contacted = assigned({ firstContactAt: later(5).toISOString() });
    expect(rescored(contacted, score(80, 'A'), rules, later(20)).lead.sla).toEqual(contacted.sla);
  });

  it('that somebody else gets afterwards counts the grade’s deadlines from when it got the grade', () => {
    const { lead } = rescored(assigned(), score(80, 'A'), rules, later(100));
    const given = timedFor({ ...lead, releasedAt: later(110).toISOString() } as typeof lead, {}, rules, later(110));
    expect(given.sla.supervisorDueAt).toBe(later(130).toISOString());
  });

  it('is written for another grade or a point of value, not for what fades by tenths', () => {
    expect(isNews(score(50, 'B'), score(50.9, 'B'))).toBe(false);
    expect(isNews(score(50, 'B'), score(51, 'B'))).toBe(true);
    expect(isNews(score(69.9, 'B'), score(70, 'A'))).toBe(true);
  });
});
