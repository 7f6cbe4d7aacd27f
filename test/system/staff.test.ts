import { describe, expect, it } from 'vitest';
import { form, useSystem } from '../running-system.ts';

const system = useSystem();
const status = (repId: string, said: string) => ({ employeeId: repId, name: repId, status: said });

describe('staff as HR knows them', () => {
  it.each(['leaving', 'left'])(
    'Invariant 3: who is %s gets no lead from that instant, and their open leads go to others',
    async (said) => {
      const repId = said === 'left' ? 'rep-yang' : 'rep-zhang';
      const other = said === 'left' ? 'rep-huang' : 'rep-liu';
      const place = said === 'left' ? { lng: 121.55, lat: 31.22 } : { lng: 121.45, lat: 31.23 };
      const leadId = await system.lead({ ...form({ location: { point: place } }), preferredRepId: repId });
      expect((await system.show(leadId)).owner?.repId).toBe(repId);
      const answer = await system.hr(status(repId, said));
      expect(answer).toMatchObject({
        status: 200,
        body: { applied: true, changed: [{ repId, from: 'active', to: said }], handedOver: 1 },
      });
      expect((await system.show(leadId)).owner?.repId).toBe(other);
      const { body } = await system.call<{ items: { outcome: string; basis: string; repId: string }[] }>(
        'GET',
        `/leads/${leadId}/decisions`,
      );
      expect(body.items.map(({ outcome, repId: who }) => `${outcome} ${who}`)).toEqual([
        `assigned ${repId}`,
        `released ${repId}`,
        `assigned ${other}`,
      ]);
      expect(body.items[1]?.basis).toBe(`owner-${said}`);
      const next = await system.lead({ ...form({ location: { point: place } }), preferredRepId: repId });
      expect((await system.show(next)).owner?.repId).toBe(other);
      expect((await system.call<{ openLeads: number }>('GET', `/reps/${repId}`)).body.openLeads).toBe(0);
    },
  );

  it('lets nobody sign in who is frozen', async () => {
    const token = await system.token({ role: 'rep', repId: 'rep-wang' });
    expect((await system.call('GET', '/leads', undefined, token)).status).toBe(200);
    await system.hr(status('rep-wang', 'left'));
    expect((await system.call('GET', '/leads', undefined, token)).status).toBe(403);
  });

  it('changes nothing when the same roster is pushed twice, and reports each bad row while taking the good ones', async () => {
    const rows = [status('rep-new', 'active'), { ...status('rep-bad', 'asleep') }];
    const push = () =>
      system.call('POST', '/hr/employees', { mode: 'delta', employees: rows }, { 'x-api-key': system.keys.hr ?? '' });
    expect((await push()).body).toMatchObject({
      changed: [{ repId: 'rep-new', from: null, to: 'active' }],
      rejected: [{ line: 2, path: 'status' }],
    });
    expect((await push()).body).toMatchObject({ changed: [] });
  });

  it('leaves what HR owns to HR, and the rest to the admin', async () => {
    const set = await system.call('PUT', '/reps/rep-li', { capacity: 7, productLines: ['mes'] });
    expect(set).toMatchObject({ status: 200, body: { capacity: 7, productLines: ['mes'] } });
    const refused = await system.call('PUT', '/reps/rep-li', { status: 'left', name: 'Somebody' });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: 'name' }, { path: 'status' }] } });
  });

  it('takes a rep back as they were read, and names what nobody knows and what another call sets', async () => {
    const quietHours = { from: '22:00', to: '07:00' };
    await system.call('PUT', '/reps/rep-yang/reading', { quietHours });
    const { body: read } = await system.call<object>('GET', '/reps/rep-yang');
    expect(await system.call('PUT', '/reps/rep-yang', { ...read, weight: 2 })).toMatchObject({
      status: 200,
      body: { weight: 2, quietHours },
    });
    for (const [field, wrong] of Object.entries({
      capcity: 5,
      quietHours: { ...quietHours, to: '08:00' },
      email: 'a@b',
    }))
      expect(await system.call('PUT', '/reps/rep-yang', { ...read, [field]: wrong })).toMatchObject({
        status: 400,
        body: { errors: [{ path: field }] },
      });
  });

  it('refuses a push with a wrong key or a body that is no roster, and changes nothing', async () => {
    const wrong = await system.call('POST', '/hr/employees', { mode: 'delta', employees: [] }, { 'x-api-key': 'no' });
    expect(wrong).toMatchObject({ status: 401, body: { errors: [{ path: 'x-api-key' }] } });
    const key = { 'x-api-key': system.keys.hr ?? '' };
    expect(await system.call('POST', '/hr/employees', { employees: [] }, key)).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'mode' }] },
    });
  });

  it('runs the nightly schedule, which takes leads off whoever is frozen and still holds some', async () => {
    expect((await system.call('POST', '/_local/schedules/hr-sync')).status).toBe(200);
    expect((await system.call('POST', '/_local/schedules/nothing')).status).toBe(404);
  });
});
