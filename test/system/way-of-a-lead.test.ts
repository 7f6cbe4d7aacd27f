import { describe, expect, it } from 'vitest';
import { form, nowhere, puxi, useSystem } from '../running-system.ts';

const system = useSystem();
/** What happened to the lead, without the messages about it. */
const types = (lead: { timeline: { type: string }[] }) =>
  lead.timeline.map(({ type }) => type).filter((type) => !type.startsWith('Message'));

const full = () => ({
  ...form(),
  company: { name: '苏州精工', employees: 320 },
  productLine: 'mes',
  behavior: { siteSeconds: 420, pageViews: 9, downloads: 2 },
  source: { campaign: 'spring', utm: { source: 'baidu' } },
});

describe('the way of a lead', () => {
  it('goes from the form to an active rep of its territory, scored, announced, and explained', async () => {
    const leadId = await system.lead(full());
    const lead = await system.show(leadId);
    expect(lead).toMatchObject({
      status: 'assigned',
      source: { channel: 'web', campaign: 'spring' },
      score: { value: 85, grade: 'A', version: 1 },
      sla: { level: 'none', firstContactAt: null },
      stage: { name: 'first-contact', stuck: false },
    });
    expect(lead.score?.points).toContainEqual({ rule: 'site-time', points: 20, because: '420 s on site' });
    expect(['rep-li', 'rep-wang']).toContain(lead.owner?.repId);
    expect(types(lead)).toEqual(['LeadReceived', 'LeadScored', 'LeadAssigned']);
    const messages = await system.outbox(leadId);
    expect(messages.map(({ channel, kind }) => `${channel} ${kind}`).sort()).toEqual([
      'push lead-assigned',
      'sms lead-assigned',
    ]);
    expect(messages.find(({ channel }) => channel === 'push')?.to).toBe(lead.owner?.repId);
  });

  it('costs at most 23 write units, 9 read units, three events and nine queue requests, by the published rules', async () => {
    interface Cost {
      totals: Record<string, number>;
      byStep: Record<string, { tableWrites: number; tableReads: number }>;
    }
    const read = async () => (await system.call<Cost>('GET', '/_local/cost')).body;
    const ofItsOwn = (company: string) => ({ ...full(), company: { name: company, employees: 320 } });
    await system.lead(ofItsOwn('苏州新光'));
    const before = await read();
    await system.lead(ofItsOwn('昆山大明'));
    const after = await read();
    const grown = (what: string) => (after.totals[what] ?? 0) - (before.totals[what] ?? 0);
    const used = (what: 'tableWrites' | 'tableReads') => {
      const of = ({ byStep }: Cost) =>
        ['intake', 'scoring', 'assignment', 'notification', 'relay', 'other'].reduce(
          (sum, step) => sum + (byStep[step]?.[what] ?? 0),
          0,
        );
      return of(after) - of(before);
    };
    expect(used('tableWrites')).toBeGreaterThan(15);
    expect(used('tableWrites')).toBeLessThanOrEqual(23);
    expect(used('tableReads')).toBeLessThanOrEqual(9);
    expect(grown('busEvents')).toBeLessThanOrEqual(3);
    expect(grown('queueRequests')).toBeLessThanOrEqual(9);
  });

  it('is escalated to the supervisor after 2 h and put on the exception report after 4 h, unless somebody called', async () => {
    const waiting = await system.lead(form());
    const called = await system.lead(form(puxi));
    const { status } = await system.call('POST', `/leads/${called}/interactions`, {
      channel: 'phone',
      minutes: 6,
      summary: 'wants a demo',
      outcome: 'interested',
      nextStep: { text: 'demo', dueAt: await system.later(10 * 24) },
    });
    expect(status).toBe(201);
    await system.advance('PT2H');
    expect((await system.show(waiting)).sla.level).toBe('supervisor');
    expect((await system.outbox(waiting)).filter(({ kind }) => kind === 'lead-overdue').map(({ to }) => to)).toContain(
      'sup-east',
    );
    await system.advance('PT2H');
    expect((await system.show(waiting)).sla.level).toBe('exception');
    const missed = (await system.outbox(waiting)).filter(({ kind }) => kind === 'lead-missed');
    expect(missed.map(({ channel }) => channel)).toContain('wecom');
    const { body } = await system.call<{ items: { leadId: string }[] }>('GET', '/reports/exceptions');
    expect(body.items).toContainEqual(
      expect.objectContaining({
        leadId: waiting,
        status: 'assigned',
        owner: { repId: expect.any(String), name: expect.any(String) },
      }),
    );
    expect(body.items.map(({ leadId }) => leadId)).not.toContain(called);
    expect(await system.show(called)).toMatchObject({ status: 'contacted', sla: { level: 'none' } });
    expect((await system.outbox(called)).map(({ kind }) => kind)).toEqual(['lead-assigned', 'lead-assigned']);
  });

  it('Invariant 6: each level is told once, however often the escalation runs, and never after a contact', async () => {
    const leadId = await system.lead(form());
    await system.advance('PT2H1M');
    for (let run = 0; run < 3; run += 1) await system.call('POST', '/_local/schedules/escalation');
    await system.advance('PT3H');
    for (let run = 0; run < 3; run += 1) await system.call('POST', '/_local/schedules/escalation');
    await system.idle();
    expect(types(await system.show(leadId))).toEqual([
      'LeadReceived',
      'LeadScored',
      'LeadAssigned',
      'LeadOverdue',
      'LeadMissed',
    ]);
    const perRecipient = (await system.outbox(leadId)).map(({ kind, channel, to }) => `${kind} ${channel} ${to}`);
    expect(new Set(perRecipient).size).toBe(perRecipient.length);
  });

  it('Invariant 5: what nobody can take is with the manual group after three attempts, with one alert to the admins', async () => {
    const leadId = await system.lead(form(nowhere));
    expect(await system.show(leadId)).toMatchObject({ status: 'manual', cause: 'no-territory', owner: null });
    const { body } = await system.call<{ items: { leadId: string; cause: string; attempts: number; grade: string }[] }>(
      'GET',
      '/manual-queue',
    );
    expect(body.items.find((item) => item.leadId === leadId)).toMatchObject({
      cause: 'no-territory',
      attempts: 3,
      grade: 'C',
    });
    const alerts = await system.outbox(leadId);
    expect(alerts).toMatchObject([{ channel: 'wecom', kind: 'assignment-failed', body: { msgtype: 'markdown' } }]);
    const decisions = await system.call<{ items: { outcome: string; cause: string }[] }>(
      'GET',
      `/leads/${leadId}/decisions`,
    );
    expect(decisions.body.items.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'failed', 'manual']);
  });

  it('is taken over by hand from the manual group, with a reason on record', async () => {
    const leadId = await system.lead(form(nowhere));
    const assigned = await system.call('POST', `/leads/${leadId}/assign`, { repId: 'rep-li', reason: 'speaks German' });
    expect(assigned.status).toBe(200);
    await system.idle();
    expect(await system.show(leadId)).toMatchObject({ status: 'assigned', owner: { repId: 'rep-li' } });
    const { body } = await system.call<{ items: { basis: string; by?: { reason: string } }[] }>(
      'GET',
      `/leads/${leadId}/decisions`,
    );
    expect(body.items.at(-1)).toMatchObject({ basis: 'manual', by: { role: 'admin', reason: 'speaks German' } });
    expect((await system.outbox(leadId)).map(({ kind }) => kind)).toContain('lead-assigned');
  });

  it('that goes to somebody else is told to whoever had it as well, so that no two call one customer', async () => {
    const leadId = await system.lead({ ...form(), preferredRepId: 'rep-li' });
    await system.call('POST', `/leads/${leadId}/assign`, { repId: 'rep-wang', reason: 'speaks German' });
    await system.idle();
    const told = (await system.outbox(leadId)).filter(
      ({ kind, channel }) => kind === 'lead-taken' && channel === 'push',
    );
    expect(told.map(({ to }) => to)).toEqual(['rep-li']);
    expect(JSON.stringify(told[0]?.body)).toContain('不再由您负责(负责人 王敏)');
  });

  it('can be tried again from the manual group, with three fresh attempts', async () => {
    const leadId = await system.lead(form(nowhere));
    expect((await system.call('POST', `/manual-queue/${leadId}/retry`)).status).toBe(202);
    await system.idle();
    expect(await system.show(leadId)).toMatchObject({ status: 'manual' });
    expect((await system.outbox(leadId)).filter(({ kind }) => kind === 'assignment-failed')).toHaveLength(2);
    expect((await system.call('POST', '/manual-queue/nobody/retry')).status).toBe(404);
  });

  it('goes to the rep whom the customer asked for', async () => {
    const leadId = await system.lead({ ...form(puxi), preferredRepId: 'rep-zhao' });
    expect((await system.show(leadId)).owner?.repId).toBe('rep-zhao');
  });

  it('goes back to the rep who served the customer before', async () => {
    const posted = form(puxi);
    const first = await system.lead({ ...posted, preferredRepId: 'rep-chen' });
    expect((await system.call('POST', `/leads/${first}/stage`, { to: 'lost', lostReason: 'no budget' })).status).toBe(
      200,
    );
    const second = await system.lead(posted);
    expect(await system.show(second)).toMatchObject({ status: 'assigned', owner: { repId: 'rep-chen' } });
    const { body } = await system.call<{ items: { basis: string }[] }>('GET', `/leads/${second}/decisions`);
    expect(body.items[0]?.basis).toBe('history');
  });

  it('is the same lead when the same person posts again while it is open', async () => {
    const posted = { ...form(), contact: { name: '张三', phone: '+86 139-1111-2222', email: 'zhang@example.com' } };
    const first = await system.lead(posted);
    const again = await system.post({ ...form(), contact: { phone: '13911112222' } });
    expect(again).toMatchObject({ status: 202, body: { status: 'duplicate', duplicateOf: first } });
    const byMail = await system.post({ ...form(), contact: { email: 'ZHANG@example.com' } });
    expect(byMail.body).toMatchObject({ status: 'duplicate', duplicateOf: first });
    await system.idle();
    expect(await system.show(again.body.leadId)).toMatchObject({
      status: 'duplicate',
      duplicateOf: first,
      owner: null,
    });
  });

  it('is one lead when the same person posts ten times at once', async () => {
    const posted = form();
    const answers = await Promise.all(Array.from({ length: 10 }, () => system.post(posted)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(202));
    expect(answers.filter(({ body }) => body.status === 'received')).toHaveLength(1);
    await system.idle();
  });

  it('moves along the journey to won, which frees the rep', async () => {
    const leadId = await system.lead({ ...form(), preferredRepId: 'rep-huang' });
    const held = async () => (await system.call<{ openLeads: number }>('GET', '/reps/rep-huang')).body.openLeads;
    const before = await held();
    const skipping = await system.call('POST', `/leads/${leadId}/stage`, { to: 'solution-demo' });
    expect(skipping).toMatchObject({ status: 409, body: { errors: [{ path: 'to' }] } });
    for (const to of [
      'needs-diagnosis',
      'solution-demo',
      'objection-handling',
      'contract-negotiation',
      'payment-confirmed',
    ]) {
      expect((await system.call('POST', `/leads/${leadId}/stage`, { to })).status).toBe(200);
    }
    expect(await system.show(leadId)).toMatchObject({ status: 'won', stage: { name: 'payment-confirmed' } });
    expect(await held()).toBe(before - 1);
    await system.idle();
  });

  it('keeps an audit chain that verifies, and decisions that come out the same when run again', async () => {
    const leadId = await system.lead(form());
    const verified = await system.call('GET', `/audit/verify?leadId=${leadId}`);
    expect(verified.body).toEqual({ records: 1, intact: true });
    expect((await system.call('POST', '/audit/replay', { leadId })).body).toEqual({
      decisions: 1,
      identical: 1,
      different: [],
    });
  });
});
