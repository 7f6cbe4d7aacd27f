import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeDropped } from '../../../functions/hr-sync/inbox.ts';
import { alertIfMissing } from '../../../functions/hr-sync/missing.ts';
import { pullRoster, RosterUnavailable } from '../../../functions/hr-sync/pull.ts';
import { type Roster, readRoster } from '../../../functions/hr-sync/pushed.ts';
import { defaultHrRules } from '../../../shared/org/guard.ts';
import { takePush } from '../../../shared/org/push/store.ts';
import { hear, turnTheDay } from '../../../shared/org/staff/store.ts';
import { historyOf, readRep } from '../../../shared/org/store.ts';
import { listObjects, readObject, writeObject } from '../../../shared/platform/objects.ts';
import { query } from '../../../shared/platform/table.ts';
import { monday } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const zone = 'Asia/Shanghai';
const on = (date: string) => () => new Date(`${date}T16:30:00.000Z`);
const take = (roster: Roster) => takePush(table(), readRoster(roster, defaultHrRules), () => monday);
const drop = (name: string, text: string) => writeObject(`hr/inbox/${name}`, Buffer.from(text));
const inHr = async () =>
  (await listObjects('hr/')).map(({ key }) => key).filter((key) => /(inbox|done|failed)/.test(key));
const reportOn = async (key: string): Promise<unknown> =>
  JSON.parse(Buffer.from((await readObject(`${key}.report.json`)) ?? []).toString('utf8'));

describe('at night', () => {
  it('who is on leave comes back by themselves the day after its last', async () => {
    const leave = { status: 'on-leave', leaveUntil: '2026-11-10' } as const;
    await hear(table(), 'hr', { employeeId: 'away', name: 'Away', ...leave }, monday, zone);
    const statusAfter = async (date: string) => {
      await turnTheDay(table(), on(date), zone);
      return (await readRep(table(), 'away'))?.status;
    };
    // 16:30 UTC is half past midnight of the next day in Shanghai.
    expect(await statusAfter('2026-11-09')).toBe('on-leave');
    expect(await statusAfter('2026-11-10')).toBe('active');
    expect((await historyOf(table(), 'away')).at(-1)).toMatchObject({ type: 'RepBack', detail: { by: 'calendar' } });
    expect(await turnTheDay(table(), on('2026-11-11'), zone)).toEqual([]);
  });

  it('who was said to leave on a day has left from then', async () => {
    const leaver = { employeeId: 'leaver', name: 'Leaver', status: 'active', leftAt: '2026-11-20' } as const;
    await hear(table(), 'hr', leaver, monday, zone);
    await turnTheDay(table(), on('2026-11-18'), zone);
    expect((await readRep(table(), 'leaver'))?.status).toBe('active');
    await turnTheDay(table(), on('2026-11-19'), zone);
    expect((await readRep(table(), 'leaver'))?.status).toBe('left');
  });
});

