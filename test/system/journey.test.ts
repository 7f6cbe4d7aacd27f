import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { form, useSystem } from '../running-system.ts';

const system = useSystem();
interface Problem {
  errors?: { path: string; message: string }[];
}
const clock = async () => new Date((await system.call<{ now: string }>('GET', '/_local/clock')).body.now);
const inHours = (hours: number) => system.later(hours);
const lead = (but: Record<string, unknown> = {}) => system.lead({ ...form(), preferredRepId: 'rep-li', ...but });
const li = () => system.token({ role: 'rep', repId: 'rep-li' });
const east = () => system.token({ role: 'supervisor', repId: 'sup-east', teamId: 'east' });
const call = { channel: 'phone', summary: 'x', outcome: 'interested' };
interface Logged extends Problem {
  interactionId: string;
  taskId?: string;
  tasksDone: string[];
  firstContactAt: string | null;
}
const contact = (leadId: string, but: Record<string, unknown> = {}, headers?: Record<string, string>) =>
  system.call<Logged>('POST', `/leads/${leadId}/interactions`, { ...call, ...but }, headers);
const move = (leadId: string, body: Record<string, unknown>, headers?: Record<string, string>) =>
  system.call<Problem>('POST', `/leads/${leadId}/stage`, body, headers);
interface Task {
  taskId: string;
  leadId?: string;
  repId: string;
  text: string;
  state: string;
  overdue: boolean;
  kind: string;
}
const tasks = async (headers: Record<string, string>, query = '') =>
  (await system.call<{ items: Task[] }>('GET', `/tasks${query}`, undefined, headers)).body.items;
const told = async (leadId: string, kind: string) =>
  (await system.outbox(leadId)).filter((message) => message.kind === kind);

describe('the stages of a deal', () => {
  it('are gone by the rules that it began with; a stage asks for what it asks for, and a supervisor may skip it', async () => {
    const before = await lead();
    const { body: first } = await system.call<{ version: number; journey: { stages: Record<string, object> } }>(
      'GET',
      '/config/journey',
    );
    const stages = {
      ...first.journey.stages,
      'first-contact': {
        ...first.journey.stages['first-contact'],
        stuckAfter: 'P2D',
        exit: { contact: true, actions: ['why-now'] },
      },
    };
    const put = await system.call<{ version: number }>('PUT', '/config/journey', { ...first.journey, stages });
    expect(put.status).toBe(200);
    const after = await lead();
    expect((await move(before, { to: 'needs-diagnosis' })).status).toBe(200);
    const refused = await move(after, { to: 'needs-diagnosis' }, await li());
    expect(refused.status).toBe(409);
    expect(refused.body.errors?.[0]).toMatchObject({ path: 'to', message: expect.stringContaining('why-now') });
    expect((await contact(after, { done: ['no-such-action'] })).body.errors?.[0]?.path).toBe('done.0');
    await contact(after, { done: ['why-now'], with: ['王芳'], reaction: 'positive' });
    const { body } = await system.call<{
      missing: string[];
      checklist: { id: string; done: boolean }[];
      version: number;
    }>('GET', `/leads/${after}/journey?language=en`);
    expect(body).toMatchObject({ version: put.body.version, missing: [] });
    expect(body.checklist[0]).toMatchObject({ id: 'why-now', done: true, text: 'What made them look for this now?' });
    expect((await move(after, { to: 'needs-diagnosis' }, await li())).status).toBe(200);
    const jump = { to: 'contract-negotiation' };
    expect((await move(after, jump, await li())).status).toBe(409);
    expect((await move(after, jump, await east())).body.errors?.[0]?.message).toMatch(/say the reason/);
    expect((await move(after, { ...jump, reason: 'they buy every year' }, await east())).status).toBe(200);
    expect((await move(after, { to: 'solution-demo' }, await li())).status).toBe(200);
    await system.idle();
    const moves = (await system.show(after)).timeline.filter(({ type }) => type === 'StageMoved');
    expect(moves.map(({ detail }) => [detail.to, detail.kind, detail.reason])).toEqual([
      ['needs-diagnosis', undefined, undefined],
      ['contract-negotiation', 'skip', 'they buy every year'],
      ['solution-demo', 'back', undefined],
    ]);
    expect((await system.call('POST', `/leads/${before}/journey`, undefined, await east())).body).toMatchObject({
      version: put.body.version,
    });
    await system.call('PUT', '/config/journey', first.journey);
  });

  it('that do not exist, and rules that ask for what is on no list, are refused by name', async () => {
    const leadId = await lead();
    expect((await move(leadId, { to: 'signed' })).body.errors?.[0]?.path).toBe('to');
    const { body } = await system.call<{ journey: { stages: Record<string, object> } }>('GET', '/config/journey');
    const stages = {
      ...body.journey.stages,
      'solution-demo': { ...body.journey.stages['solution-demo'], exit: { contact: false, actions: ['dance'] } },
    };
    const put = await system.call<Problem>('PUT', '/config/journey', { ...body.journey, stages });
    expect([put.status, put.body.errors?.[0]?.path]).toEqual([400, 'stages.solution-demo.exit.actions.0']);
  });
});

