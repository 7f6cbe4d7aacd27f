import { describe, expect, it } from 'vitest';
import { form, nowhere, useSystem } from '../running-system.ts';

const system = useSystem();
const rules = (but: object = {}) =>
  system.call('PUT', '/config/sla', { supervisorAfter: 'PT2H', exceptionAfter: 'PT4H', ...but });
const rep = (repId: string) => system.token({ role: 'rep', repId });
const claim = async (leadId: string, repId: string) =>
  system.call('POST', `/pool/${leadId}/claim`, undefined, await rep(repId));
const pool = async (repId: string) =>
  (
    await system.call<{ items: { leadId: string; teamId: string; notBefore?: string }[] }>(
      'GET',
      '/pool',
      undefined,
      await rep(repId),
    )
  ).body.items;
const give = (leadIds: string[], headers?: Record<string, string>) =>
  system.call<{ returned: string[]; refused: { leadId: string; message: string }[] }>(
    'POST',
    '/pool',
    { leadIds, reason: 'nobody has time' },
    headers,
  );
const leadOf = (repId: string) => system.lead({ ...form(), preferredRepId: repId });

describe('the pool', () => {
  it('gets a lead that its owner let lie, from whom any other of the team may take it: the first has it', async () => {
    await rules({ poolAfter: 'PT1H' });
    const leadId = await leadOf('rep-li');
    await system.advance('PT1H5M');
    expect(await system.show(leadId)).toMatchObject({ status: 'pool', owner: null });
    expect((await system.call<{ openLeads: number }>('GET', '/reps/rep-li')).body.openLeads).toBe(0);
    expect(await pool('rep-wang')).toMatchObject([{ leadId, teamId: 'east' }]);
    expect(JSON.stringify(await pool('rep-wang'))).not.toContain('王芳');
    expect((await pool('rep-li'))[0]).toHaveProperty('notBefore');
    expect(await pool('rep-zhang')).toEqual([]);
    expect((await claim(leadId, 'rep-li')).status).toBe(409);
    expect((await claim(leadId, 'rep-zhang')).status).toBe(404);
    const many = await Promise.all(['rep-wang', 'rep-zhao', 'rep-chen'].map((repId) => claim(leadId, repId)));
    expect(many.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    await system.idle();
    const lead = await system.show(leadId);
    expect(['rep-wang', 'rep-zhao', 'rep-chen']).toContain(lead.owner?.repId);
    expect(lead.status).toBe('assigned');
    const { body } = await system.call<{ items: { outcome: string; basis: string }[] }>(
      'GET',
      `/leads/${leadId}/decisions`,
    );
    expect(body.items.map(({ outcome, basis }) => `${outcome} ${basis}`)).toEqual([
      'assigned preference',
      'released let-lie',
      'assigned claimed',
    ]);
    // Who has it now has an hour of their own.
    await system.advance('PT30M');
    expect((await system.show(leadId)).status).toBe('assigned');
    expect((await system.call('GET', `/audit/verify?leadId=${leadId}`)).body).toMatchObject({ intact: true });
  });

  it('gets a deal with which nothing happened any more, but not while something does', async () => {
    await rules({ protectAfter: 'PT2H' });
    const [idle, busy] = [await leadOf('rep-li'), await leadOf('rep-li')];
    const log = (leadId: string) =>
      system.call('POST', `/leads/${leadId}/interactions`, { channel: 'phone', summary: 'x', outcome: 'interested' });
    await Promise.all([log(idle), log(busy)]);
    await system.advance('PT1H30M');
    await system.call('POST', `/leads/${busy}/stage`, { to: 'needs-diagnosis' });
    await system.advance('PT1H');
    expect([(await system.show(idle)).status, (await system.show(busy)).status]).toEqual(['pool', 'contacted']);
  });

  it('gets what an admin or a supervisor puts there, and nothing that is not theirs or is closed', async () => {
    await rules();
    const [east, lost, nobodys] = [
      await leadOf('rep-zhao'),
      await leadOf('rep-zhao'),
      await system.lead(form(nowhere)),
    ];
    await system.call('POST', `/leads/${lost}/stage`, { to: 'lost', lostReason: 'no budget' });
    const shanghai = await system.token({ role: 'supervisor', repId: 'sup-shanghai', teamId: 'shanghai' });
    expect((await give([east], shanghai)).body).toMatchObject({ returned: [], refused: [{ leadId: east }] });
    const { body } = await give([east, lost, nobodys, 'nothing']);
    expect(body.returned).toEqual([east, nobodys]);
    expect(body.refused.map(({ leadId }) => leadId)).toEqual([lost, 'nothing']);
    expect((await give([])).status).toBe(400);
    // Of no team: for anybody.
    expect((await pool('rep-zhang')).map(({ leadId }) => leadId)).toEqual([nobodys]);
    expect((await claim(nobodys, 'rep-zhang')).status).toBe(200);
    const report = (await system.call<Record<string, number>>('GET', '/reports/reconciliation')).body;
    expect(report.pool).toBeGreaterThan(0);
    expect(report.difference).toBe(0);
    const { columns } = (await system.call<{ columns: { leads: number }[] }>('GET', '/reports/board')).body;
    const { received = 0, duplicate = 0, rejected = 0 } = report;
    expect(columns[0]?.leads).toBe(received - duplicate - rejected);
  });

  it('gives a rep so many a day, and a former owner their lead when some days are over', async () => {
    await rules({ pool: { claimsPerDay: 1, coolDown: 'PT1H' } });
    const leads = [await leadOf('rep-chen'), await leadOf('rep-chen')];
    await give(leads);
    const [first = '', second = ''] = leads;
    expect((await claim(first, 'rep-chen')).status).toBe(409);
    await system.advance('PT1H5M');
    expect((await claim(first, 'rep-chen')).status).toBe(200);
    expect((await claim(second, 'rep-chen')).status).toBe(429);
    expect((await system.show(second)).status).toBe('pool');
    const admin = await system.call('POST', `/leads/${second}/assign`, { repId: 'rep-zhao', reason: 'by hand' });
    expect(admin.status).toBe(200);
  });
});
