import { describe, expect, it } from 'vitest';
import { useSystem } from '../running-system.ts';

const system = useSystem();

interface Held {
  applied: boolean;
  review: { reviewId: string; wouldFreeze: number; share: number; people: string[] };
}

const push = <T>(mode: string, ...employees: Record<string, unknown>[]) =>
  system.call<T>('POST', '/hr/employees', { mode, employees }, { 'x-api-key': system.keys.hr ?? '' });
const leaver = (repId: string) => ({ employeeId: repId, name: repId, status: 'left' });
const statuses = async () => {
  const { body } = await system.call<{ items: { repId: string; status: string }[] }>('GET', '/reps?limit=200');
  return new Map(body.items.map(({ repId, status }) => [repId, status]));
};
const csv = (body: Uint8Array | string, query = 'mode=delta') =>
  fetch(`${system.runtime.url}/hr/employees?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv', 'x-api-key': system.keys.hr ?? '' },
    body,
  }).then(async (answer) => ({ status: answer.status, body: (await answer.json()) as Record<string, unknown> }));

describe('a roster', () => {
  it('is taken with HR’s key in its own header, or as SCIM’s callers send theirs, and with no other', async () => {
    const { hr = '', scim = '', web = '' } = system.keys;
    const answered = async (headers: Record<string, string>) =>
      (await system.call('POST', '/hr/employees', { mode: 'delta', employees: [] }, headers)).status;
    const taken: Record<string, string>[] = [
      { 'x-api-key': hr },
      { authorization: `Bearer ${hr}` },
      { authorization: `Bearer ${scim}` },
    ];
    const refused: Record<string, string>[] = [
      { 'x-api-key': web },
      { authorization: `Bearer ${web}` },
      { authorization: `Basic ${hr}` },
    ];
    for (const headers of taken) expect([headers, await answered(headers)]).toEqual([headers, 200]);
    for (const headers of refused) expect([headers, await answered(headers)]).toEqual([headers, 401]);
  });
});

describe('Invariant 7: a push that would freeze too many', () => {
  it('is held as a whole, the admins are told, and a discarded one changes nothing', async () => {
    const before = await statuses();
    const held = await push<Held>('delta', leaver('rep-li'), leaver('rep-wang'), leaver('rep-zhao'), {
      ...leaver('rep-new'),
      status: 'active',
    });
    expect(held).toMatchObject({ status: 202, body: { applied: false, review: { wouldFreeze: 3, share: 0.3 } } });
    expect(held.body.review.people).toEqual(['rep-li', 'rep-wang', 'rep-zhao']);
    await system.idle();
    expect(await statuses()).toEqual(before);
    expect((await system.outbox()).filter(({ kind }) => kind === 'hr-held')).toHaveLength(1);
    const { reviewId } = held.body.review;
    expect((await system.call('POST', `/hr/reviews/${reviewId}/discard`)).status).toBe(200);
    expect((await system.call('POST', `/hr/reviews/${reviewId}/approve`)).status).toBe(409);
    expect((await system.call('POST', '/hr/reviews/nobody/approve')).status).toBe(404);
    expect(await statuses()).toEqual(before);
  });

  it('is applied once an admin approves it, and by nobody else', async () => {
    const held = await push<Held>('delta', leaver('rep-yang'), leaver('rep-huang'), leaver('rep-liu'));
    const path = `/hr/reviews/${held.body.review.reviewId}/approve`;
    const rep = await system.token({ role: 'rep', repId: 'rep-li' });
    expect((await system.call('POST', path, undefined, rep)).status).toBe(403);
    const approved = await system.call<{ changed: unknown[] }>('POST', path);
    expect(approved).toMatchObject({ status: 200, body: { applied: true } });
    expect(approved.body.changed).toHaveLength(3);
    expect((await statuses()).get('rep-liu')).toBe('left');
    expect((await system.call<{ changed: unknown[] }>('POST', path)).body.changed).toEqual([]);
  });

  it('may be another share, by versioned rules', async () => {
    const { body } = await system.call<{ version: number; hr: { guard: object } }>('GET', '/config/hr');
    const guard = { ...body.hr.guard, share: 0.9 };
    expect((await system.call('PUT', '/config/hr', { guard })).body).toMatchObject({ version: body.version + 1 });
    expect((await push('delta', leaver('rep-zhang'), leaver('rep-chen'))).status).toBe(200);
  });
});

describe('a roster as a file', () => {
  it('is taken in GB18030 with Chinese headings; bad rows are named by their lines', async () => {
    // 工号,姓名,在职状态 / e1,李雷,在职 / e2,韩梅,离职
    const gb18030 = Buffer.from(
      'b9a4bac52cd0d5c3fb2cd4dad6b0d7b4ccac0d0a65312cc0eec0d72cd4dad6b00d0a65322cbaabc3b72cc0ebd6b00d0a',
      'hex',
    );
    expect(await csv(gb18030)).toMatchObject({
      status: 200,
      body: {
        changed: [
          { repId: 'e1', from: null, to: 'active' },
          { repId: 'e2', from: null, to: 'left' },
        ],
      },
    });
    const bad = await csv('\uFEFF工号,姓名,在职状态\ne1,李雷,睡觉\ne3,王五,在职\n');
    expect(bad.body).toMatchObject({ rejected: [{ line: 2, path: 'status' }], changed: [{ repId: 'e3' }] });
  });

  it('is known since when, also where the plus of its offset came unescaped', async () => {
    const answer = await csv('工号,姓名,在职状态\ne1,李雷,在职\n', 'mode=delta&asOf=2026-11-23T08:00:00+08:00');
    expect(answer).toMatchObject({ status: 200, body: { applied: true, rejected: [] } });
  });

  it.each([
    ['no mode', '工号,姓名,在职状态\ne1,李雷,离职\n', 'asOf=2026-11-23T00:00:00.000Z', 'mode'],
    ['a column missing', '工号,姓名\ne1,李雷\n', 'mode=delta', 'status'],
    ['half a file', '工号,姓名,在职状态\ne1,"李', 'mode=delta', undefined],
  ])('%s is refused by name, and changes nothing', async (_, text, query, path) => {
    const before = await statuses();
    const refused = await csv(text, query);
    expect(refused).toMatchObject({ status: 400, body: { errors: [path === undefined ? {} : { path }] } });
    expect(await statuses()).toEqual(before);
  });
});
