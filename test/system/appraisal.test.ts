import { describe, expect, it } from 'vitest';
import { periodNameOf } from '../../shared/appraisal/period.ts';
import { form, useSystem } from '../running-system.ts';

const system = useSystem();

interface Card {
  score: number | null;
  grade: string | null;
  why?: string;
  version: number;
  segments: { planId: string; teamId: string; role?: string; days: number }[];
  components: {
    id: string;
    value: number | null;
    score: number | null;
    counts: number;
    target: number;
    missing?: string;
    records: { fact: string; href: string }[];
  }[];
  missing: { id: string }[];
  raises: { id: string; gain: number }[];
}
interface Records {
  items: { recordId: string; what: string; counts: number; leadId?: string; href?: string }[];
  nextCursor?: string;
}
/** The month in the company's time zone. */
const month = async () => (await later(8)).slice(0, 7);
const cardOf = async (repId = 'rep-li', period?: string) => {
  const { status, body } = await system.call<Card>('GET', `/scorecards/${repId}?period=${period ?? (await month())}`);
  expect(status).toBe(200);
  return body;
};
const part = ({ components }: Card, id: string) => components.find((each) => each.id === id);
const contact = (leadId: string, but: Record<string, unknown> = {}) =>
  system.call('POST', `/leads/${leadId}/interactions`, {
    channel: 'phone',
    summary: 'talked about the line',
    outcome: 'interested',
    ...but,
  });
const move = async (leadId: string, ...stages: string[]) => {
  for (const to of stages) expect((await system.call('POST', `/leads/${leadId}/stage`, { to })).status).toBe(200);
};
const toTheEnd = [
  'needs-diagnosis',
  'solution-demo',
  'objection-handling',
  'contract-negotiation',
  'payment-confirmed',
];
const leadOf = (repId: string) => system.lead({ ...form(), preferredRepId: repId });
const later = (hours: number) => system.later(hours);

