import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { form, nowhere, useSystem } from '../running-system.ts';

const system = useSystem();
const fault = (target: string, kind: string, rate = 1, count?: number) =>
  system.call('POST', '/_local/faults', { target, fault: kind, rate, ...(count === undefined ? {} : { count }) });

/** Where every lead that was answered with 2xx has ended. */
async function ended(leadIds: string[]): Promise<string[]> {
  const leads = await Promise.all(leadIds.map((leadId) => system.show(leadId)));
  return leads.map(({ status }) => status);
}

async function postMany(count: number): Promise<string[]> {
  const answers = await Promise.all(Array.from({ length: count }, () => system.post(form())));
  return answers.filter(({ status }) => status === 202).map(({ body }) => body.leadId);
}

afterEach(async () => {
  await system.call('DELETE', '/_local/faults');
  await system.idle();
});

describe('Invariant 1: a lead answered with 2xx is never lost', () => {
  it.each([
    ['workers are killed in the middle of their batches', 'function:assignment', 'kill', 0.4],
    ['the relay is killed', 'function:relay', 'kill', 0.4],
    ['the bus refuses half of what it is given', 'bus', 'error', 0.5],
    ['messages are delivered twice', 'queue', 'duplicate', 0.5],
    ['the table throttles a tenth of all calls', 'table', 'throttle', 0.1],
    ['transactions conflict', 'table', 'conflict', 0.2],
    ['reads that are not strong give what was there before', 'table', 'stale', 1],
    ['notification fails at first', 'function:notification', 'error', 0.3],
  ])('while %s', async (_, target, kind, rate) => {
    await fault(target, kind, rate);
    const leadIds = await postMany(12);
    await system.call('DELETE', '/_local/faults');
    await system.idle();
    const states = await ended(leadIds);
    expect(states.filter((state) => state !== 'assigned' && state !== 'manual')).toEqual([]);
    for (const leadId of leadIds) {
      const { timeline } = await system.show(leadId);
      expect(timeline.filter(({ type }) => type === 'LeadAssigned').length).toBeLessThanOrEqual(1);
    }
  });

  it('when a step fails at every try: its leads go to the manual group, and the admins are told', async () => {
    await fault('function:scoring', 'error');
    const [leadId = ''] = await postMany(1);
    await system.idle();
    expect(await system.show(leadId)).toMatchObject({ status: 'manual', cause: 'dependency' });
    expect((await system.outbox(leadId)).map(({ kind }) => kind)).toEqual(['assignment-failed']);
    await system.call('DELETE', '/_local/faults');
    await system.call('POST', `/manual-queue/${leadId}/retry`);
    await system.idle();
    expect(await system.show(leadId)).toMatchObject({ status: 'assigned' });
  });

  it('while the table fails, whoever asks is told to ask again, and that nothing was stored', async () => {
    await fault('table', 'error');
    const answer = await system.call('GET', '/reps');
    expect(answer).toMatchObject({ status: 503, body: { status: 503, title: 'Service Unavailable' } });
    expect(answer.headers.get('retry-after')).toBe('1');
  });

  it('when the runtime is stopped in the middle of the work and started again, over and over: nothing is lost, and all goes on', async () => {
    const before = await system.lead(form());
    const sent = await system.outbox();
    const taken: string[] = [];
    for (let time = 0; time < 4; time += 1) {
      taken.push(...(await postMany(5)));
      await system.stop();
      await system.start();
    }
    await system.idle();
    expect(new Set(await ended([before, ...taken]))).toEqual(new Set(['assigned']));
    expect((await system.outbox()).slice(0, sent.length)).toEqual(sent);
    for (const leadId of taken) {
      const { timeline } = await system.show(leadId);
      const happened = timeline.map(({ type }) => type).filter((type) => !type.startsWith('Message'));
      expect(happened).toEqual(['LeadReceived', 'LeadScored', 'LeadAssigned']);
      expect(await system.outbox(leadId)).toHaveLength(2);
    }
  });

  it('a chat that answers 200 with an error in the body is tried again until it takes the alert', async () => {
    await fault('channel:wecom', 'throttle', 1, 2);
    const leadId = await system.lead(form(nowhere));
    expect((await system.outbox(leadId)).map(({ kind }) => kind)).toEqual(['assignment-failed']);
  });
});

describe('what cannot be understood', () => {
  it('goes to quarantine with its reason, is shown to admins, and spoils nothing beside it', async () => {
    const queue = system.runtime.queueNames.find((name) => /scoringInboxQueue/i.test(name)) ?? '';
    system.runtime.send(queue, 'not even JSON');
    system.runtime.send(queue, JSON.stringify({ 'detail-type': 'LeadReceived', detail: { leadId: 7 } }));
    const leadId = await system.lead(form());
    expect((await system.show(leadId)).status).toBe('assigned');
    const { body } = await system.call<{ items: { step: string; reason: string; raw: string }[] }>(
      'GET',
      '/quarantine',
    );
    expect(body.items.map(({ step, reason }) => `${step}: ${reason}`).sort()).toEqual([
      'scoring: LeadReceived with wrong fields: eventId, at, leadId, source',
      'scoring: body is not JSON',
    ]);
    expect((await system.outbox()).filter(({ kind }) => kind === 'message-quarantined')).toHaveLength(2);
  });
});

describe('Invariant 9 and 10: what a lead costs, and what is written down of it', () => {
  it('the sixtieth lead costs no more table units than the first', async () => {
    const costs = async () =>
      (await system.call<{ totals: { tableReadUnits: number; tableWriteUnits: number } }>('GET', '/_local/cost')).body
        .totals;
    const costOf = async () => {
      const before = await costs();
      await system.lead(form());
      const after = await costs();
      return {
        reads: after.tableReadUnits - before.tableReadUnits,
        writes: after.tableWriteUnits - before.tableWriteUnits,
      };
    };
    await costOf();
    const early = await costOf();
    await postMany(60);
    await system.idle();
    const late = await costOf();
    // Room for a tick of the escalation in between.
    expect(late.reads).toBeLessThanOrEqual(early.reads * 1.5);
    expect(late.writes).toBeLessThanOrEqual(early.writes * 1.5);
  });

  it('no name, phone or address ever stands in a log line', async () => {
    await fault('function:assignment', 'error', 0.5);
    await system.lead({
      ...form(),
      contact: { name: 'MARKEDNAME', phone: '13911117777', email: 'markedmail@example.com' },
    });
    await system.post({ contact: { phone: 'MARKEDPHONE' } });
    let log = '';
    try {
      log = readFileSync(join(system.dataDir, 'functions.log'), 'utf8');
    } catch {
      // Nothing was logged.
    }
    expect(log).not.toMatch(/MARKEDNAME|3911117777|markedmail|MARKEDPHONE/);
  });
});
