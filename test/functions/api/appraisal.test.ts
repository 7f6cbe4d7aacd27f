import { createHmac } from 'node:crypto';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { answerAppeal, getAppeals, postAppeal } from '../../../functions/api/routes/appeals.ts';
import { closeCycle, getCycles, reopenCycle, verifyCycle } from '../../../functions/api/routes/cycles.ts';
import { getPayroll } from '../../../functions/api/routes/payroll.ts';
import { getRankings } from '../../../functions/api/routes/rankings.ts';
import { getScorecard } from '../../../functions/api/routes/scorecards.ts';
import { getTargets, putTargets, putTeamTargets } from '../../../functions/api/routes/targets.ts';
import { count } from '../../../shared/appraisal/facts/store.ts';
import type { Facts } from '../../../shared/appraisal/facts.ts';
import { commit, commitOne, put } from '../../../shared/platform/commit.ts';
import type { Person } from '../../../shared/platform/identity.ts';
import { get } from '../../../shared/platform/table.ts';
import { useRealTable } from '../../real-table.ts';
import { admin, call, hire, rep } from './asked.ts';

vi.mock('../../../shared/platform/secrets.ts', async (original) => ({
  ...(await original<typeof import('../../../shared/platform/secrets.ts')>()),
  readSecret: async () => ({ master: 'a master of many characters' }),
}));

const { table } = useRealTable();
let made = 0;
const did = (repId: string, at: string, facts: Facts) => {
  made += 1;
  return commit(
    table(),
    count('deals', [{ repId, at, facts, of: { what: 'won', id: `m${made}`, leadId: `lead-${made}` } }]),
  );
};
const october = '2026-11-02T08:00:00.000Z';

beforeAll(async () => {
  for (const repId of ['a', 'b', 'c']) await hire(table(), repId);
  await hire(table(), 'new', { hiredAt: '2026-09-15' });
  await did('a', '2026-10-12T03:00:00.000Z', { won: 4, closed: 6, newCustomers: 3, answered: 9, answeredInTime: 9 });
  await did('b', '2026-10-13T03:00:00.000Z', { won: 1, closed: 6, lost: 5, records: 7, completeRecords: 3 });
  // Before midnight in London is the next day where the company is.
  await did('c', '2026-10-31T17:00:00.000Z', { won: 1, closed: 1 });
});

