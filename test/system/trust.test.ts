import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { form, nowhere, useSystem } from '../running-system.ts';

const system = useSystem();

interface Decision {
  outcome: string;
  basis: string;
  repId?: string;
  cause?: string;
  candidates: { repId: string; outcome: string; reason: string }[];
  flip: { repId: string; change: string }[];
  inputs?: { territories: { territoryId: string; by: string; metresToBoundary?: number }[] };
}

const decisions = async (leadId: string) =>
  (await system.call<{ items: Decision[] }>('GET', `/leads/${leadId}/decisions`)).body.items;
const ownerOf = async (leadId: string) => (await system.show(leadId)).owner?.repId;
const pudong = { location: { point: { lng: 121.55, lat: 31.22 } } };
const somebody = (name: string, phone: string, but: object) => form({ contact: { name, phone }, ...but });
const routing = async () =>
  (await system.call<{ routing: Record<string, unknown> }>('GET', '/config/routing')).body.routing;

/** Runs a command of the project against the running system. */
async function command(...args: string[]): Promise<{ code: number | null; last: string }> {
  const child = spawn(process.execPath, args, { env: { ...process.env, PORT: new URL(system.runtime.url).port } });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, last: said.trim().split('\n').at(-1) ?? '' };
}

describe('where a customer is', () => {
  it('is known from the address alone, and the audit says by which of its words', async () => {
    const leadId = await system.lead(form({ location: { address: '江苏省苏州市工业园区星湖街328号' } }));
    const [decision] = await decisions(leadId);
    expect(decision?.inputs?.territories).toMatchObject([{ territoryId: 'suzhou-sip', by: 'address' }]);
    expect(decision?.candidates.find(({ outcome }) => outcome === 'chosen')?.reason).toContain('苏州工业园区');
    const { body } = await system.call('POST', '/territories/locate', { address: '苏州工业园区' });
    expect(body).toMatchObject({ territories: [{ territoryId: 'suzhou-sip', by: 'address' }] });
  });

  it('on a fuzzy border makes candidates of both sides, with the distance on record', async () => {
    const found = await system.call<{ territories: { territoryId: string; metresToBoundary: number }[] }>(
      'POST',
      '/territories/locate',
      { point: { lng: 121.4905, lat: 31.2385 } },
    );
    expect(found.body.territories.map(({ territoryId }) => territoryId).sort()).toEqual([
      'shanghai-pudong',
      'shanghai-puxi',
    ]);
    const leadId = await system.lead(form({ location: { point: { lng: 121.4905, lat: 31.2385 } } }));
    const [decision] = await decisions(leadId);
    expect(new Set(decision?.candidates.map(({ repId }) => repId))).toEqual(
      new Set(['rep-zhang', 'rep-liu', 'rep-yang', 'rep-huang']),
    );
    expect(decision?.candidates.find(({ outcome }) => outcome === 'chosen')?.reason).toMatch(/ m from its border/);
  });
});

describe('who already serves a customer', () => {
  it('gets the next lead of the same company, from somebody else there and from elsewhere, unless that is switched off', async () => {
    const company = { name: '上海精密仪器有限公司' };
    const first = await system.lead(form({ ...pudong, company }));
    const owner = await ownerOf(first);
    const second = await system.lead(
      somebody('李娜', '13900199001', { ...nowhere, company: { name: ' 上海精密仪器 有限公司' } }),
    );
    expect(await ownerOf(second)).toBe(owner);
    expect((await decisions(second)).at(-1)?.basis).toBe('history');
    const rules = await routing();
    await system.call('PUT', '/config/routing', { ...rules, companyHistory: false });
    const third = await system.lead(somebody('赵敏', '13900199002', { ...nowhere, company }));
    expect((await system.show(third)).status).toBe('manual');
    await system.call('PUT', '/config/routing', rules);
  });
});

