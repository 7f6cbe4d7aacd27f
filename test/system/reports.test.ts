import { beforeAll, describe, expect, it } from 'vitest';
import { form, nowhere, puxi, useSystem } from '../running-system.ts';

const system = useSystem();
const report = async <T = Record<string, unknown>>(name: string, query = '') =>
  (await system.call<T>('GET', `/reports/${name}${query}`)).body;
const contact = (leadId: string, but: Record<string, unknown> = {}, headers?: Record<string, string>) =>
  system.call<{ firstContactAt: string | null }>(
    'POST',
    `/leads/${leadId}/interactions`,
    { channel: 'phone', summary: 'x', outcome: 'interested', ...but },
    headers,
  );
const clock = async () => new Date((await system.call<{ now: string }>('GET', '/_local/clock')).body.now);
const ago = async (minutes: number) => new Date((await clock()).getTime() - minutes * 60_000).toISOString();
interface Times {
  buckets: { range: string; leads: number; converted: number; conversion: number | null; benchmark: number }[];
  medianMinutes: number | null;
  p90Minutes: number | null;
  groups?: Record<string, Times>;
}
const leadsIn = ({ buckets }: Times) => buckets.map(({ leads }) => leads);
const win = async (leadId: string) => {
  for (const to of [
    'needs-diagnosis',
    'solution-demo',
    'objection-handling',
    'contract-negotiation',
    'payment-confirmed',
  ])
    expect((await system.call('POST', `/leads/${leadId}/stage`, { to })).status).toBe(200);
};

const DAY = 24 * 60 * 60;

// At nine in the morning in China, an hour after the digest: no other is sent while these tests let hours pass.
beforeAll(async () => {
  const seconds = Math.floor((await clock()).getTime() / 1000);
  await system.advance(`PT${(((3600 - seconds) % DAY) + DAY) % DAY}S`);
});

describe('response times', () => {
  it('are counted when leads are contacted and won, by rep, team, source and grade', async () => {
    expect(await report<Times>('response-time')).toMatchObject({ medianMinutes: null });
    const fast = await system.lead(form());
    const slow = await system.lead({ ...form(puxi), preferredRepId: 'rep-zhang' });
    await contact(fast);
    await system.advance('PT2H30M');
    await contact(slow);
    await win(fast);
    const all = await report<Times>('response-time', '?by=team');
    expect(leadsIn(all)).toEqual([1, 1, 0, 0]);
    expect(all.buckets[0]).toMatchObject({ range: '<1h', converted: 1, conversion: 1, benchmark: 0.352 });
    expect(all.buckets[1]).toMatchObject({ range: '1-4h', converted: 0, conversion: 0 });
    expect(all.medianMinutes).toBe(75);
    expect(Object.keys(all.groups ?? {}).sort()).toEqual(['east', 'shanghai']);
    expect(leadsIn(await report<Times>('response-time', '?repId=rep-zhang'))).toEqual([0, 1, 0, 0]);
    expect(leadsIn(await report<Times>('response-time', '?to=2020-01-01'))).toEqual([0, 0, 0, 0]);
    const supervisor = await system.token({ role: 'supervisor', repId: 'sup-east', teamId: 'east' });
    const { body } = await system.call<Times>('GET', '/reports/response-time', undefined, supervisor);
    expect(leadsIn(body)).toEqual([1, 0, 0, 0]);
    expect((await system.call('GET', '/reports/response-time?from=2026-02-01&to=2026-01-01')).status).toBe(400);
  });
});

