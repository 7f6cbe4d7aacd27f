import { describe, expect, it } from 'vitest';
import { form, useSystem } from '../running-system.ts';

const system = useSystem();

const leads = async () => (await system.call<{ items: unknown[] }>('GET', '/leads?limit=200')).body.items.length;
const at = (point: unknown) => ({ ...form(), location: { point } });

const refused: [string, unknown, number, string][] = [
  ['no contact at all', {}, 400, 'contact'],
  ['a contact that cannot be reached', { contact: { name: 'x' } }, 400, 'contact'],
  ['a phone that is none', { contact: { phone: 'not-a-phone' } }, 400, 'contact.phone'],
  ['an e-mail that is none', { contact: { email: 'nobody' } }, 400, 'contact.email'],
  ['latitude 91', at({ lng: 120, lat: 91 }), 400, 'location.point.lat'],
  ['longitude -181', at({ lng: -181, lat: 31 }), 400, 'location.point.lng'],
  ['an unknown coordinate system', at({ lng: 120, lat: 31, crs: 'MARS' }), 400, 'location.point.crs'],
  ['a company with minus one employees', { ...form(), company: { employees: -1 } }, 400, 'company.employees'],
  ['text where a number belongs', { ...form(), behavior: { downloads: 'many' } }, 400, 'behavior.downloads'],
  ['a body that is not JSON', '{oops', 400, 'body'],
  ['a body of 300 KiB', JSON.stringify({ ...form(), filler: 'x'.repeat(300 * 1024) }), 413, 'body'],
];