describe('a deal that stands still', () => {
  it('turns red when nothing happened for as long as its stage allows, and its supervisor is told once', async () => {
    const { body: before } = await system.call<{ journey: { stages: Record<string, object> } }>(
      'GET',
      '/config/journey',
    );
    const hasty = { stages: { 'first-contact': { ...before.journey.stages['first-contact'], stuckAfter: 'P1D' } } };
    await system.call('PUT', '/config/journey', { ...before.journey, productLines: { hasty } });
    const leadId = await lead({ productLine: 'hasty' });
    await contact(leadId);
    await system.advance('PT20H');
    await contact(leadId);
    await system.advance('PT20H');
    await contact(leadId, { outcome: 'no answer' });
    expect((await system.show(leadId)).stage.stuck).toBe(false);
    expect(await told(leadId, 'deal-stuck')).toEqual([]);
    await system.advance('PT5H');
    await system.idle();
    expect((await system.show(leadId)).stage.stuck).toBe(true);
    const once = await told(leadId, 'deal-stuck');
    expect(once.map(({ to }) => to)).toContain('sup-east');
    await system.advance('P1D');
    await system.idle();
    expect(await told(leadId, 'deal-stuck')).toHaveLength(once.length);
    const { body } = await system.call<{ items: { leadId: string; flags: string[] }[] }>(
      'GET',
      '/reports/stuck?flag=stuck',
      undefined,
      await east(),
    );
    expect(body.items.find((deal) => deal.leadId === leadId)?.flags).toContain('stuck');
    await move(leadId, { to: 'needs-diagnosis' });
    expect((await system.show(leadId)).stage.stuck).toBe(false);
  });
});

describe('a next step', () => {
  it('is a task of whoever has the lead, who is reminded, and their supervisor told a day after', async () => {
    const leadId = await lead();
    const { body } = await contact(
      leadId,
      { nextStep: { text: 'send the quotation', dueAt: await inHours(5) } },
      await li(),
    );
    const taskId = body.taskId ?? '';
    expect(await tasks(await li())).toContainEqual(
      expect.objectContaining({ taskId, leadId, repId: 'rep-li', text: 'send the quotation', overdue: false }),
    );
    await system.call('POST', `/leads/${leadId}/assign`, { repId: 'rep-wang', reason: 'on the road' });
    const wang = await system.token({ role: 'rep', repId: 'rep-wang' });
    expect((await tasks(await li())).map((task) => task.taskId)).not.toContain(taskId);
    expect((await tasks(wang)).map((task) => task.taskId)).toContain(taskId);
    expect((await tasks(await east())).map((task) => task.taskId)).toContain(taskId);
    await system.advance('PT4H30M');
    await system.idle();
    expect((await told(leadId, 'task-reminder')).map(({ to }) => to)).toContain('rep-wang');
    expect(await told(leadId, 'task-overdue')).toEqual([]);
    await system.advance('P2D');
    await system.idle();
    expect((await told(leadId, 'task-overdue')).map(({ to }) => to)).toContain('sup-east');
    expect((await tasks(wang)).find((task) => task.taskId === taskId)?.overdue).toBe(true);
    const done = await contact(leadId, {}, wang);
    expect(done.body.tasksDone).toEqual([taskId]);
    expect((await tasks(wang)).map((task) => task.taskId)).not.toContain(taskId);
    expect((await tasks(wang, '?state=ended'))[0]).toMatchObject({ taskId, state: 'done' });
  });

  it('is done or put off by hand, by nobody else, and ends with its deal', async () => {
    const leadId = await lead();
    const next = { nextStep: { text: 'call again', dueAt: await inHours(100) } };
    const one = (await contact(leadId, next)).body.taskId ?? '';
    const two = (await contact(leadId, next)).body.taskId ?? '';
    const zhao = await system.token({ role: 'rep', repId: 'rep-zhao' });
    expect((await system.call('POST', `/tasks/${one}/done`, undefined, zhao)).status).toBe(404);
    expect((await system.call('POST', `/tasks/${one}/done`, undefined, await li())).status).toBe(200);
    expect((await system.call('POST', `/tasks/${one}/done`, undefined, await li())).status).toBe(409);
    const past = await system.call<Problem>('POST', `/tasks/${two}/postpone`, { dueAt: '2020-01-01T00:00:00Z' });
    expect([past.status, past.body.errors?.[0]?.path]).toEqual([400, 'dueAt']);
    expect((await system.call('POST', `/tasks/${two}/postpone`, { dueAt: await inHours(200) })).body).toMatchObject({
      postponed: 1,
    });
    expect((await system.call('GET', '/tasks?repId=rep-wang', undefined, await li())).status).toBe(403);
    await move(leadId, { to: 'lost', lostReason: 'price' });
    const [ended] = (await tasks(await li(), '?state=ended')).filter((task) => task.taskId === two);
    expect(ended?.state).toBe('cancelled');
  });
});