describe('a roster that is dropped into the bucket', () => {
  it('is taken if it is the newest, and moved with a report beside it; older ones are put away and change nothing', async () => {
    await drop('old.csv', '工号,姓名,在职状态\nd0,没人,在职\n');
    // The bucket tells times by the second.
    await expect
      .poll(
        async () => {
          await drop('roster.csv', '工号,姓名,在职状态\nd1,李雷,在职\nd2,韩梅,睡觉\n');
          const [old, roster] = await listObjects('hr/inbox/');
          return (roster?.at.getTime() ?? 0) > (old?.at.getTime() ?? 0);
        },
        { timeout: 5000, interval: 200 },
      )
      .toBe(true);
    await takeDropped(take, () => monday);
    expect(await inHr()).toEqual([
      'hr/done/old.csv',
      'hr/done/old.csv.report.json',
      'hr/done/roster.csv',
      'hr/done/roster.csv.report.json',
    ]);
    expect(await reportOn('hr/done/roster.csv')).toMatchObject({
      applied: true,
      changed: expect.arrayContaining([{ repId: 'd1', from: null, to: 'active' }]),
      rejected: [{ line: 3, path: 'status' }],
    });
    expect(await reportOn('hr/done/old.csv')).toMatchObject({ overtakenBy: 'roster.csv' });
    expect(await readRep(table(), 'd0')).toBeUndefined();
  });

  it('is not overtaken by changes only, nor are changes by later ones: all of them are taken, in their order', async () => {
    const dropLater = (name: string, text: string) =>
      expect
        .poll(
          async () => {
            await drop(name, text);
            const files = await listObjects('hr/inbox/');
            const its = files.find(({ key }) => key.endsWith(name))?.at.getTime() ?? 0;
            return files.every(({ key, at }) => key.endsWith(name) || at.getTime() < its);
          },
          { timeout: 10_000, interval: 200 },
        )
        .toBe(true);
    const row = (id: string, status: string) =>
      `{"mode":"delta","employees":[{"employeeId":"${id}","name":"${id}","status":"${status}"}]}`;
    await drop('early.delta.json', row('e0', 'active'));
    await dropLater('whole.csv', '工号,姓名,在职状态\ne1,甲,在职\ne2,乙,在职\n');
    await dropLater('one.delta.json', row('e1', 'left'));
    await dropLater('two.delta.json', row('e2', 'on-leave'));
    await takeDropped(take, () => monday);
    const statusOf = async (id: string) => (await readRep(table(), id))?.status;
    expect(await Promise.all(['e0', 'e1', 'e2'].map(statusOf))).toEqual([undefined, 'left', 'on-leave']);
    expect((await inHr()).filter((key) => key.startsWith('hr/inbox/'))).toEqual([]);
    expect(await reportOn('hr/done/early.delta.json')).toMatchObject({ overtakenBy: 'whole.csv' });
  });

  it('is moved to the failed ones when it cannot be read, and stays where it is while the table cannot be reached', async () => {
    await drop('broken.csv', '工号,姓名\nd3,谁\n');
    const down = () => Promise.reject(new Error('throttled'));
    await expect(takeDropped(down, () => monday)).rejects.toThrow('throttled');
    expect(await inHr()).toContain('hr/inbox/broken.csv');
    await takeDropped(take, () => monday);
    expect(await reportOn('hr/failed/broken.csv')).toMatchObject({ problem: { errors: [{ path: 'status' }] } });
    await drop('some.delta.json', '{"mode":"delta","employees":[{"employeeId":"d1","name":"李雷","status":"left"}]}');
    await takeDropped(take, () => monday);
    expect((await readRep(table(), 'd1'))?.status).toBe('left');
    expect((await inHr()).filter((key) => key.startsWith('hr/inbox/'))).toEqual([]);
  });
});

describe('the admins', () => {
  const alerts = async () =>
    (await query(table(), { pk: 'HR', begins: 'EVENT#' })).filter(({ type }) => type === 'RosterMissing');

  it('are alerted once when no roster came by the morning, and not when one did', async () => {
    const morning = new Date('2026-11-03T22:00:00.000Z');
    await takePush(
      table(),
      { mode: 'full', employees: [{ employeeId: 'x1', name: 'x', status: 'active' }] },
      () => new Date('2026-11-03T16:30:00.000Z'),
    );
    await alertIfMissing(table(), {}, morning);
    expect(await alerts()).toEqual([]);
    const next = new Date('2026-11-04T22:00:00.000Z');
    await alertIfMissing(table(), {}, next);
    await alertIfMissing(table(), {}, next);
    expect((await alerts()).map(({ detail }) => detail)).toMatchObject([{ last: '2026-11-03T16:30:00.000Z' }]);
  });
});

describe('a roster that is pulled', () => {
  let server: Server;
  let calls: string[] = [];
  let answers: (() => [number, string, string])[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      calls.push(request.headers.authorization ?? '');
      const [status, type, text] = (answers.shift() ?? (() => [404, 'text/plain', '']))();
      response.writeHead(status, { 'content-type': type }).end(text);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  afterAll(() => server.close());
  const secret = () => ({
    hrRosterUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    hrRosterToken: 't',
  });

  it('may be JSON or CSV, is asked for with the token, and again when the endpoint fails', async () => {
    calls = [];
    const csv = '工号,姓名,在职状态\nq1,李雷,在职\n';
    answers = [() => [503, 'text/plain', ''], () => [200, 'text/csv; charset=utf-8', csv]];
    const roster = await pullRoster(secret());
    expect(roster && readRoster(roster, defaultHrRules)).toMatchObject({
      mode: 'full',
      employees: [{ employeeId: 'q1' }],
    });
    expect(calls).toEqual(['Bearer t', 'Bearer t']);
    expect(await pullRoster({})).toBeUndefined();
  });

  it('is given up after three tries, and never asked for over an open line', async () => {
    answers = [];
    await expect(pullRoster(secret())).rejects.toThrow(RosterUnavailable);
    await expect(pullRoster({ hrRosterUrl: 'http://hr.example.com/roster' })).rejects.toThrow('https');
  });
});
