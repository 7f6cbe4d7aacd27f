import { beforeAll, describe, expect, it } from 'vitest';
import { form, useSystem } from '../running-system.ts';

const system = useSystem();
const rules = (but: object) =>
  system.call('PUT', '/config/sla', { supervisorAfter: 'PT2H', exceptionAfter: 'PT4H', ...but });
const decisions = async (leadId: string) =>
  (
    await system.call<{
      items: { outcome: string; basis: string; repId: string; candidates: { repId: string; reason: string }[] }[];
    }>('GET', `/leads/${leadId}/decisions`)
  ).body.items;
const rep = async (repId: string) =>
  (await system.call<{ pausedUntil?: string; openLeads: number }>('GET', `/reps/${repId}`)).body;

describe('a lead that its owner lets lie', () => {
  beforeAll(async () => {
    expect((await rules({ remindAfter: 'PT20M', reassignAfter: 'PT1H', offline: true })).status).toBe(200);
  });

  it('is brought to mind once, then given to somebody else, and its owner gets no more until they are back', async () => {
    const leadId = await system.lead({ ...form(), preferredRepId: 'rep-li' });
    expect((await system.show(leadId)).owner?.repId).toBe('rep-li');
    await system.advance('PT30M');
    expect(
      (await system.outbox(leadId))
        .filter(({ kind }) => kind === 'lead-reminder')
        .map(({ channel }) => channel)
        .sort(),
    ).toEqual(['push', 'sms']);
    await system.advance('PT35M');
    const lead = await system.show(leadId);
    expect(lead.owner?.repId).not.toBe('rep-li');
    expect(lead.status).toBe('assigned');
    expect(
      (await system.outbox(leadId))
        .filter(({ kind, channel }) => kind === 'lead-taken' && channel === 'push')
        .map(({ to }) => to),
    ).toEqual(['rep-li']);
    const taken = await decisions(leadId);
    expect(taken.map(({ outcome, basis }) => `${outcome} ${basis}`)).toEqual([
      'assigned preference',
      'released let-lie',
      'assigned territory',
    ]);
    expect(taken[2]?.candidates).toContainEqual(
      expect.objectContaining({ repId: 'rep-li', reason: 'let this lead lie' }),
    );
    expect(await rep('rep-li')).toMatchObject({ openLeads: 0, pausedUntil: '9999-12-31T23:59:59.999Z' });
    expect((await system.show(await system.lead({ ...form(), preferredRepId: 'rep-li' }))).owner?.repId).not.toBe(
      'rep-li',
    );
    expect(
      (
        await system.call(
          'POST',
          '/reps/rep-li/resume',
          undefined,
          await system.token({ role: 'rep', repId: 'rep-li' }),
        )
      ).status,
    ).toBe(200);
    expect((await system.call('POST', '/audit/replay', { leadId })).body).toMatchObject({ decisions: 2, identical: 2 });
  });

  it('is given to somebody else so often, and then stays; the exception report has it all the same', async () => {
    await rules({ reassignAfter: 'PT1H', reassignAtMost: 1 });
    for (const repId of ['rep-li', 'rep-wang', 'rep-zhao', 'rep-chen'])
      await system.call('POST', `/reps/${repId}/resume`);
    const leadId = await system.lead(form());
    await system.advance('PT4H30M');
    const taken = await decisions(leadId);
    expect(taken.filter(({ basis }) => basis === 'let-lie')).toHaveLength(1);
    expect(new Set(taken.filter(({ outcome }) => outcome === 'assigned').map(({ repId }) => repId)).size).toBe(2);
    expect(await system.show(leadId)).toMatchObject({ status: 'assigned', sla: { level: 'exception' } });
  });

  it('is left alone once it is contacted', async () => {
    const leadId = await system.lead(form());
    await system.call('POST', `/leads/${leadId}/interactions`, {
      channel: 'phone',
      summary: 'x',
      outcome: 'interested',
    });
    await system.advance('PT1H30M');
    expect((await decisions(leadId)).map(({ outcome }) => outcome)).toEqual(['assigned']);
    expect((await system.outbox(leadId)).map(({ kind }) => kind)).not.toContain('lead-reminder');
  });
});

describe('deadlines by grade and team', () => {
  it('are those of the owner’s team, in its working hours, counted from the receipt', async () => {
    const shifts = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '09:00', to: '18:00' }];
    const east = { hours: { shifts, holidays: 'none' } };
    expect((await rules({ teams: { east }, grades: { C: { supervisorAfter: 'PT3H' } } })).status).toBe(200);
    const lead = await system.show(await system.lead({ ...form(), preferredRepId: 'rep-zhao' }));
    expect(lead.owner?.teamId).toBe('east');
    const hour = Number(
      new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone: 'Asia/Shanghai' }).format(
        new Date(lead.sla.supervisorDueAt),
      ),
    );
    expect(hour).toBeGreaterThanOrEqual(9);
    expect(hour).toBeLessThanOrEqual(18);
    const { body } = await system.call<{ sla: object; version: number }>('GET', '/config/sla');
    expect(body.sla).toMatchObject({ teams: { east: { hours: { timeZone: 'Asia/Shanghai' } } } });
    expect(await rules({ teams: { east: { hours: { shifts: [] } } } })).toMatchObject({ status: 400 });
    // A team that HR may name next is taken; but a name may be misspelt.
    const { body: warned } = await rules({ teams: { east: {}, esat: {} } });
    expect(warned).toMatchObject({ warnings: ['teams.esat: nobody is in this team'] });
    expect(await system.call('PUT', '/config/sla', warned)).toMatchObject({ status: 200 });
    expect(await rules({ grades: { A: { supervisorAfter: 'PT9H' } } })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'grades.A.exceptionAfter' }] },
    });
  });
});

describe('the message about a breach', () => {
  it('is sent never early, and to 99 of 100 within 90 s of it', async () => {
    await rules({});
    const leads: string[] = [];
    for (let n = 0; n < 60; n += 1) {
      const { body } = await system.post(form());
      leads.push(body.leadId);
      // Spread over all seconds of a minute.
      await system.call('POST', '/_local/clock', { advance: 'PT7S' });
    }
    await system.idle();
    await system.advance('PT2H10M');
    const sent = (await system.outbox()).filter(({ kind, channel }) => kind === 'lead-overdue' && channel === 'push');
    const late: number[] = [];
    for (const leadId of leads) {
      const { sla } = await system.show(leadId);
      const { at = '' } = sent.find((message) => message.leadId === leadId) ?? {};
      late.push((Date.parse(at) - Date.parse(sla.supervisorDueAt)) / 1000);
    }
    late.sort((a, b) => a - b);
    expect(late[0]).toBeGreaterThanOrEqual(0);
    expect(late[Math.floor(late.length * 0.99) - 1]).toBeLessThan(90);
  });
});
