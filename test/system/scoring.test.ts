import { beforeAll, describe, expect, it } from 'vitest';
import { form, useSystem } from '../running-system.ts';

const system = useSystem();

const points = (rule: string, field: string, ...bands: [number, number][]) => ({
  rule,
  field,
  unit: field,
  bands: bands.map(([atLeast, given]) => ({ atLeast, points: given })),
});
const rules = {
  rules: [
    { rule: 'base', field: 'source.channel', values: { web: 20 } },
    points('reads', 'behavior.pageViews', [2, 25]),
    points('downloads', 'behavior.downloads', [1, 30]),
    { rule: 'prices', when: { field: 'behavior.pageViews.pricing', is: 'at-least', value: 1 }, points: 1 },
  ],
  grades: { A: 70, B: 40 },
};
const publish = (scoring: object) =>
  system.call<{ version: number; errors?: { path: string; message: string }[] }>('PUT', '/config/scoring', scoring);
interface Counted {
  counted: number;
  repeated: number;
  errors?: { path: string }[];
}
const did = (leadId: string, events: object[], headers = { 'x-api-key': system.keys.web ?? '' }) =>
  system.call<Counted>('POST', `/leads/${leadId}/behavior`, { events }, headers);
let events = 0;
const event = (type: string, but: object = {}) => {
  events += 1;
  return { eventId: `event-${events}`, type, at: '2026-01-02T03:04:05.000Z', ...but };
};
const now = async () => (await system.call<{ now: string }>('POST', '/_local/clock', { advance: 'PT0S' })).body.now;
const types = ({ timeline }: { timeline: { type: string }[] }) => timeline.map(({ type }) => type);