describe('a rep', () => {
  it('who pauses gets nothing until they are back, and may pause only themselves', async () => {
    const token = await system.token({ role: 'rep', repId: 'rep-yang' });
    const paused = await system.call<{ pausedUntil: string }>('POST', '/reps/rep-yang/pause', { minutes: 30 }, token);
    expect(paused.status).toBe(200);
    expect((await system.call('POST', '/reps/rep-huang/pause', { minutes: 30 }, token)).status).toBe(404);
    expect((await system.call('POST', '/reps/rep-yang/pause', { minutes: 45 }, token)).status).toBe(400);
    for (let n = 0; n < 3; n += 1) {
      const leadId = await system.lead(form(pudong));
      expect(await ownerOf(leadId)).toBe('rep-huang');
      expect((await decisions(leadId))[0]?.flip).toContainEqual({
        repId: 'rep-yang',
        change: expect.stringContaining('not having paused'),
      });
    }
    await system.call('POST', '/reps/rep-huang/pause', { until: 'back' });
    await system.advance('PT31M');
    expect(await ownerOf(await system.lead(form(pudong)))).toBe('rep-yang');
    const back = await system.call('POST', '/reps/rep-huang/resume');
    expect(back.body).not.toHaveProperty('pausedUntil');
  });

  it('of whom five leads a month are wanted gets five, and the cause is true when nobody is left', async () => {
    const given = async () => (await system.call<{ openLeads: number }>('GET', '/reps/rep-zhao')).body.openLeads;
    await system.call('PUT', '/reps/rep-zhao', { caps: { month: 5 } });
    await system.call('PUT', '/reps/rep-chen', { capacity: 2 });
    const before = await given();
    const place = { location: { point: { lng: 120.57, lat: 31.3 } } };
    const posted = await Promise.all(Array.from({ length: 9 }, () => system.post(form(place))));
    await system.idle();
    expect((await given()) - before).toBeLessThanOrEqual(5);
    const states = await Promise.all(posted.map(({ body }) => system.show(body.leadId)));
    for (const { status, cause } of states.filter(({ status }) => status !== 'assigned')) {
      expect({ status, cause }).toEqual({ status: 'manual', cause: 'all-reps-at-capacity' });
    }
    expect(states.filter(({ status }) => status === 'manual').length).toBeGreaterThan(0);
    const cleared = await system.call('PUT', '/reps/rep-zhao', { caps: null });
    expect(cleared.body).not.toHaveProperty('caps');
    await system.call('PUT', '/reps/rep-chen', { capacity: 600 });
  });

  it('who wins more of a kind of lead gets the next of that kind', async () => {
    const kind = (n: number) =>
      form({ ...pudong, productLine: 'crm', company: { industry: `retail`, name: `shop ${n}` } });
    const close = async (leadId: string, won: boolean) => {
      const stages = ['needs-diagnosis', 'solution-demo', 'objection-handling', 'contract-negotiation'];
      const moves = won ? [...stages, 'payment-confirmed'] : [];
      for (const to of moves) await system.call('POST', `/leads/${leadId}/stage`, { to });
      if (!won) await system.call('POST', `/leads/${leadId}/stage`, { to: 'lost', lostReason: 'price' });
    };
    await system.call('PUT', '/reps/rep-huang', { productLines: [] });
    const rules = await routing();
    await system.call('PUT', '/config/routing', { ...rules, newcomers: { share: 0, months: 0, grades: ['A'] } });
    for (let n = 0; n < 8; n += 1) {
      const leadId = await system.lead(kind(n));
      const repId = n % 2 === 0 ? 'rep-yang' : 'rep-huang';
      await system.call('POST', `/leads/${leadId}/assign`, { repId, reason: 'history' });
      await close(leadId, n % 2 === 0);
    }
    const [decision] = await decisions(await system.lead(kind(99)));
    const chosen = decision?.candidates.find(({ outcome }) => outcome === 'chosen');
    expect(chosen?.reason).toMatch(/expected to win|drawn to prove/);
    if (chosen?.reason.includes('expected to win')) expect(decision?.repId).toBe('rep-yang');
    await system.call('PUT', '/config/routing', rules);
  });
});

describe('rules of routing', () => {
  it('in which a team has hours without a shift are refused by name, and nothing changes', async () => {
    const rules = await routing();
    const refused = await system.call('PUT', '/config/routing', { ...rules, teams: { east: { shifts: [] } } });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: 'teams.east.shifts' }] } });
    expect(await routing()).toEqual(rules);
  });
});