describe('a scorecard', () => {
  it('is made of records: each figure opens to those that it counts', async () => {
    const [won, lost] = [await leadOf('rep-li'), await leadOf('rep-li')];
    const nextStep = { text: 'send the offer', dueAt: await later(2) };
    expect((await contact(won, { channel: 'visit', minutes: 40, nextStep })).status).toBe(201);
    expect((await contact(won)).status).toBe(201);
    await contact(lost, { outcome: 'no answer', summary: '-' });
    await move(won, ...toTheEnd);
    await move(lost, 'needs-diagnosis');
    await system.call('POST', `/leads/${lost}/stage`, { to: 'lost', lostReason: 'there never was a need: no need' });
    const card = await cardOf();
    expect(card.segments).toMatchObject([{ planId: 'experienced', teamId: 'east' }]);
    expect(part(card, 'newCustomers')).toMatchObject({ value: 1, target: 4 });
    expect(part(card, 'winRate')).toMatchObject({ value: 0.5, score: 120 });
    expect(part(card, 'effectiveVisits')).toMatchObject({ value: 1 });
    expect(part(card, 'response')).toMatchObject({ value: 1 });
    expect(part(card, 'nextSteps')).toMatchObject({ value: 1 });
    expect(part(card, 'satisfaction')).toMatchObject({ value: null, missing: 'nothing to divide by', counts: 0 });
    expect(part(card, 'dataQuality')).toMatchObject({ value: 0 });
    expect(card.missing).toMatchObject([{ id: 'satisfaction' }]);
    expect(card.raises).toHaveLength(3);
    for (const component of card.components) {
      for (const { fact, href } of component.records) {
        const { body } = await system.call<Records>('GET', href);
        for (const item of body.items) expect(item.counts, `${fact} ${item.what}`).toBeGreaterThan(0);
      }
    }
    const closed = part(card, 'winRate')?.records.find(({ fact }) => fact === 'closed');
    const { body } = await system.call<Records>('GET', `${closed?.href}`);
    expect(body.items.map(({ what, leadId }) => [what, leadId]).sort()).toEqual(
      [
        ['lost', lost],
        ['won', won],
      ].sort(),
    );
    const first = await system.call<Records>('GET', `/scorecards/rep-li/records?period=${await month()}&limit=2`);
    expect(first.body.items).toHaveLength(2);
    const next = await system.call<Records>(
      'GET',
      `/scorecards/rep-li/records?period=${await month()}&cursor=${encodeURIComponent(first.body.nextCursor ?? '')}`,
    );
    expect(next.body.items.length).toBeGreaterThan(4);
    expect(next.body.items.map(({ recordId }) => recordId)).not.toContain(first.body.items[1]?.recordId);
  });

  it('sums up exactly what its records say', async () => {
    const { body } = await system.call<{ items: { facts: Record<string, number> }[] }>(
      'GET',
      `/scorecards/rep-li/records?period=${await month()}&limit=200`,
    );
    const sum = (fact: string) => body.items.reduce((all, { facts }) => all + (facts[fact] ?? 0), 0);
    const card = await cardOf();
    expect(part(card, 'newCustomers')?.value).toBe(sum('newCustomers'));
    expect(part(card, 'response')?.value).toBe(sum('answeredInTime') / (sum('answered') + sum('unanswered')));
    expect(sum('falseClaims')).toBe(1);
  });

  it('counts a lead that nobody answers against whoever has it, once, and the answer that comes too late as one', async () => {
    const response = async () => {
      const { value, records } = part(await cardOf('rep-huang'), 'response') ?? { records: [] };
      const facts = Object.fromEntries(
        await Promise.all(
          records.map(async ({ fact, href }) => {
            const { body } = await system.call<Records>('GET', href);
            return [fact, body.items.reduce((sum, { counts }) => sum + counts, 0)];
          }),
        ),
      );
      return { value, ...facts };
    };
    const pudong = { lng: 121.56, lat: 31.21 };
    const leadId = await system.lead({ ...form(), location: { point: pudong }, preferredRepId: 'rep-huang' });
    await system.advance('PT5H');
    expect(await response()).toMatchObject({ value: 0, unanswered: 1 });
    expect((await contact(leadId)).status).toBe(201);
    expect(await response()).toMatchObject({ value: 0, answered: 1 });
  });

  it('is seen by the rep, their supervisor and the admins, and by nobody else', async () => {
    const path = `/scorecards/rep-li?period=${await month()}`;
    const as = async (person: Parameters<typeof system.token>[0], at = path) =>
      (await system.call('GET', at, undefined, await system.token(person))).status;
    expect(await as({ role: 'rep', repId: 'rep-li' })).toBe(200);
    expect(await as({ role: 'rep', repId: 'rep-wang' })).toBe(404);
    expect(await as({ role: 'supervisor', repId: 'sup-east', teamId: 'east' })).toBe(200);
    expect(await as({ role: 'supervisor', repId: 'sup-shanghai', teamId: 'shanghai' })).toBe(404);
    expect(await as({ role: 'rep', repId: 'rep-wang' }, '/scorecards/rep-li/records')).toBe(404);
    expect(await as({ role: 'rep', repId: 'rep-li' }, '/rankings')).toBe(403);
    expect((await system.call('GET', path, undefined, {})).status).toBe(401);
    expect((await system.call('GET', '/scorecards/nobody')).status).toBe(404);
  });

  it('of a week, a month, a quarter or a year; of anything else it is refused', async () => {
    for (const period of ['2026-W47', '2026-11', '2026-Q4', '2026']) await cardOf('rep-li', period);
    for (const period of ['2026-W54', '2026-13', '2026-Q5', 'november'])
      expect(await system.call('GET', `/scorecards/rep-li?period=${period}`)).toMatchObject({
        status: 400,
        body: { errors: [{ path: 'period' }] },
      });
  });

  it('is shared between the teams and roles of its period', async () => {
    const person = { employeeId: 'rep-zhao', name: '赵强', status: 'active', hiredAt: '2020-09-01' };
    await system.hr({ ...person, teamId: 'shanghai', managerId: 'sup-shanghai' });
    expect((await system.call('PUT', '/scorecards/rep-zhao/role', { role: 'key accounts' })).status).toBe(200);
    const { segments } = await cardOf('rep-zhao', (await month()).slice(0, 4));
    expect(segments.map(({ teamId, role }) => [teamId, role])).toEqual([
      ['east', undefined],
      ['shanghai', 'key accounts'],
    ]);
    expect((await system.call('PUT', '/scorecards/rep-zhao/role', { role: '' })).status).toBe(400);
    await system.hr({ ...person, teamId: 'east', managerId: 'sup-east' });
  });
});