describe('a contact that was logged wrongly', () => {
  it('is corrected by another record with its reason; the first one stays, and counts no more', async () => {
    const product = `line-${Math.random().toString(36).slice(2, 8)}`;
    const leadId = await lead({ productLine: product });
    const health = async () =>
      (
        await system.call<{ contacts: { logged: number; ineffective: number } }>(
          'GET',
          `/reports/process-health?productLine=${product}`,
        )
      ).body.contacts;
    const wrong = (await contact(leadId, {}, await li())).body.interactionId;
    const path = (interactionId: string) => `/leads/${leadId}/interactions/${interactionId}/corrections`;
    const at = (await clock()).toISOString();
    const right = { ...call, at, outcome: 'no answer', reason: 'it was the switchboard' };
    const wang = await system.token({ role: 'rep', repId: 'rep-wang' });
    expect((await system.call('POST', path(wrong), right, wang)).status).toBe(404);
    const made = await system.call<{ interactionId: string }>('POST', path(wrong), right, await li());
    expect(made.status).toBe(201);
    expect(await health()).toMatchObject({ logged: 1, ineffective: 1 });
    expect((await system.call('POST', path(wrong), right, await li())).status).toBe(409);
    const never = { retracted: true, reason: 'another customer' };
    expect((await system.call('POST', path(made.body.interactionId), never, await li())).status).toBe(201);
    expect(await health()).toMatchObject({ logged: 0, ineffective: 0 });
    const { body } = await system.call<{ items: { interactionId: string; correctedBy?: string }[] }>(
      'GET',
      `/leads/${leadId}/interactions`,
    );
    expect(body.items).toHaveLength(3);
    expect(body.items[0]).toMatchObject({ interactionId: wrong, correctedBy: made.body.interactionId });
    expect(body.items[0]).not.toHaveProperty('counted');
  });

  it('starts the clock again if it was the only one: what is overdue is told once, and the next contact counts', async () => {
    const leadId = await lead();
    const dueAt = await inHours(9);
    const { body } = await contact(leadId, { nextStep: { text: 'send the offer', dueAt } }, await li());
    await system.advance('PT5H');
    await system.idle();
    expect([await told(leadId, 'lead-overdue'), await told(leadId, 'lead-missed')]).toEqual([[], []]);
    const path = `/leads/${leadId}/interactions/${body.interactionId}/corrections`;
    const never = { retracted: true, reason: 'I mistook the customer' };
    const made = await system.call<{ reopened: boolean }>('POST', path, never, await li());
    expect(made.body).toMatchObject({ reopened: true, firstContactAt: null });
    expect(await system.show(leadId)).toMatchObject({ status: 'assigned', sla: { firstContactAt: null } });
    expect((await tasks(await li())).map(({ taskId }) => taskId)).not.toContain(body.taskId);
    await system.advance('PT5M');
    await system.idle();
    const once = await told(leadId, 'lead-overdue');
    expect(once.map(({ to }) => to)).toContain('sup-east');
    expect((await system.show(leadId)).sla.level).toBe('exception');
    await system.advance('PT2H');
    await system.idle();
    expect(await told(leadId, 'lead-overdue')).toHaveLength(once.length);
    await contact(leadId, {}, await li());
    const { sla, status } = await system.show(leadId);
    expect([status, sla.level]).toEqual(['contacted', 'exception']);
    expect(sla.firstContactAt).not.toBeNull();
  });

  it('leaves the lead waiting for its new owner if it was their only one, whoever had called before', async () => {
    const leadId = await lead();
    const { firstContactAt } = (await contact(leadId, {}, await li())).body;
    expect(
      (await system.call('POST', `/leads/${leadId}/assign`, { repId: 'rep-wang', reason: 'speaks German' })).status,
    ).toBe(200);
    const wang = await system.token({ role: 'rep', repId: 'rep-wang' });
    const logged = [await contact(leadId, {}, wang), await contact(leadId, {}, wang)];
    const after: string[] = [];
    for (const { body } of logged) {
      const path = `/leads/${leadId}/interactions/${body.interactionId}/corrections`;
      expect((await system.call('POST', path, { retracted: true, reason: 'another customer' }, wang)).status).toBe(201);
      const { status, sla, owner } = await system.show(leadId);
      expect([owner?.repId, sla.firstContactAt]).toEqual(['rep-wang', firstContactAt]);
      after.push(status);
    }
    expect(after).toEqual(['contacted', 'assigned']);
  });

  it('must make sense in the first place', async () => {
    const leadId = await lead();
    const wrongBy = async (but: object) => (await contact(leadId, { ...but })).body.errors?.[0]?.path;
    expect(await wrongBy({ minutes: -5 })).toBe('minutes');
    expect(await wrongBy({ at: '2020-01-01T00:00:00Z' })).toBe('at');
    expect(await wrongBy({ nextStep: { text: 'x', dueAt: '2020-01-01T00:00:00Z' } })).toBe('nextStep.dueAt');
    expect(await wrongBy({ summary: 'x'.repeat(10_001) })).toBe('summary');
    expect(await wrongBy({ summary: 'x'.repeat(1_000_000) })).toBe('summary');
    expect(await wrongBy({ reaction: 'enthusiastic' })).toBe('reaction');
    expect((await system.show(leadId)).sla.firstContactAt).toBeNull();
  });
});