describe('a period', () => {
  const close = (period: string, at = october) => call(closeCycle, at, { params: { period } });

  it('is closed once it is over, with its cards, rules and one hash', async () => {
    expect(await close('2026-10', '2026-10-31T15:59:00.000Z')).toMatchObject({
      status: 409,
      body: { errors: [{ path: 'period', message: '2026-10 is not over before 2026-11-01' }] },
    });
    const before = await call(getScorecard, october, { params: { repId: 'a' }, query: { period: '2026-10' } });
    expect(before.body).toMatchObject({ frozen: null });
    const { status, body } = await close('2026-10');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      state: 'closed',
      revision: 1,
      cards: 3,
      planIds: ['experienced'],
      appealsUntil: '2026-11-12',
    });
    const { body: after } = await call(getScorecard, october, { params: { repId: 'a' }, query: { period: '2026-10' } });
    expect({ ...after, frozen: null }).toEqual(before.body);
    expect(after).toMatchObject({ frozen: { revision: 1, intact: true } });
    expect(await close('2026-10')).toMatchObject({ status: 409, body: { errors: [{ path: 'period' }] } });
    expect((await close('2026-44')).status).toBe(400);
  });

  it('that shares days and plans with a closed one cannot be closed: which, is said', async () => {
    expect(await close('2026-Q4', '2027-01-02T00:00:00.000Z')).toMatchObject({
      status: 409,
      body: { errors: [{ path: 'period', message: expect.stringContaining('overlaps 2026-10') }] },
    });
    expect(await close('2026-W43')).toMatchObject({ status: 200, body: { planIds: ['newcomers'], cards: 1 } });
    expect((await call(getCycles, october)).body.items).toHaveLength(2);
  });

  it('that is closed says what it said, whatever is recorded later', async () => {
    const card = () => call(getScorecard, october, { params: { repId: 'a' }, query: { period: '2026-10' } });
    const ranking = () => call(getRankings, october, { query: { period: '2026-10' } });
    const before = [await card(), await ranking()];
    await did('a', '2026-10-20T03:00:00.000Z', { won: 9, closed: 9, paid: 900_000 });
    expect([await card(), await ranking()]).toEqual(before);
    expect((await ranking()).body).toMatchObject({ closed: true, version: 1 });
    expect((await call(verifyCycle, october, { params: { period: '2026-10' } })).body).toEqual({
      cards: 3,
      intact: true,
    });
  });

  it('that was changed behind the system’s back shows it', async () => {
    const key = { pk: 'CYCLE#2026-10', sk: 'CARD#0001#b' };
    const item = await get(table(), key);
    const card = String(item?.card).replace(/"score":[\d.]+/, '"score":99');
    expect(card).not.toBe(item?.card);
    await commitOne(table(), put('forged', { ...key, ...item, card }));
    expect((await call(verifyCycle, october, { params: { period: '2026-10' } })).body).toEqual({
      cards: 3,
      intact: false,
      firstBroken: 'b',
    });
    await commitOne(table(), put('mended', { ...key, ...item }));
    expect((await call(verifyCycle, october, { params: { period: '2026-10' } })).body).toMatchObject({ intact: true });
  });

  it('goes to payroll as a signed file, the same whenever it is asked', async () => {
    const { headers, text } = await call(getPayroll, october, { params: { period: '2026-10' } });
    const rows = text.trim().split('\r\n');
    expect(rows[0]).toBe('period,revision,repId,name,teamId,plans,score,grade,coefficient,rules,hash');
    expect(rows.slice(1).map((row) => row.split(',').slice(0, 6).join(','))).toEqual(
      ['a', 'b', 'c'].map((repId) => `2026-10,1,${repId},${repId.toUpperCase()},east,experienced`),
    );
    const key = createHmac('sha256', 'a master of many characters').update('source:payroll').digest('base64url');
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${text}`;
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
    expect((await call(getPayroll, '2026-12-01T00:00:00.000Z', { params: { period: '2026-10' } })).text).toBe(text);
    expect((await call(getPayroll, october, { params: { period: '2026-09' } })).status).toBe(404);
  });

  describe('and an appeal', () => {
    const appeal = (repId: string, body: object, at = october, person = rep(repId)) =>
      call(postAppeal, at, {
        params: { repId },
        body: { period: '2026-10', reason: 'the visit of the 12th is missing', ...body },
        person,
      });
    it('is made by who was scored, once, until the deadline', async () => {
      expect((await appeal('a', {}, october, rep('b'))).status).toBe(403);
      expect(await appeal('a', { component: 'charm' })).toMatchObject({
        status: 400,
        body: { errors: [{ path: 'component' }] },
      });
      expect(await appeal('a', { period: '2026-09' })).toMatchObject({ status: 404 });
      expect(await appeal('new', {})).toMatchObject({ status: 409, body: { errors: [{ path: 'period' }] } });
      expect(await appeal('a', {}, '2026-11-13T00:00:00.000Z')).toMatchObject({
        status: 409,
        body: { errors: [{ path: 'period', message: 'appeals were taken until 2026-11-12' }] },
      });
      expect((await appeal('a', { component: 'effectiveVisits' })).status).toBe(201);
      expect((await appeal('a', { component: 'effectiveVisits' })).status).toBe(409);
    });
    it('is answered by somebody else, once, and for good', async () => {
      const { body } = await call(getAppeals, october, {
        params: { repId: 'a' },
        query: { period: '2026-10' },
        person: rep('a'),
      });
      const [{ appealId } = { appealId: '' }] = body.items as unknown as { appealId: string }[];
      const answer = (person: Person, decision = 'upheld') =>
        call(answerAppeal, october, {
          params: { repId: 'a', appealId },
          body: { period: '2026-10', decision, answer: 'so it is' },
          person,
        });
      expect((await answer({ role: 'admin', repId: 'a' })).status).toBe(403);
      expect((await answer({ role: 'supervisor', repId: 'x', teamId: 'west' })).status).toBe(404);
      expect((await answer(admin)).body).toMatchObject({
        answer: { decision: 'upheld', by: 'admin boss', hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      });
      expect((await answer(admin, 'rejected')).status).toBe(409);
    });
  });

  it('is opened again for a reason; the old is kept, and the next closing counts what came later', async () => {
    const reopen = (body: object) => call(reopenCycle, october, { params: { period: '2026-10' }, body });
    expect((await reopen({ reason: ' ' })).status).toBe(400);
    const { body } = await reopen({ reason: 'an appeal was upheld' });
    expect(body).toMatchObject({
      state: 'open',
      earlier: [{ revision: 1, by: 'admin boss', reason: 'an appeal was upheld' }],
    });
    expect((await reopen({ reason: 'again' })).status).toBe(409);
    expect(
      (await call(getScorecard, october, { params: { repId: 'a' }, query: { period: '2026-10' } })).body.frozen,
    ).toBeNull();
    const again = await close('2026-10');
    expect(again.body).toMatchObject({ state: 'closed', revision: 2, cards: 3 });
    expect(again.body.hash).not.toBe((again.body.earlier as unknown as { hash: string }[])[0]?.hash);
    expect(await get(table(), { pk: 'CYCLE#2026-10', sk: 'CARD#0001#a' })).toBeDefined();
    const { body: card } = await call(getScorecard, october, { params: { repId: 'a' }, query: { period: '2026-10' } });
    expect((card.components as unknown as { id: string; value: number }[]).find(({ id }) => id === 'paid')?.value).toBe(
      900_000,
    );
  });
});

describe('targets', () => {
  const sheet = {
    measure: 'won',
    company: 10,
    teams: [
      {
        teamId: 'east',
        target: 10,
        reps: [
          { repId: 'a', target: 7 },
          { repId: 'b', target: 3 },
        ],
      },
    ],
  };
  const set = (body: object) => call(putTargets, october, { params: { period: '2026-10' }, body });
  it('add up from people to teams to the company, or are refused with what does not', async () => {
    for (const [body, path] of [
      [{ ...sheet, company: 12 }, 'teams'],
      [{ ...sheet, teams: [{ ...sheet.teams[0], reps: [{ repId: 'a', target: 7 }] }] }, 'teams.0.reps'],
      [
        { ...sheet, teams: [{ teamId: 'west', target: 10, reps: [{ repId: 'a', target: 10 }] }] },
        'teams.0.reps.0.repId',
      ],
      [{ ...sheet, measure: 'charm' }, 'measure'],
    ] as const)
      expect(await set(body)).toMatchObject({ status: 400, body: { errors: [{ path }] } });
    expect((await set(sheet)).body).toMatchObject({ version: 1 });
    const team = (reps: object[], person: Person = { role: 'supervisor', repId: 's', teamId: 'east' }) =>
      call(putTeamTargets, october, {
        params: { period: '2026-10', teamId: 'east' },
        body: { measure: 'won', reps },
        person,
      });
    expect((await team([{ repId: 'a', target: 6 }])).status).toBe(400);
    expect((await team([{ repId: 'a', target: 10 }], { role: 'supervisor', repId: 's', teamId: 'west' })).status).toBe(
      403,
    );
    expect(
      (
        await team([
          { repId: 'a', target: 6 },
          { repId: 'b', target: 4 },
        ])
      ).body,
    ).toMatchObject({ version: 2 });
  });
  it('show the progress by day, to each what is theirs', async () => {
    const seen = async (person: Person, at = '2026-10-13T08:00:00.000Z') =>
      (await call(getTargets, at, { params: { period: '2026-10' }, person })).body.items as unknown as {
        company?: { actual: number; due: number; days: { day: string; actual: number; due: number }[] };
        teams: object[];
        reps: { repId: string; actual: number }[];
      }[];
    const [all] = await seen(admin);
    // 13 October: of 18 working days (a holiday week, a Saturday worked) five are over.
    expect(all?.company?.days.at(-1)).toEqual({ day: '2026-10-13', actual: 5, due: 2.78 });
    expect(all?.company?.days).toHaveLength(13);
    expect(all?.reps.map(({ repId, actual }) => [repId, actual])).toEqual([
      ['a', 4],
      ['b', 1],
    ]);
    const [own] = await seen(rep('b'));
    expect([own?.company, own?.teams, own?.reps.map(({ repId }) => repId)]).toEqual([undefined, [], ['b']]);
    const [other] = await seen({ role: 'supervisor', repId: 's', teamId: 'west' });
    expect([other?.company, other?.teams, other?.reps]).toEqual([undefined, [], []]);
  });
});