describe('rankings', () => {
  interface Ranking {
    items: { rank: number | null; repId: string; name: string; score: number | null; teamId: string }[];
    teams: { teamId: string; reps: number }[];
  }
  it('show a supervisor their team in one call, an admin all, as JSON and as CSV', async () => {
    const period = await month();
    const { body } = await system.call<Ranking>('GET', `/rankings?period=${period}`);
    expect(body.items.length).toBeGreaterThanOrEqual(10);
    expect(body.items[0]).toMatchObject({ rank: 1, repId: 'rep-li' });
    expect(body.teams.map(({ teamId }) => teamId).sort()).toEqual(['east', 'shanghai']);
    const supervisor = await system.token({ role: 'supervisor', repId: 'sup-east', teamId: 'east' });
    const own = await system.call<Ranking>('GET', `/rankings?period=${period}`, undefined, supervisor);
    expect(new Set(own.body.items.map(({ teamId }) => teamId))).toEqual(new Set(['east']));
    expect((await system.call('GET', '/rankings?teamId=shanghai', undefined, supervisor)).status).toBe(403);
    for (const [path, headers] of [
      [`/rankings?period=${period}&format=csv`, {}],
      [`/rankings?period=${period}`, { accept: 'text/csv' }],
    ] as const) {
      const answer = await fetch(`${system.runtime.url}${path}`, { headers: { ...supervisor, ...headers } });
      expect(answer.headers.get('content-type')).toContain('text/csv');
      const rows = (await answer.text()).trim().split('\r\n');
      expect(rows[0]).toMatch(/^rank,repId,name,teamId,score,grade,coefficient,/);
      expect(rows[1]).toMatch(/^1,rep-li,李雷,east,/);
      expect(rows).toHaveLength(own.body.items.length + 1);
    }
  });
});

describe('the rules of performance', () => {
  type Rules = { plans: { components: { weight: number; formula: string; target: number }[] }[] };
  const inForce = async () =>
    (await system.call<{ version: number; performance: Rules }>('GET', '/config/performance')).body;
  it('are refused with the place where they are wrong, and nothing changes', async () => {
    const { version, performance } = await inForce();
    const but = (change: (first: Rules['plans'][0]['components'][0]) => void) => {
      const draft = structuredClone(performance);
      const first = draft.plans[1]?.components[0];
      if (first) change(first);
      return draft;
    };
    for (const [draft, path] of [
      [but((each) => (each.weight = 27)), 'plans.1.components'],
      [but((each) => (each.formula = 'paid / 0')), 'plans.1.components.0.formula'],
      [but((each) => (each.formula = 'charisma * 2')), 'plans.1.components.0.formula'],
    ] as const)
      for (const [method, at] of [
        ['PUT', '/config/performance'],
        ['POST', '/config/performance/preview'],
      ] as const)
        expect(await system.call(method, at, draft)).toMatchObject({ status: 400, body: { errors: [{ path }] } });
    expect((await inForce()).version).toBe(version);
    const rep = await system.token({ role: 'rep', repId: 'rep-li' });
    expect((await system.call('PUT', '/config/performance', performance, rep)).status).toBe(403);
  });

  it('can be tried on a period before they are published, and count from then on', async () => {
    const { version, performance } = await inForce();
    const draft = structuredClone(performance);
    for (const component of draft.plans[1]?.components ?? []) component.target *= 2;
    const period = await month();
    const before = await cardOf();
    const { status, body } = await system.call<{
      changed: number;
      items: { repId: string; before: { score: number }; after: { score: number } }[];
    }>('POST', `/config/performance/preview?period=${period}`, draft);
    expect(status).toBe(200);
    const li = body.items.find(({ repId }) => repId === 'rep-li');
    expect(li?.before.score).toBe(before.score);
    expect(li?.after.score).toBeLessThan(before.score ?? 0);
    expect((await cardOf()).score).toBe(before.score);
    expect((await system.call('PUT', '/config/performance', draft)).body).toMatchObject({ version: version + 1 });
    expect(await cardOf()).toMatchObject({ score: li?.after.score, version: version + 1 });
  });
});