describe('the figures of the process', () => {
  it('open to the very deals behind them', async () => {
    const product = `line-${Math.random().toString(36).slice(2, 8)}`;
    const [won, lost] = [await lead({ productLine: product }), await lead({ productLine: product })];
    const talked = (await contact(won)).body.interactionId;
    await move(won, { to: 'payment-confirmed', reason: 'paid at once' });
    await move(lost, { to: 'lost', lostReason: 'too expensive' });
    const behind = async (query: string, headers?: Record<string, string>) =>
      (
        await system.call<{ items: { leadId: string }[]; nextCursor?: string }>(
          'GET',
          `/reports/process-health/deals?productLine=${product}&${query}`,
          undefined,
          headers,
        )
      ).body;
    expect((await behind('figure=won')).items).toMatchObject([{ leadId: won, to: 'payment-confirmed' }]);
    expect((await behind('figure=lost&reason=too')).items).toMatchObject([
      { leadId: lost, stage: 'first-contact', lostReason: 'too expensive' },
    ]);
    expect((await behind('figure=lost&reason=price')).items).toMatchObject([{ leadId: lost, lostCode: 'price' }]);
    const { body: health } = await system.call('GET', `/reports/process-health?productLine=${product}`);
    expect(health.lostReasons).toEqual([{ reason: 'price', deals: 1 }]);
    expect((await behind('figure=contacts')).items).toMatchObject([{ leadId: won, interactionId: talked }]);
    const page = await behind('figure=moves&limit=1');
    expect(
      (await behind(`figure=moves&limit=1&cursor=${encodeURIComponent(page.nextCursor ?? '')}`)).items,
    ).toHaveLength(1);
    const shanghai = await system.token({ role: 'supervisor', repId: 'sup-shanghai', teamId: 'shanghai' });
    expect((await behind('figure=moves', shanghai)).items).toEqual([]);
  });
});