describe('a draft', () => {
  it('of routing rules says who of the last leads would have gone elsewhere, and changes nothing', async () => {
    const leadId = await system.lead({ ...form(pudong), preferredRepId: 'rep-li' });
    expect(await ownerOf(leadId)).toBe('rep-li');
    const rules = await routing();
    const draft = { ...rules, order: ['territory'] };
    const { status, body } = await system.call<{ leads: number; changed: { leadId: string; to: { repId: string } }[] }>(
      'POST',
      '/config/routing/preview?leads=20',
      draft,
    );
    expect(status).toBe(200);
    expect(body.leads).toBeGreaterThan(5);
    const moved = body.changed.find((each) => each.leadId === leadId);
    expect(['rep-yang', 'rep-huang']).toContain(moved?.to.repId);
    expect(await routing()).toEqual(rules);
    const same = await system.call<{ changed: unknown[] }>('POST', '/config/routing/preview', rules);
    expect(same.body.changed).toEqual([]);
  });

  it('of any rules may be what was read, changed, as publishing takes it', async () => {
    for (const name of ['scoring', 'routing', 'sla', 'rubbish', 'performance']) {
      const { body } = await system.call('GET', `/config/${name}`);
      expect(await system.call('POST', `/config/${name}/preview`, body)).toMatchObject({ status: 200 });
    }
  });

  it('of territories, of scores and of deadlines says what would be otherwise', async () => {
    const { body: now } = await system.call<{ features: { properties: { territoryId: string } }[] }>(
      'GET',
      '/territories',
    );
    const without = {
      type: 'FeatureCollection',
      features: now.features.filter(({ properties }) => properties.territoryId !== 'shanghai-pudong'),
    };
    const territories = await system.call<{ changed: { to: { cause: string } }[]; warnings: string[] }>(
      'POST',
      '/territories/preview?leads=50',
      without,
    );
    expect(territories.body.changed.some(({ to }) => to.cause === 'no-territory')).toBe(true);
    expect(territories.body.warnings.join()).toContain('in no territory any more');

    const { body: scoring } = await system.call<{ scoring: { grades: object } }>('GET', '/config/scoring');
    const stricter = { ...scoring.scoring, grades: { A: 99, B: 98 } };
    const graded = await system.call('POST', '/config/scoring/preview', stricter);
    expect(graded.body).toMatchObject({ grades: { after: { A: 0, B: 0 } } });

    const sla = await system.call<{ after: { exception: number } }>('POST', '/config/sla/preview', {
      supervisorAfter: 'PT1S',
      exceptionAfter: 'PT2S',
    });
    expect(sla.body.after.exception).toBeGreaterThan(0);
    expect((await system.call('GET', '/config/sla')).body).toMatchObject({ version: 1 });
  });
});