describe('money, knowledge and what customers say', () => {
  it('count for whoever has the deal, once, each with its record', async () => {
    const leadId = await leadOf('rep-wang');
    await contact(leadId);
    await move(leadId, ...toTheEnd);
    const today = (await later(8)).slice(0, 10);
    const pay = (but: object = {}, headers?: Record<string, string>) =>
      system.call('POST', `/leads/${leadId}/payments`, { reference: 'INV-7', amount: 120_000.5, ...but }, headers);
    const rep = await system.token({ role: 'rep', repId: 'rep-wang' });
    expect((await pay({}, rep)).status).toBe(403);
    for (const [but, path] of [
      [{ amount: 0 }, 'amount'],
      [{ amount: 1.234 }, 'amount'],
      [{ reference: 'a b' }, 'reference'],
      [{ paidOn: '2030-01-01' }, 'paidOn'],
    ] as const)
      expect(await pay(but)).toMatchObject({ status: 400, body: { errors: [{ path }] } });
    expect((await pay()).status).toBe(201);
    expect((await pay()).status).toBe(200);
    expect(await pay({ amount: 3 })).toMatchObject({ status: 409, body: { errors: [{ path: 'reference' }] } });
    expect((await pay({ reference: 'INV-7-back', amount: -20_000.5, paidOn: today })).status).toBeLessThan(400);
    const share = { kind: 'document', title: 'How to ask', url: 'https://wiki.example.com/ask' };
    expect((await system.call('POST', '/scorecards/rep-wang/shared', share, rep)).status).toBe(403);
    expect((await system.call('POST', '/scorecards/rep-wang/shared', share)).status).toBe(201);
    expect(await system.call('POST', '/scorecards/rep-wang/shared', share)).toMatchObject({
      status: 409,
      body: { errors: [{ path: 'url' }] },
    });
    const card = await cardOf('rep-wang');
    expect(part(card, 'paid')).toMatchObject({ value: 100_000 });
    expect(part(card, 'shared')).toMatchObject({ value: 1 });
    const { body } = await system.call<Records>('GET', `${part(card, 'shared')?.records[0]?.href}`);
    expect(body.items).toMatchObject([{ what: 'document', href: share.url }]);
  });

  it('are asked by a signed link that is answered once, and never made by the rep', async () => {
    const leadId = await leadOf('rep-wang');
    await contact(leadId);
    const ask = (headers?: Record<string, string>) =>
      system.call<{ path: string }>('POST', '/surveys', { leadId, point: 'delivered' }, headers);
    expect(await ask()).toMatchObject({ status: 409, body: { errors: [{ path: 'leadId' }] } });
    await move(leadId, ...toTheEnd);
    expect((await ask(await system.token({ role: 'rep', repId: 'rep-wang' }))).status).toBe(403);
    const { path } = (await ask()).body;
    const answer = (body: object, at = path) => system.call('PUT', at, body, {});
    expect((await system.call('GET', path, undefined, {})).body).toEqual({
      point: 'delivered',
      scale: { from: 0, to: 10 },
      answered: false,
    });
    for (const score of [11, -1, 2.5, '', null, 'ten']) expect((await answer({ score })).status).toBe(400);
    expect((await answer({ score: 10 }, `${path.slice(0, -3)}abc`)).status).toBe(401);
    expect((await answer({ score: 10, text: 'quick and honest' })).status).toBe(200);
    expect(await answer({ score: 1 })).toMatchObject({
      status: 409,
      body: { errors: [{ path: 'token', message: 'used already' }] },
    });
    const day = (await later(8)).slice(0, 10);
    const days = [day, (await later(-16)).slice(0, 10)];
    const due = (
      await Promise.all(
        days.map((each) =>
          system.call<{ items: { leadId: string; path: string }[] }>('GET', `/surveys/due?day=${each}`),
        ),
      )
    ).flatMap(({ body }) => body.items);
    const own = due.find((each) => each.leadId === leadId);
    const page = await fetch(`${system.runtime.url}${own?.path}`, {
      headers: { accept: 'text/html', 'accept-language': 'zh-CN' },
    });
    expect(await page.text()).toContain('<form method="post">');
    const sent = await fetch(`${system.runtime.url}${own?.path}`, {
      method: 'POST',
      headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'score=7&text=',
    });
    expect([sent.status, await sent.text()]).toEqual([200, expect.stringContaining('Thank you')]);
    expect(part(await cardOf('rep-wang'), 'satisfaction')).toMatchObject({ value: 8.5 });
    const said = await system.call<{ items: { score: number }[] }>(
      'GET',
      `/surveys?leadId=${leadId}`,
      undefined,
      await system.token({ role: 'rep', repId: 'rep-wang' }),
    );
    expect(said.body.items.map(({ score }) => score)).toEqual([10, 7]);
  });
});