describe('what a review decides', () => {
  it('is a task, once, shown in the next review as kept or not; on Monday the supervisor gets the agenda', async () => {
    const leadId = await lead();
    await contact(leadId);
    const dueAt = await inHours(24);
    const decide = (decisions: object[]) =>
      system.call<Problem & { week: string; decisions: { taskId: string }[] }>('POST', '/reports/weekly-review', {
        teamId: 'east',
        decisions,
      });
    const decision = { text: 'bring an engineer along', leadId, dueAt };
    const { body, status } = await decide([decision]);
    expect(status).toBe(201);
    expect((await decide([decision])).body.decisions).toHaveLength(body.decisions.length);
    const [mine] = (await tasks(await li())).filter(({ text }) => text === decision.text);
    expect(mine).toMatchObject({ kind: 'decision', leadId, repId: 'rep-li' });
    const wrong = async (but: object) => (await decide([{ ...decision, ...but }])).body.errors?.[0]?.path;
    expect(await wrong({ repId: 'rep-zhang' })).toBe('decisions.0.repId');
    expect(await wrong({ leadId: 'nobody' })).toBe('decisions.0.leadId');
    expect(await wrong({ dueAt: '2020-01-01T00:00:00Z' })).toBe('decisions.0.dueAt');
    await system.advance('P7D');
    await system.idle();
    const review = await system.call<{ lastDecisions: { text: string; kept: boolean | null }[]; deals: object[] }>(
      'GET',
      '/reports/weekly-review?teamId=east',
    );
    expect(review.body.lastDecisions).toContainEqual(expect.objectContaining({ text: decision.text, kept: false }));
    const sent = (await system.outbox()).filter(({ kind, to }) => kind === 'weekly-review' && to === 'sup-east');
    expect(sent.length).toBeGreaterThan(0);
    expect(JSON.stringify(sent.at(-1)?.body)).toContain('/console/review');
  });
});

describe('a file that proves a contact', () => {
  const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<< >>\nendobj\n');
  const declare = async (leadId: string, but: object = {}, headers?: Record<string, string>) =>
    system.call<Problem & { uploadId: string; url: string; headers: Record<string, string> }>(
      'POST',
      `/leads/${leadId}/evidence`,
      { name: '会议纪要.pdf', type: 'application/pdf', bytes: pdf.length, ...but },
      headers ?? (await li()),
    );
  const upload = ({ url, headers }: { url: string; headers: Record<string, string> }, bytes: Buffer) =>
    fetch(url, { method: 'PUT', headers, body: new Uint8Array(bytes) });

  it('is uploaded, named when the contact is logged, and had again by who may see the lead', async () => {
    const leadId = await lead();
    const { body } = await declare(leadId);
    const evidence = [{ name: 'minutes', uploadId: body.uploadId }];
    const early = await contact(leadId, { evidence }, await li());
    expect([early.status, early.body.errors?.[0]?.path]).toEqual([400, 'evidence.0.uploadId']);
    expect((await upload(body, pdf)).status).toBe(200);
    expect((await contact(leadId, { evidence }, await li())).status).toBe(201);
    const address = `/leads/${leadId}/evidence/${body.uploadId}`;
    const had = await system.call<{ url: string }>('GET', address, undefined, await li());
    expect(Buffer.from(await (await fetch(had.body.url)).arrayBuffer())).toEqual(pdf);
    const wang = await system.token({ role: 'rep', repId: 'rep-wang' });
    expect((await system.call('GET', address, undefined, wang)).status).toBe(404);
    expect((await system.call('POST', `${address}/scan`, { verdict: 'infected' })).status).toBe(200);
    expect((await system.call('GET', address, undefined, await li())).status).toBe(409);
    expect((await contact(leadId, { evidence }, await li())).body.errors?.[0]?.path).toBe('evidence.0.uploadId');
  });

  it('is refused by name when it is a program, another’s, or not what it was declared to be', async () => {
    const leadId = await lead();
    expect((await declare(leadId, { name: 'quotation.exe' })).body.errors?.[0]?.path).toBe('name');
    expect((await declare(leadId, { type: 'application/x-msdownload' })).body.errors?.[0]?.path).toBe('type');
    const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(100)]);
    const { body } = await declare(leadId, { bytes: program.length });
    await upload(body, program);
    const evidence = [{ name: 'x', uploadId: body.uploadId }];
    expect((await contact(leadId, { evidence })).body.errors?.[0]).toMatchObject({ path: 'evidence.0.uploadId' });
    expect((await contact(await lead(), { evidence })).status).toBe(400);
    expect((await system.show(leadId)).sla.firstContactAt).toBeNull();
  });
});