describe('the first contact', () => {
  it('is not a dial that reached nobody, nor a machine’s answer', async () => {
    const leadId = await system.lead(form());
    for (const but of [
      { outcome: 'no answer' },
      { outcome: '无人接听' },
      { outcome: 'auto-reply' },
      { outcome: 'interested', reached: false },
    ])
      expect((await contact(leadId, but)).body.firstContactAt).toBeNull();
    expect((await system.show(leadId)).status).toBe('assigned');
    expect((await contact(leadId, { outcome: 'busy', reached: true })).body.firstContactAt).not.toBeNull();
    expect((await system.show(leadId)).status).toBe('contacted');
  });

  it('is the earliest, whenever it is logged, and takes back an escalation that was not true', async () => {
    const leadId = await system.lead(form());
    await system.advance('PT4H30M');
    expect((await system.show(leadId)).sla.level).toBe('exception');
    await contact(leadId);
    const early = await ago(4 * 60);
    expect((await contact(leadId, { at: early })).body).toMatchObject({ firstContactAt: early });
    const lead = await system.show(leadId);
    expect(lead.sla).toMatchObject({ level: 'none', firstContactAt: early });
    expect(lead.timeline.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['LeadOverdue', 'LeadMissed', 'EscalationWithdrawn']),
    );
    const { items } = await report<{ items: { leadId: string; why: string; withdrawnBy?: string }[] }>('exceptions');
    expect(items.find((each) => each.leadId === leadId)).toMatchObject({ why: 'never-seen', withdrawnBy: early });
    expect((await contact(leadId, { at: await ago(3 * 60) })).body.firstContactAt).toBe(early);
    const times = await report<Times>('response-time', `?repId=${lead.owner?.repId}`);
    expect(leadsIn(times)[2]).toBe(0);
    expect(await contact(leadId, { at: await ago(-60) })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'at' }] },
    });
    expect(await contact(leadId, { at: await ago(600) })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'at' }] },
    });
  });

  it('that never was is reported with what the owner did', async () => {
    const [seen, tried] = [
      await system.lead({ ...form(), preferredRepId: 'rep-li' }),
      await system.lead({ ...form(), preferredRepId: 'rep-li' }),
    ];
    const owner = await system.token({ role: 'rep', repId: 'rep-li' });
    expect((await system.call('GET', `/leads/${seen}`, undefined, owner)).status).toBe(200);
    await contact(tried, { outcome: 'no answer' }, owner);
    await system.advance('PT4H30M');
    const { items } = await report<{ items: { leadId: string; why: string }[] }>('exceptions');
    const why = new Map(items.map((each) => [each.leadId, each.why]));
    expect([why.get(seen), why.get(tried)]).toEqual(['seen-not-called', 'tried-not-reached']);
    const { notices } = await system.show(seen);
    expect(notices).toContainEqual(
      expect.objectContaining({
        about: 'LeadAssigned',
        channel: 'push',
        state: 'sent',
        attempts: [{ at: expect.any(String) }],
      }),
    );
    expect(notices).toContainEqual(
      expect.objectContaining({
        about: 'LeadMissed',
        channel: 'wecom',
        state: 'sent',
        attempts: [{ at: expect.any(String) }],
      }),
    );
  });

  it('is summed up for the supervisor in the morning, once', async () => {
    for (let run = 0; run < 2; run += 1)
      expect((await system.call('POST', '/_local/schedules/digest')).status).toBe(200);
    const digests = (await system.outbox()).filter(({ kind }) => kind === 'exception-digest');
    const told = digests.map(({ channel, to }) => `${channel} ${to}`);
    expect(told).toEqual(expect.arrayContaining(['push sup-east', 'sms +8613900000001']));
    expect(new Set(told).size).toBe(told.length);
    const text = JSON.stringify(digests.find(({ to }) => to === 'sup-east')?.body);
    expect(text).toContain('李雷');
    expect(text).toMatch(/看过未联系 1/);
    expect(text).not.toContain('王芳');
  });
});

describe('reconciliation and stability', () => {
  it('say where every lead is, and how many attempts ended right', async () => {
    const before = await report<Record<string, number>>('reconciliation');
    const stable = await report<{ attempts: number; correct: number }>('stability');
    const original = form();
    await system.lead(original);
    await system.lead(original);
    await system.lead(form(nowhere));
    const after = await report<Record<string, number>>('reconciliation');
    const more = Object.fromEntries(Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)]));
    expect(more).toMatchObject({
      received: 3,
      assigned: 1,
      manual: 1,
      duplicate: 1,
      inFlight: 0,
      difference: 0,
      pool: 0,
    });
    expect(after.leadIds).toEqual([]);
    const [today] = (await system.call<{ now: string }>('GET', '/_local/clock')).body.now.split('T');
    expect((await report<{ received: number }>(`reconciliation?from=${today}&to=${today}`)).received).toBeGreaterThan(
      2,
    );
    const now = await report<{ attempts: number; correct: number; share: number; causes: object }>('stability');
    expect([now.attempts - stable.attempts, now.correct - stable.correct]).toEqual([4, 1]);
    expect(now.causes).toMatchObject({ 'no-territory': 3 });
    expect(now.share).toBeCloseTo(now.correct / now.attempts, 3);
    await system.call('POST', '/_local/schedules/audit');
    await system.idle();
    expect((await system.outbox()).filter(({ kind }) => kind === 'leads-unaccounted')).toEqual([]);
  });
});