describe('handing over', () => {
  it('an absence for long frees open leads, a short one only when it has become long', async () => {
    const west = { location: { point: { lng: 120.57, lat: 31.3 } } };
    const long = await system.lead({ ...form(west), preferredRepId: 'rep-zhao' });
    await system.hr({ employeeId: 'rep-zhao', name: '赵强', status: 'on-leave', leaveUntil: '2099-01-01' });
    expect(await ownerOf(long)).toBe('rep-chen');
    expect((await decisions(long)).map(({ basis }) => basis)).toContain('owner-on-leave');
    const short = await system.lead({ ...form(west), preferredRepId: 'rep-chen' });
    await system.hr({ employeeId: 'rep-zhao', name: '赵强', status: 'active' });
    await system.hr({ employeeId: 'rep-chen', name: '陈晨', status: 'on-leave' });
    expect(await ownerOf(short)).toBe('rep-chen');
    const rules = await routing();
    await system.call('PUT', '/config/routing', {
      ...rules,
      handover: { ...(rules.handover as object), afterLeaveDays: 0.02 },
    });
    await system.call('POST', '/_local/schedules/handover');
    expect(await ownerOf(short)).toBe('rep-chen');
    await system.advance('PT30M');
    await system.call('POST', '/_local/schedules/handover');
    await system.idle();
    expect(await ownerOf(short)).toBe('rep-zhao');
    await system.call('PUT', '/config/routing', rules);
    await system.hr({ employeeId: 'rep-chen', name: '陈晨', status: 'active' });
  });

  it('a rep who loses a territory hands over the leads there and keeps the others', async () => {
    const puxi = { location: { point: { lng: 121.45, lat: 31.23 } } };
    await system.call('POST', '/reps/rep-zhang/pause', { until: 'back' });
    const [there, byHand] = [await system.lead(form(puxi)), await system.lead(form(puxi))];
    await system.call('POST', '/reps/rep-zhang/resume');
    await system.call('POST', `/leads/${byHand}/assign`, { repId: 'rep-zhang', reason: 'knows them' });
    await system.call('POST', `/leads/${byHand}/assign`, { repId: 'rep-liu', reason: 'knows them better' });
    const elsewhere = await system.lead({ ...form(pudong), preferredRepId: 'rep-liu' });
    const { body } = await system.call<{ features: { properties: { territoryId: string; repIds: string[] } }[] }>(
      'GET',
      '/territories',
    );
    const features = body.features.map((each) =>
      each.properties.territoryId === 'shanghai-puxi'
        ? { ...each, properties: { ...each.properties, repIds: ['rep-zhang'] } }
        : each,
    );
    expect((await system.call('PUT', '/territories', { type: 'FeatureCollection', features })).status).toBe(200);
    await system.idle();
    expect(await ownerOf(there)).toBe('rep-zhang');
    expect((await decisions(there)).map(({ basis }) => basis)).toContain('territory-lost');
    expect(await ownerOf(elsewhere)).toBe('rep-liu');
    expect(await ownerOf(byHand)).toBe('rep-liu');
  });

  it('asks the supervisor for a lead that was contacted, and for a customer who was won, if the rules say so', async () => {
    const rules = await routing();
    const handover = { afterLeaveDays: 3, contacted: 'supervisor', won: 'supervisor' };
    await system.call('PUT', '/config/routing', { ...rules, handover });
    const [contacted, won] = [
      await system.lead({ ...form(pudong), preferredRepId: 'rep-wang' }),
      await system.lead({ ...form(pudong), preferredRepId: 'rep-wang' }),
    ];
    await system.call('POST', `/leads/${contacted}/interactions`, { channel: 'phone', summary: 'x', outcome: 'y' });
    for (const to of [
      'needs-diagnosis',
      'solution-demo',
      'objection-handling',
      'contract-negotiation',
      'payment-confirmed',
    ]) {
      await system.call('POST', `/leads/${won}/stage`, { to });
    }
    await system.hr({ employeeId: 'rep-wang', name: '王敏', status: 'left' });
    expect(await system.show(contacted)).toMatchObject({ status: 'manual', cause: 'owner-left' });
    const summaries = (await system.outbox())
      .filter(({ kind, to }) => kind === 'leads-handed-over' && to === 'sup-east')
      .map((message) => JSON.stringify(message.body))
      .filter((text) => text.includes(contacted));
    expect(summaries).toEqual([expect.stringContaining(won)]);
    const given = await system.call('POST', `/leads/${won}/assign`, { repId: 'rep-li', reason: 'knows them' });
    expect(given.status).toBe(200);
    expect(await system.show(won)).toMatchObject({ status: 'won', owner: { repId: 'rep-li' } });
    await system.call('PUT', '/config/routing', rules);
  });
});

describe('the audit of a day', () => {
  it('comes out the same when run again, and shows what was tampered with', async () => {
    const clock = await system.call<{ now: string }>('POST', '/_local/clock', { advance: 'PT1S' });
    const day = clock.body.now.slice(0, 10);
    const leadId = await system.lead(form(pudong));
    expect((await system.call('GET', `/audit/verify?day=${day}`)).body).toMatchObject({ sealed: false, intact: true });
    await system.call('POST', '/_local/schedules/audit');
    const yesterday = new Date(Date.parse(day) - 24 * 3600 * 1000).toISOString().slice(0, 10);
    expect((await system.call('GET', `/audit/verify?day=${yesterday}`)).body).toMatchObject({
      sealed: true,
      intact: true,
    });
    const replayed = await command('scripts/replay.ts', '--from', yesterday, '--to', day);
    expect(replayed).toMatchObject({ code: 0, last: expect.stringMatching(/decisions identical, 0 broken$/) });

    await system.tamper(leadId, (record) => ({ ...record, repId: 'rep-li' }));
    expect((await system.call('GET', `/audit/verify?day=${day}`)).body).toMatchObject({ intact: false });
    expect((await system.call('GET', `/audit/verify?leadId=${leadId}`)).body).toMatchObject({
      intact: false,
      firstBroken: `${leadId}-1`,
    });
    expect((await command('scripts/replay.ts', '--from', day, '--to', day)).code).toBe(1);
  });

  it('is asked for by days that are days', async () => {
    expect((await command('scripts/replay.ts', '--from', 'yesterday', '--to', 'today')).code).toBe(2);
    expect((await command('scripts/replay.ts', '--help')).code).toBe(0);
    expect((await system.call('GET', '/audit/verify?day=2026-13-01')).status).toBe(400);
  });
});