describe('Invariant 8: bad input', () => {
  it.each(refused)('%s is refused, naming the field, and changes nothing', async (_, body, status, path) => {
    const before = await leads();
    const answer = await system.post(body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch('application/problem+json');
    expect(answer.body).toMatchObject({ type: 'about:blank', status, errors: [{ path }] });
    expect(await leads()).toBe(before);
  });

  it('an unknown source is refused', async () => {
    const answer = await system.call('POST', '/leads/nowhere', form(), { 'x-api-key': system.keys.web ?? '' });
    expect(answer).toMatchObject({ status: 404, body: { errors: [{ path: 'source' }] } });
  });

  it.each([{}, { 'x-api-key': 'wrong' }])(
    'a missing or wrong key is refused before the body is read: %j',
    async (headers) => {
      const answer = await system.call('POST', '/leads/web', '{oops', headers as Record<string, string>);
      expect(answer).toMatchObject({ status: 401, body: { errors: [{ path: 'x-api-key' }] } });
    },
  );

  it('another content type is refused', async () => {
    const answer = await system.post('x', { 'content-type': 'text/plain' });
    expect(answer).toMatchObject({ status: 415, body: { errors: [{ path: 'content-type' }] } });
  });

  it('an Idempotency-Key gives the first answer again, and refuses another body', async () => {
    const posted = form();
    const key = { 'idempotency-key': 'once' };
    const first = await system.post(posted, key);
    const again = await system.post(posted, key);
    expect(JSON.stringify(again.body)).toBe(JSON.stringify(first.body));
    const before = await leads();
    expect(await system.post(form(), key)).toMatchObject({
      status: 409,
      body: { errors: [{ path: 'Idempotency-Key' }] },
    });
    expect(await leads()).toBe(before);
  });

  it('the same Idempotency-Key sent ten times at once makes one lead', async () => {
    const posted = form();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => system.post(posted, { 'idempotency-key': 'ten' })),
    );
    expect(new Set(answers.map(({ body }) => body.leadId)).size).toBe(1);
  });

  it('of the local controls is refused as well: nothing is made to go wrong, and no time passes', async () => {
    const now = async () => Date.parse((await system.call<{ now: string }>('GET', '/_local/clock')).body.now);
    const before = await now();
    const asked = async (method: string, path: string, body?: unknown) => system.call(method, `/_local/${path}`, body);
    const bad = (path: string) => ({ status: 400, body: { title: 'Bad Request', errors: [{ path }] } });
    expect(await asked('POST', 'clock', { advance: 'P999999D' })).toMatchObject(bad('advance'));
    expect(await asked('GET', 'outbox?since=yesterday')).toMatchObject(bad('since'));
    expect(await asked('POST', 'faults', { target: 'function:nobody', fault: 'error' })).toMatchObject(bad('target'));
    expect(await asked('POST', 'faults', { target: 'channel:nobody', fault: 'error' })).toMatchObject(bad('target'));
    // It is wecom in the outbox and for faults: this one would never strike.
    expect(await asked('POST', 'faults', { target: 'channel:wecom-app', fault: 'error' })).toMatchObject(bad('target'));
    expect(await asked('POST', 'schedules/%E0%A4%A')).toMatchObject({ status: 400, body: { title: 'Bad Request' } });
    expect(await asked('POST', 'schedules/nobody')).toMatchObject({ status: 404, body: { title: 'Not Found' } });
    expect((await now()) - before).toBeLessThan(3600_000);
    const hence = await asked('GET', 'outbox?since=2000-01-01T08:00:00%2B08:00');
    expect(hence.body).toEqual((await asked('GET', 'outbox')).body);
  });

  it('of a rep’s shifts an empty list is refused, by which they would never be on duty, and null takes them away', async () => {
    const shifts = (given: unknown) => system.call('PUT', '/reps/rep-chen', { shifts: given });
    expect(await shifts([])).toMatchObject({ status: 400, body: { errors: [{ path: 'shifts' }] } });
    expect((await shifts(null)).status).toBe(200);
  });

  it('a script tag in a name is kept as text', async () => {
    const leadId = await system.lead({
      ...form(),
      contact: { name: '<script>alert(1)</script>', phone: '13911119999' },
    });
    expect((await system.show(leadId)).contact.name).toBe('<script>alert(1)</script>');
  });

  it('a preferred rep whom nobody knows is accepted, ignored, and noted in the audit', async () => {
    const leadId = await system.lead({ ...form(), preferredRepId: 'rep-nobody' });
    expect((await system.show(leadId)).status).toBe('assigned');
    const { body } = await system.call<{ items: { candidates: unknown[] }[] }>('GET', `/leads/${leadId}/decisions`);
    expect(body.items[0]?.candidates).toContainEqual({
      repId: 'rep-nobody',
      basis: 'preference',
      outcome: 'passed-over',
      reason: 'is not on the roster',
    });
  });

  it('a field named to reach into objects’ prototypes is refused or ignored, and reaches nothing', async () => {
    const refusedField = await system.post('{"contact":{"phone":"13911118888"},"behavior":{"constructor":1}}');
    expect(refusedField).toMatchObject({ status: 400, body: { errors: [{ path: 'behavior.constructor' }] } });
    const ignored = await system.post('{"contact":{"phone":"13911118887"},"__proto__":{"polluted":1},"constructor":2}');
    expect(ignored.status).toBe(202);
    await system.idle();
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it.each([
    ['/leads/nobody/interactions', { channel: 'pigeon', minutes: 1, summary: 's', outcome: 'o' }, 400, 'channel'],
    ['/leads/nobody/interactions', { channel: 'phone', minutes: -1, summary: 's', outcome: 'o' }, 400, 'minutes'],
    ['/leads/nobody/stage', { to: 'moon' }, 400, 'to'],
    ['/leads/nobody/stage', { to: 'lost' }, 400, 'lostReason'],
    ['/leads/nobody/assign', { repId: 'rep-li' }, 400, 'reason'],
    ['/territories/locate', { point: { lng: 1, lat: 91 } }, 400, 'point.lat'],
    ['/audit/replay', { day: '2026-11-23', cursor: 'elsewhere' }, 400, 'cursor'],
  ])('%s with %j is refused, naming the field', async (path, body, status, field) => {
    expect(await system.call('POST', path, body)).toMatchObject({ status, body: { errors: [{ path: field }] } });
  });

  it('a lead is not given by hand to somebody unknown, on leave, or at capacity', async () => {
    const leadId = await system.lead(form());
    await system.hr({ employeeId: 'rep-liu', name: '刘洋', status: 'on-leave' });
    await system.call('PUT', '/reps/rep-chen', { capacity: 0 });
    const give = (repId: string) => system.call('POST', `/leads/${leadId}/assign`, { repId, reason: 'r' });
    expect(await give('nobody')).toMatchObject({ status: 400, body: { errors: [{ path: 'repId' }] } });
    expect(await give('rep-liu')).toMatchObject({ status: 409, body: { detail: 'rep-liu is on-leave' } });
    expect(await give('rep-chen')).toMatchObject({ status: 409 });
  });
});