describe('the health of the process', () => {
  interface Health {
    stages: { stage: string; left: number; medianHours: number | null; conversion: number | null }[];
    cycle: { deals: number; meanHours: number | null };
    lostReasons: { reason: string; deals: number }[];
    contacts: { logged: number; ineffective: number };
    before: { cycle: { deals: number } };
    groups?: Record<string, Health>;
  }
  const health = (query: string) => report<Health>('process-health', query);
  const product = `line-${Math.random().toString(36).slice(2, 8)}`;
  const mine = `?productLine=${product}`;

  it('counts each move and contact when it is made, by rep, team, product and source; the time in stages is the cycle', async () => {
    expect((await health(mine)).stages.map(({ left }) => left)).toEqual([0, 0, 0, 0, 0]);
    const won = await system.lead({ ...form(), productLine: product, preferredRepId: 'rep-li' });
    const lost = await system.lead({ ...form(), productLine: product, preferredRepId: 'rep-li' });
    await contact(won);
    await contact(won, { outcome: 'no answer' });
    await system.advance('PT2H');
    await win(won);
    const lose = { to: 'lost', lostReason: 'too expensive' };
    expect((await system.call('POST', `/leads/${lost}/stage`, lose)).status).toBe(200);
    expect((await system.call('POST', `/leads/${lost}/stage`, lose)).status).toBe(409);
    const said = await health(`${mine}&by=rep`);
    const [first, second] = said.stages;
    expect(first).toMatchObject({ stage: 'first-contact', left: 2, conversion: 0.5 });
    expect(first?.medianHours).toBeCloseTo(2, 0);
    expect(second).toMatchObject({ left: 1, medianHours: 0, conversion: 1 });
    expect(said.cycle).toMatchObject({ deals: 1 });
    expect(said.cycle.meanHours).toBeCloseTo(2, 0);
    expect(said.lostReasons).toEqual([{ reason: 'price', deals: 1 }]);
    expect(said.contacts).toMatchObject({ logged: 2, ineffective: 1 });
    expect(said.groups?.['rep-li']?.cycle.deals).toBe(1);
    expect((await health(`${mine}&to=2020-01-31&from=2020-01-01`)).cycle.deals).toBe(0);
    expect((await health('?teamId=nobody')).cycle.deals).toBe(0);
  });

  it('is for supervisors of their own team, and named days in their order', async () => {
    const shanghai = await system.token({ role: 'supervisor', repId: 'sup-shanghai', teamId: 'shanghai' });
    const { body } = await system.call<Health>('GET', `/reports/process-health${mine}`, undefined, shanghai);
    expect(body.cycle.deals).toBe(0);
    const rep = await system.token({ role: 'rep', repId: 'rep-li' });
    expect((await system.call('GET', '/reports/process-health', undefined, rep)).status).toBe(403);
    expect((await system.call('GET', '/reports/process-health?from=2026-02-01&to=2026-01-01')).status).toBe(400);
    expect((await system.call('GET', '/reports/process-health?from=never')).status).toBe(400);
  });
});

describe('the weekly review', () => {
  interface Review {
    teamId: string;
    minutes: number;
    openDeals: number;
    stuck: number;
    deals: { leadId: string; why: string; daysInStage: number; nextStep: { text: string } | null }[];
    promises: { leadId: string; text: string; kept: boolean | null }[];
  }
  const review = (query: string, headers?: Record<string, string>) =>
    system.call<Review & { errors?: { path: string }[] }>('GET', `/reports/weekly-review${query}`, undefined, headers);

  it('names the deals to talk about with the reason by the records, and whether promises were kept', async () => {
    const [silent, promised, kept] = [
      await system.lead({ ...form(), preferredRepId: 'rep-wang' }),
      await system.lead({ ...form(), preferredRepId: 'rep-wang' }),
      await system.lead({ ...form(), preferredRepId: 'rep-wang' }),
    ];
    const soon = new Date((await clock()).getTime() + 3600_000).toISOString();
    const nextStep = { text: 'send the quotation', dueAt: soon };
    await contact(promised, { nextStep });
    await contact(kept, { nextStep });
    await system.advance('PT50M');
    await contact(kept, { summary: 'sent it', nextStep: { text: 'call again', dueAt: '2030-01-01T00:00:00Z' } });
    await system.advance('P2D');
    const { body } = await review('?teamId=east');
    expect(body).toMatchObject({ teamId: 'east', minutes: 15 });
    expect(body.openDeals).toBeGreaterThanOrEqual(3);
    const whyOf = (leadId: string) => body.deals.find((deal) => deal.leadId === leadId)?.why;
    expect(whyOf(silent)).toBe('never-contacted');
    expect(body.promises.find(({ leadId }) => leadId === promised)).toMatchObject({
      text: 'send the quotation',
      kept: false,
    });
    expect(body.promises.find(({ leadId }) => leadId === kept)).toMatchObject({ kept: true });
    expect(body.deals.length).toBeLessThanOrEqual(12);
  });

  it('is of the supervisor’s own team; an admin says whose', async () => {
    const shanghai = await system.token({ role: 'supervisor', repId: 'sup-shanghai', teamId: 'shanghai' });
    expect((await review('', shanghai)).body.teamId).toBe('shanghai');
    const { status, body } = await review('');
    expect(status).toBe(400);
    expect(body.errors?.[0]?.path).toBe('teamId');
  });
});