describe('a CRM beside it', () => {
  it('is told of each move, signed, with the customer and why, once the rules say so', async () => {
    const { body } = await system.call<{ notices: object }>('GET', '/config/notices');
    const leadId = await lead();
    await move(leadId, { to: 'needs-diagnosis' });
    await system.idle();
    expect((await system.outbox(leadId)).filter(({ channel }) => channel === 'crm')).toEqual([]);
    await system.call('PUT', '/config/notices', { ...body.notices, deals: ['crm'] });
    await move(leadId, { to: 'lost', lostReason: 'too expensive' });
    await system.idle();
    const [told] = (await system.outbox(leadId)).filter(({ channel }) => channel === 'crm');
    expect(told?.body).toMatchObject({
      type: 'deal.moved',
      data: {
        leadId,
        from: 'needs-diagnosis',
        to: 'lost',
        lostReason: 'too expensive',
        owner: { repId: 'rep-li' },
        contact: { name: '王芳' },
      },
    });
    await system.call('PUT', '/config/notices', body.notices);
  });
});

describe('history', () => {
  it('is taken in as it was, wrong rows named; deals are exported as CSV and Parquet', async () => {
    const product = `line-${Math.random().toString(36).slice(2, 8)}`;
    const won = {
      externalId: `crm-${product}`,
      contact: { name: '=cmd()', email: `${product}@example.com` },
      productLine: product,
      repId: 'rep-li',
      receivedAt: new Date((await clock()).getTime() - 20 * 86_400_000).toISOString(),
      entered: [
        { stage: 'payment-confirmed', at: new Date((await clock()).getTime() - 10 * 86_400_000).toISOString() },
      ],
    };
    const deals = [won, { ...won, externalId: 'b', repId: 'nobody' }, { ...won, externalId: 'c', receivedAt: 'never' }];
    const { body, status } = await system.call<{ taken: number; rejected: { index: number; path: string }[] }>(
      'POST',
      '/history',
      { deals },
    );
    expect([status, body.taken]).toEqual([200, 1]);
    expect(body.rejected.map(({ index, path }) => [index, path])).toEqual([
      [1, 'repId'],
      [2, 'receivedAt'],
    ]);
    const health = await system.call<{ cycle: { deals: number; meanHours: number } }>(
      'GET',
      `/reports/process-health?productLine=${product}`,
    );
    expect(health.body.cycle).toMatchObject({ deals: 1, meanHours: 240 });
    const answer = await fetch(`${system.runtime.url}/exports/deals`, {
      headers: await system.token({ role: 'admin' }),
    });
    expect(answer.headers.get('content-type')).toContain('text/csv');
    const line = (await answer.text()).split('\r\n').find((each) => each.includes(product));
    expect(line).toContain(',first-contact,payment-confirmed,240.00,240.00,');
    expect((await system.call('POST', '/history', { deals }, await li())).status).toBe(403);
    const columnar = await fetch(`${system.runtime.url}/exports/deals`, {
      headers: { ...(await system.token({ role: 'admin' })), accept: 'application/vnd.apache.parquet' },
    });
    expect(columnar.headers.get('content-type')).toBe('application/vnd.apache.parquet');
    const moves = await parquetReadObjects({ file: await columnar.arrayBuffer() });
    expect(moves.find(({ productLine }) => productLine === product)).toEqual({
      at: new Date(String(won.entered[0]?.at)),
      leadId: expect.any(String),
      teamId: 'east',
      repId: 'rep-li',
      productLine: product,
      source: 'history',
      from: 'first-contact',
      to: 'payment-confirmed',
      hours: 240,
      cycleHours: 240,
      lostReason: null,
      lostCode: null,
    });
    const unknown = await system.call<Problem>('GET', '/exports/deals?format=xlsx');
    expect([unknown.status, unknown.body.errors?.[0]?.path]).toEqual([400, 'format']);
  });
});
