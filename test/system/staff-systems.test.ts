import { describe, expect, it } from 'vitest';
import { form, useSystem } from '../running-system.ts';

const system = useSystem();
const push = <T = Record<string, unknown>>(mode: string, ...employees: Record<string, unknown>[]) =>
  system.call<T>('POST', '/hr/employees', { mode, employees }, { 'x-api-key': system.keys.hr ?? '' });
const rep = async (repId: string) =>
  (await system.call<{ status: string; teamId: string }>('GET', `/reps/${repId}`)).body;
const file = (key: string, body?: string) =>
  fetch(`${system.runtime.url}/_local/files/${key}`, body === undefined ? {} : { method: 'PUT', body });
const schedule = async (name: string) => {
  expect((await system.call('POST', `/_local/schedules/${name}`)).status).toBe(200);
  await system.idle();
};

describe('the whole staff pushed once more', () => {
  it('is read at no more than a unit per 4 KB of it, and writes nothing', async () => {
    const row = (n: number) => ({
      employeeId: `bulk-${n}`,
      name: `张三丰${n}`,
      status: 'active',
      email: `someone${n}@example.com`,
      teamId: `team-${n % 30}`,
      hiredAt: '2021-05-10',
    });
    const employees = Array.from({ length: 2000 }, (_, n) => row(n));
    const units = async () => {
      await system.idle();
      const { body } = await system.call<{ totals: { tableWriteUnits: number; tableReadUnits: number } }>(
        'GET',
        '/_local/cost',
      );
      return body.totals;
    };
    expect((await push<{ changed: unknown[] }>('delta', ...employees)).body.changed).toHaveLength(2000);
    const before = await units();
    expect((await push('delta', ...employees)).body).toMatchObject({ applied: true, changed: [] });
    const after = await units();
    expect(after.tableWriteUnits - before.tableWriteUnits).toBe(0);
    const size = Buffer.byteLength(JSON.stringify({ mode: 'delta', employees }));
    expect(after.tableReadUnits - before.tableReadUnits).toBeLessThanOrEqual(size / 4096);
  });
});

describe('a roster dropped into the bucket', () => {
  it('is taken at night, moved, and reported on', async () => {
    await file('hr/inbox/roster.delta.csv', '工号,姓名,在职状态,团队\nrep-chen,陈晨,休假,华东\nx,无名,\n');
    await schedule('hr-sync');
    expect(await rep('rep-chen')).toMatchObject({ status: 'on-leave', teamId: '华东' });
    expect((await file('hr/inbox/roster.delta.csv')).status).toBe(404);
    expect((await file('hr/done/roster.delta.csv')).status).toBe(200);
    expect(await (await file('hr/done/roster.delta.csv.report.json')).json()).toMatchObject({
      applied: true,
      changed: [{ repId: 'rep-chen', from: 'active', to: 'on-leave' }],
      rejected: [{ line: 3, path: 'status' }],
    });
  });
});

describe('somebody who leaves', () => {
  it('has one summary made of their leads for the supervisor, however many there were', async () => {
    const leads: string[] = [];
    for (let n = 0; n < 5; n += 1) leads.push(await system.lead({ ...form(), preferredRepId: 'rep-zhao' }));
    await push('delta', { employeeId: 'rep-zhao', name: '赵强', status: 'leaving' });
    await system.idle();
    for (const leadId of leads) expect((await system.show(leadId)).owner?.repId).not.toBe('rep-zhao');
    const told = (await system.outbox()).filter(({ kind }) => kind === 'leads-handed-over');
    expect(told.map(({ to, channel }) => `${channel} ${to}`).sort()).toEqual(['push sup-east', 'sms +8613900000001']);
    expect(JSON.stringify(told[0]?.body)).toContain('5 条线索');
  });

  it('may be taken back by an admin with a reason; their leads stay where they went, and the history tells', async () => {
    const owner = await system.token({ role: 'rep', repId: 'rep-zhao' });
    expect((await system.call('GET', '/leads', undefined, owner)).status).toBe(403);
    const path = '/reps/rep-zhao/reinstate';
    expect((await system.call('POST', path, {})).status).toBe(400);
    expect((await system.call('POST', path, { reason: 'x' }, owner)).status).toBe(403);
    expect((await system.call('POST', path, { reason: 'stays after all' })).body).toMatchObject({
      status: 'active',
      openLeads: 0,
    });
    expect((await system.call('POST', path, { reason: 'again' })).status).toBe(409);
    expect((await system.call('POST', '/reps/nobody/reinstate', { reason: 'x' })).status).toBe(404);
    expect((await system.call('GET', '/leads', undefined, owner)).status).toBe(200);
    const { body } = await system.call<{ items: { type: string }[]; handovers: object[] }>(
      'GET',
      '/reps/rep-zhao/history',
    );
    expect(body.items.map(({ type }) => type)).toEqual(['RepFrozen', 'LeadsHandedOver', 'RepBack']);
    expect(body.items.at(-1)).toMatchObject({ detail: { from: 'leaving', by: 'admin', reason: 'stays after all' } });
    expect(body.handovers).toMatchObject([{ reason: 'owner-leaving', endedAt: expect.any(String) }]);
    // HR says again what the admin overruled.
    await push('delta', { employeeId: 'rep-zhao', name: '赵强', status: 'leaving' });
    expect((await rep('rep-zhao')).status).toBe('active');
    expect(
      (await system.lead({ ...form(), preferredRepId: 'rep-zhao' }).then((id) => system.show(id))).owner?.repId,
    ).toBe('rep-zhao');
  });
});

describe('drift', () => {
  it('shows where systems and admins disagree, and everybody when asked', async () => {
    const drift = <T = { items: { repId: string }[]; nextCursor?: string }>(query = '') =>
      system.call<T>('GET', `/hr/drift${query}`);
    const { body } = await drift();
    expect(body.items).toMatchObject([
      {
        repId: 'rep-zhao',
        status: 'active',
        systems: { hr: { status: 'leaving', overruled: true } },
        since: expect.any(String),
      },
    ]);
    const all = await drift('?all=true&limit=2');
    expect(all.body.items).toHaveLength(2);
    const next = await drift(`?all=true&limit=2&cursor=${all.body.nextCursor}`);
    expect(next.body.items[0]?.repId).not.toBe(all.body.items[0]?.repId);
    const supervisor = await system.token({ role: 'supervisor', repId: 'sup-east', teamId: 'east' });
    expect((await system.call('GET', '/hr/drift', undefined, supervisor)).status).toBe(403);
  });
});

describe('a leave with dates', () => {
  it('ends by itself', async () => {
    const { body } = await system.call<{ now: string }>('GET', '/_local/clock');
    const today = new Date(body.now).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });
    await push('delta', { employeeId: 'rep-liu', name: '刘洋', status: 'on-leave', leaveUntil: today });
    expect((await rep('rep-liu')).status).toBe('on-leave');
    await system.advance('PT25H');
    expect((await rep('rep-liu')).status).toBe('active');
    // Nor did a whole roster come since.
    await schedule('hr-roster-check');
    const alerts = (await system.outbox()).filter(({ kind }) => kind === 'hr-roster-missing');
    expect(alerts.length).toBeGreaterThan(0);
    expect(alerts[0]).toMatchObject({ channel: 'wecom', to: 'admins' });
  });
});