describe('who has to know', () => {
  interface Told {
    at: string;
    channel: string;
    to: string;
    kind: string;
    leadId?: string;
    body: { Message?: string; Content?: { Simple: { Body: { Text: { Data: string } } } } };
  }
  const told = async (kind: string) =>
    (await system.call<{ items: Told[] }>('GET', '/_local/outbox')).body.items.filter((each) => each.kind === kind);
  const HOUR = 3600 * 1000;
  const morning = async () => {
    expect((await system.call('POST', '/_local/schedules/surveys')).status).toBe(200);
    await system.idle();
  };
  const customer = (name: string, phone: string, but: object = {}) =>
    system.lead({ ...form(), contact: { name, phone }, preferredRepId: 'rep-zhao', ...but });

  it('a customer is asked at set points, once and in their language, and reminded once', async () => {
    const won = await customer('王芳', '13911110001', {
      contact: { name: '王芳', phone: '13911110001', email: 'wf@example.com' },
    });
    const abroad = await customer('Ann', '+442071234567');
    const refused = await customer('陈红', '13911110002', { consent: { marketing: false } });
    const lost = await customer('李娜', '13911110003');
    for (const leadId of [won, abroad, refused, lost]) await contact(leadId);
    await move(lost, ...toTheEnd.slice(0, 3));
    expect((await system.call('POST', `/leads/${lost}/stage`, { to: 'lost', lostReason: 'budget' })).status).toBe(200);
    for (const leadId of [won, abroad, refused]) await move(leadId, ...toTheEnd);
    const rules = { points: [{ point: 'won', after: 'won', days: 1 }], remindAfterDays: 1 };
    expect((await system.call('PUT', '/config/surveys', rules)).status).toBe(200);
    await morning();
    const own = [won, abroad, refused, lost];
    const asked = async (kind = 'survey-asked') =>
      (await told(kind)).filter(({ leadId }) => own.includes(leadId ?? ''));
    expect(await asked()).toEqual([]);
    // Nobody is asked at night, and who was asked yesterday is reminded: to eleven in the morning of the next day in China.
    const { now } = (await system.call<{ now: string }>('GET', '/_local/clock')).body;
    const midnight = Date.parse(new Date(Date.parse(now) + 8 * HOUR).toISOString().slice(0, 10)) - 8 * HOUR;
    const ahead = (midnight + (24 + 11) * HOUR - Date.parse(now)) / 1000;
    await system.advance(`PT${Math.ceil(ahead)}S`);
    await morning();
    await morning();
    const [chinese, english] = [won, abroad];
    const messages = await asked();
    expect(messages.map(({ channel, to, leadId }) => [leadId, channel, to]).sort()).toEqual(
      [
        [chinese, 'email', 'wf@example.com'],
        [english, 'sms', '+442071234567'],
      ].sort(),
    );
    const words = (leadId: string | undefined): string => {
      const body = messages.find((each) => each.leadId === leadId)?.body;
      return body?.Message ?? body?.Content?.Simple.Body.Text.Data ?? '';
    };
    expect(words(chinese)).toContain('推荐');
    expect(words(english)).toContain('recommend');
    const path = /\/surveys\/\S+/.exec(words(english))?.[0] ?? '';
    expect((await system.call('PUT', path, { score: 10 }, {})).status).toBe(200);
    await system.advance('P1DT1H');
    await morning();
    await morning();
    expect((await asked('survey-reminder')).map(({ leadId }) => leadId)).toEqual([won]);
    expect(await asked()).toHaveLength(2);
    const said = await system.call<{ items: object[]; asked: { point: string; remindedAt?: string }[] }>(
      'GET',
      `/surveys?leadId=${abroad}`,
    );
    expect(said.body).toMatchObject({ items: [{ point: 'won', score: 10 }], asked: [{ point: 'won' }] });
  });

  it('everybody appraised is told that a period is closed, and their supervisors; of an appeal its answerer, of the answer its author', async () => {
    const closed = periodNameOf((await later(-7 * 24)).slice(0, 10), 'week');
    const hiredAt = (await later(-28 * 24)).slice(0, 10);
    const newcomer = { employeeId: 'rep-new', name: '新人', status: 'active', teamId: 'east', hiredAt };
    await system.hr({ ...newcomer, managerId: 'sup-east', phone: '+8613900000099' });
    const close = async () => {
      expect((await system.call('POST', `/cycles/${closed}/close`)).status).toBe(200);
      await system.idle();
    };
    await close();
    const push = async (kind: string) =>
      (await told(kind)).filter(({ channel }) => channel === 'push').map(({ to }) => to);
    const cards = await push('card-published');
    expect(new Set(cards).size).toBe(cards.length);
    expect(cards).toContain('rep-new');
    expect(await push('ranking-published')).toEqual(['sup-east']);
    const rep = await system.token({ role: 'rep', repId: 'rep-new' });
    const filed = await system.call<{ appealId: string }>(
      'POST',
      '/scorecards/rep-new/appeals',
      { period: closed, reason: 'a payment is missing' },
      rep,
    );
    expect(filed.status).toBe(201);
    await system.idle();
    expect(await push('appeal-filed')).toEqual(['sup-east']);
    const answer = { period: closed, decision: 'rejected', answer: 'it was paid later' };
    const at = `/scorecards/rep-new/appeals/${filed.body.appealId}/answer`;
    expect((await system.call('POST', at, answer)).status).toBe(200);
    await system.idle();
    expect(await push('appeal-answered')).toEqual(['rep-new']);
  });

  it('colleagues are told that they are asked for feedback; what they answer with is in no message', async () => {
    const leadId = await leadOf('rep-li');
    const colleagues = ['rep-wang', 'rep-zhao', 'rep-zhang', 'rep-liu'];
    await contact(leadId);
    for (const repId of ['rep-li', ...colleagues]) {
      await system.call('POST', `/leads/${leadId}/assign`, { repId, reason: 'service' });
      const token = await system.token({ role: 'rep', repId });
      const body = { channel: 'phone', summary: 'talked about service', outcome: 'fine' };
      expect((await system.call('POST', `/leads/${leadId}/interactions`, body, token)).status).toBe(201);
    }
    const round = await system.call<{ roundId: string; invited: number }>('POST', '/feedback/rounds', {
      repId: 'rep-li',
    });
    expect(round).toMatchObject({ status: 201, body: { invited: colleagues.length } });
    await system.idle();
    const messages = await told('feedback-asked');
    expect([...new Set(messages.filter(({ channel }) => channel === 'push').map(({ to }) => to))].sort()).toEqual(
      [...colleagues].sort(),
    );
    const token = await system.call<{ token: string }>(
      'POST',
      `/feedback/invitations/${round.body.roundId}/token`,
      {},
      await system.token({ role: 'rep', repId: 'rep-wang' }),
    );
    expect(JSON.stringify(messages)).not.toContain(token.body.token);
    expect(JSON.stringify(messages)).not.toContain('token');
  });
});