describe('what a customer does after the form', () => {
  beforeAll(async () => {
    expect((await publish(rules)).status).toBe(200);
    const sla = {
      supervisorAfter: 'PT2H',
      exceptionAfter: 'PT4H',
      grades: { A: { supervisorAfter: 'PT30M', exceptionAfter: 'PT1H' } },
    };
    expect((await system.call('PUT', '/config/sla', sla)).status).toBe(200);
  });

  it('makes it a better lead: the owner is told, and the supervisor hears of it sooner, but not for time before', async () => {
    const leadId = await system.lead(form());
    expect((await system.show(leadId)).score).toMatchObject({ value: 20, grade: 'C' });
    await system.advance('PT50M');
    const answer = await did(leadId, [
      event('page-view', { seconds: 30, what: '/pricing' }),
      event('page-view'),
      event('download', { what: 'a.pdf' }),
    ]);
    expect(answer).toMatchObject({ status: 200, body: { leadId, counted: 3, repeated: 0, tooOld: 0 } });
    const at = Date.parse(await now());
    await system.idle();
    const lead = await system.show(leadId);
    expect(lead.score).toMatchObject({ value: 76, grade: 'A', version: 2 });
    expect(lead.score?.points).toContainEqual({ rule: 'reads', points: 25, because: '2 behavior.pageViews' });
    expect(lead.timeline.find(({ type }) => type === 'LeadRescored')?.detail).toMatchObject({
      from: { value: 20, grade: 'C' },
      grade: 'A',
      raised: true,
      repId: lead.owner?.repId,
    });
    const due = Date.parse(lead.sla.supervisorDueAt) - at;
    expect(due).toBeGreaterThan(25 * 60_000);
    expect(due).toBeLessThanOrEqual(30 * 60_000);
    const raised = (await system.outbox(leadId)).filter(({ kind }) => kind === 'lead-raised');
    expect(raised.map(({ channel }) => channel).sort()).toEqual(['push', 'sms']);
    expect((await system.outbox(leadId)).map(({ kind }) => kind)).not.toContain('lead-overdue');
    await system.advance('PT31M');
    expect((await system.show(leadId)).sla.level).toBe('supervisor');
    expect((await system.call('POST', '/audit/replay', { leadId })).body).toMatchObject({ decisions: 1, identical: 1 });
    expect((await system.call('GET', `/audit/verify?leadId=${leadId}`)).body).toMatchObject({ intact: true });
  });

  it('counts once, however often and in whatever order it is told', async () => {
    const leadId = await system.lead(form());
    const told = [event('page-view'), event('page-view')];
    const answers = await Promise.all([did(leadId, told), did(leadId, told.toReversed()), did(leadId, told.slice(1))]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers.reduce((sum, { body }) => sum + body.counted, 0)).toBe(2);
    expect((await did(leadId, told)).body).toMatchObject({ counted: 0, repeated: 2 });
    const lead = await system.show(leadId);
    expect(lead.score).toMatchObject({ value: 45, grade: 'B' });
    expect(types(lead).filter((type) => type === 'LeadRescored')).toHaveLength(1);
  });

  it('writes no lead anew, and says nothing, while the score stays as it is', async () => {
    const leadId = await system.lead({ ...form(), behavior: { pageViews: 5 } });
    const before = await system.show(leadId);
    for (let n = 0; n < 20; n += 1) expect((await did(leadId, [event('page-view')])).status).toBe(200);
    expect(await system.show(leadId)).toEqual(before);
    const { perStep } = { perStep: {}, ...(await system.call<{ perStep?: object }>('GET', '/_local/cost')).body };
    expect(perStep).toBeDefined();
  });

  it('that comes while a lead waits to be scored is in its score', async () => {
    const { body } = await system.post(form());
    expect((await did(body.leadId, [event('page-view'), event('page-view')])).status).toBe(200);
    await system.idle();
    expect((await system.show(body.leadId)).score).toMatchObject({ value: 45, grade: 'B' });
  });

  it('of a duplicate counts for the lead that it is of; of a closed lead it is kept and changes nothing', async () => {
    const posted = form();
    const leadId = await system.lead(posted);
    const duplicate = (await system.post(posted)).body;
    expect(duplicate).toMatchObject({ status: 'duplicate', duplicateOf: leadId });
    await system.idle();
    await did(duplicate.leadId, [event('page-view'), event('page-view')]);
    expect((await system.show(leadId)).score).toMatchObject({ value: 45 });
    expect((await system.call('POST', `/leads/${leadId}/stage`, { to: 'lost', lostReason: 'price' })).status).toBe(200);
    expect((await did(leadId, [event('download')])).body).toMatchObject({ counted: 1 });
    expect((await system.show(leadId)).score).toMatchObject({ value: 45 });
  });

  it('is taken from sites with their key and from people who may see the lead, and from nobody else', async () => {
    const leadId = await system.lead({ ...form(), preferredRepId: 'rep-li' });
    const { owner } = await system.show(leadId);
    const as = async (repId: string) =>
      (await did(leadId, [event('download')], (await system.token({ role: 'rep', repId })) as never)).status;
    expect(await as(owner?.repId ?? '')).toBe(200);
    expect(await as(owner?.repId === 'rep-zhou' ? 'rep-li' : 'rep-zhou')).toBeGreaterThanOrEqual(403);
    expect((await did(leadId, [event('download')], { 'x-api-key': 'wrong' })).status).toBe(401);
    expect((await did(leadId, [event('download')], {} as never)).status).toBe(401);
    expect((await did('01JD0000000000000000000001', [event('download')])).status).toBe(404);
  });

  it('may come without an id, and one event by itself: what says the very same counts once', async () => {
    const leadId = await system.lead(form());
    const { at } = event('page-view');
    const once = async (body: object) =>
      (
        await system.call<{ counted: number }>('POST', `/leads/${leadId}/behavior`, body, {
          'x-api-key': system.keys.web ?? '',
        })
      ).body;
    expect(await once({ type: 'download', at })).toMatchObject({ counted: 1, repeated: 0 });
    expect(await once({ events: [{ type: 'download', at }] })).toMatchObject({ counted: 0, repeated: 1 });
    expect(await once({ type: 'pageView', what: '/pricing' })).toMatchObject({ counted: 1 });
  });

  it('is refused by the field that is wrong, and nothing of the batch counts', async () => {
    const leadId = await system.lead(form());
    const path = async (wrong: object) => {
      const { status, body } = await did(leadId, [event('page-view'), wrong]);
      expect(status).toBe(400);
      return body.errors?.[0]?.path;
    };
    expect(await path(event('Page View'))).toBe('events.1.type');
    expect(await path(event('page-view', { at: '2099-01-01T00:00:00Z' }))).toBe('events.1.at');
    expect(await path(event('page-view', { at: '0001-01-01T00:00:00Z' }))).toBe('events.1.at');
    expect(await path(event('page-view', { seconds: -1 }))).toBe('events.1.seconds');
    expect(await path({ eventId: 'e1' })).toBe('events.1.type');
    expect((await did(leadId, [])).status).toBe(400);
    expect(
      (
        await did(
          leadId,
          Array.from({ length: 101 }, () => event('page-view')),
        )
      ).status,
    ).toBe(400);
    expect((await did(leadId, [event('page-view')])).body).toMatchObject({ counted: 1, repeated: 0 });
    expect((await system.show(leadId)).score).toMatchObject({ value: 20 });
  });
});