describe('the board', () => {
  interface Board {
    columns: { name: string; leads: number; conversion: number | null; dropOff: number }[];
    lost: number;
    sources: { source: string; leads: number }[];
    aside: { duplicate: number; rejected: number };
  }
  const board = (query = '') => report<Board>('board', query);
  const counts = ({ columns, lost }: Board) => [...columns.map(({ leads }) => leads), lost];
  const added = (now: Board, before: Board) => counts(now).map((count, at) => count - (counts(before)[at] ?? 0));

  it('counts how far leads came, by whoever has them', async () => {
    const [company, east] = [await board(), await board('?teamId=east')];
    const since = async () => [added(await board(), company), added(await board('?teamId=east'), east)];
    const [theirs, passedOn] = [
      await system.lead({ ...form(), preferredRepId: 'rep-li' }),
      await system.lead({ ...form(), preferredRepId: 'rep-li' }),
    ];
    await system.lead(form(nowhere));
    expect(await since()).toEqual([
      [3, 3, 2, 0, 0, 0],
      [3, 3, 2, 0, 0, 0],
    ]);
    const assign = { repId: 'rep-zhang', reason: 'nearer' };
    expect((await system.call('POST', `/leads/${passedOn}/assign`, assign)).status).toBe(200);
    expect(await since()).toEqual([
      [3, 3, 2, 0, 0, 0],
      [3, 3, 1, 0, 0, 0],
    ]);
    await contact(theirs);
    await contact(passedOn);
    await win(theirs);
    await system.call('POST', `/leads/${passedOn}/stage`, { to: 'lost', lostReason: 'no budget' });
    expect(await since()).toEqual([
      [3, 3, 2, 2, 1, 1],
      [3, 3, 1, 1, 1, 0],
    ]);
    const all = await board();
    expect(all.sources.reduce((sum, { leads }) => sum + leads, 0)).toBe(counts(all)[0]);
    const supervisor = await system.token({ role: 'supervisor', repId: 'sup-east', teamId: 'east' });
    const { body } = await system.call<Board>('GET', '/reports/board', undefined, supervisor);
    expect(counts(body)).toEqual(counts(await board('?teamId=east')));
    for (const report of ['board', 'response-time', 'process-health', 'weekly-review']) {
      const asked = (teamId: string) =>
        system.call('GET', `/reports/${report}?teamId=${teamId}`, undefined, supervisor);
      expect([report, (await asked('east')).status]).toEqual([report, 200]);
      expect(await asked('shanghai')).toMatchObject({ status: 403, body: { errors: [{ path: 'teamId' }] } });
    }
  });

  it('counts a lead no longer that turned out to be rubbish, and again when it is accepted', async () => {
    const before = await board();
    const leadId = await system.lead(form());
    expect((await system.call('POST', `/leads/${leadId}/reject`, { reason: 'a joke' })).status).toBe(200);
    expect(added(await board(), before)).toEqual([0, 0, 0, 0, 0, 0]);
    expect((await board()).aside.rejected).toBe(before.aside.rejected + 1);
    expect((await system.call('POST', `/leads/${leadId}/accept`, { reason: 'no joke' })).status).toBe(202);
    await system.idle();
    expect(added(await board(), before)).toEqual([1, 1, 1, 0, 0, 0]);
  });
});