describe('the scoring table', () => {
  const draft = {
    ...rules,
    rules: [
      ...rules.rules,
      { rule: 'large', when: { field: 'company.employees', is: 'at-least', value: 300 }, points: 60 },
      { rule: 'typo', when: { field: 'behavior.downlods', is: 'given' }, points: 5 },
    ],
  };
  interface Previewed {
    leads: number;
    changed: { leadId: string }[];
    changes: { value: number; grade: number };
    grades: { before: Record<string, number>; after: Record<string, number> };
    moves: Record<string, Record<string, number>>;
    winRates: { after: Record<string, { closed: number; won: number; rate: number | null }> };
    values: { before: { mean: number; tens: number[] } };
    examples: { leadId: string; points: { rule: string; before: number | null; after: number | null }[] }[];
    neverGiven: string[];
    scoredBy: object;
  }

  it('is tried on past leads before it is taken, and changes nothing', async () => {
    await system.advance('PT1H');
    const from = await now();
    const large = await system.lead({ ...form(), company: { employees: 500 } });
    const small = await system.lead({ ...form(), company: { employees: 5 } });
    await system.call('POST', `/leads/${large}/stage`, { to: 'lost', lostReason: 'price' });
    const { status, body } = await system.call<Previewed>('POST', '/config/scoring/preview', { scoring: draft, from });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      leads: 2,
      changed: [{ leadId: large, from: { value: 20, grade: 'C' }, to: { value: 80, grade: 'A' } }],
      changes: { value: 1, grade: 1 },
      grades: { before: { A: 0, B: 0, C: 2 }, after: { A: 1, B: 0, C: 1 } },
      moves: { A: { A: 0, B: 0, C: 0 }, B: { A: 0, B: 0, C: 0 }, C: { A: 1, B: 0, C: 1 } },
      winRates: {
        before: { C: { closed: 1, won: 0, rate: 0 } },
        after: { A: { closed: 1, won: 0, rate: 0 }, C: { closed: 0, won: 0, rate: null } },
      },
      examples: [
        { leadId: large, points: [{ rule: 'large', before: null, after: 60, because: 'company.employees is 500' }] },
      ],
      scoredBy: { before: 'rules', after: 'rules' },
    });
    expect(body.neverGiven).toContain('behavior.downlods');
    expect(body.values.before.tens.reduce((sum, each) => sum + each, 0)).toBe(2);
    expect((await system.show(small)).score).toMatchObject({ value: 20, version: 2 });
    expect((await system.call<{ version: number }>('GET', '/config/scoring')).body.version).toBe(2);
    const one = await system.call<Previewed>('POST', '/config/scoring/preview', { scoring: draft, limit: 1 });
    expect(one.body).toMatchObject({ leads: 1, changed: [] });
    const before = await system.call<Previewed>('POST', '/config/scoring/preview', { scoring: draft, to: from });
    expect(before.body.leads).toBeGreaterThan(2);
    expect((await system.call<Previewed>('POST', '/config/scoring/preview?leads=1', draft)).body).toMatchObject({
      leads: 1,
    });
  });

  it('is refused by the path of what is wrong in it, and nothing is changed', async () => {
    const wrong = async (rule: object) => {
      const { status, body } = await publish({ ...rules, rules: [rules.rules[0], rule] });
      expect(status).toBe(400);
      return body.errors?.[0];
    };
    const when = (condition: object) => ({ rule: 'x', when: condition, points: 1 });
    expect(await wrong(when({ field: 'company.employes', is: 'given' }))).toEqual({
      path: 'rules.1.when.field',
      message: 'unknown field company.employes: did you mean company.employees?',
    });
    expect(await wrong({ rule: 'x', field: 'employees', unit: '', bands: [{ atLeast: 1, points: 1 }] })).toMatchObject({
      path: 'rules.1.field',
    });
    expect(
      await wrong(when({ is: 'any', of: [{ field: 'contact.email', is: 'matching', value: '(a+)+$' }] })),
    ).toMatchObject({
      path: 'rules.1.when.of.0.value',
      message: expect.stringMatching(/refused/),
    });
    expect(await wrong({ rule: 'x', field: 'productLine', present: 500 })).toMatchObject({ path: 'rules.1.present' });
    const preview = await system.call<{ errors: { path: string }[] }>('POST', '/config/scoring/preview', {
      scoring: { ...rules, rules: [when({ field: 'nonsense', is: 'given' })] },
    });
    expect(preview).toMatchObject({ status: 400, body: { errors: [{ path: 'scoring.rules.0.when.field' }] } });
    expect((await system.call<{ version: number }>('GET', '/config/scoring')).body.version).toBe(2);
  });

  it('speaks of fields that are listed with their words, each of which it takes', async () => {
    const { body } = await system.call<{
      items: { field: string; type: string; words: string; comparisons: string[] }[];
    }>('GET', '/config/scoring/fields');
    expect(body.items).toContainEqual({
      field: 'company.employees',
      type: 'number',
      words: 'how many people work there',
      comparisons: ['equal', 'not-equal', 'one-of', 'none-of', 'at-least', 'at-most', 'between', 'given', 'missing'],
    });
    const all = body.items.map(({ field }) => ({
      rule: field,
      when: { field: field.replace('<name>', 'some-name'), is: 'given' },
      points: 1,
    }));
    expect((await publish({ ...rules, rules: all })).status).toBe(200);
  });
});
