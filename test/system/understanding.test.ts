import { beforeAll, describe, expect, it } from 'vitest';
import { form, useSystem } from '../running-system.ts';

const system = useSystem();

interface Finding {
  topic: string;
  stance?: string;
  words: { text: string; start: number; end: number }[];
}
interface Transcripts {
  items: { text: string; from: string; findings?: Finding[] }[];
  understanding: {
    intent: { grade: string; reasons: { reason: string }[] } | null;
    talk: { rep: number; customer: number };
    questions: { rep: number; customer: number };
    nextStep: { by: string; words: { text: string } } | null;
    messages: number;
    version: number;
  } | null;
}
const said = async (leadId: string) => (await system.call<Transcripts>('GET', `/leads/${leadId}/transcripts`)).body;
const post = (leadId: string, text: string, but: object = {}) =>
  system.call<{ errors?: { path: string }[]; unknownSpeakers?: string[] }>('POST', `/leads/${leadId}/transcripts`, {
    channel: 'phone',
    text,
    ...but,
  });
const put = async (leadId: string, text: string) => {
  expect((await post(leadId, text)).status).toBe(201);
  await system.idle();
};
const types = async (leadId: string, type: string) =>
  (await system.show(leadId)).timeline.filter((entry) => entry.type === type);

const keen =
  '销售: 您这边预算大概多少?\n客户: 三十万以内吧\n客户: 我们想找一套能管线索的系统,下个月就要上线\n销售: 那周四下午给您演示?\n客户: 好的';

describe('a conversation that was put to a lead', () => {
  it('is understood: topics with the words they stand on, intent with its reasons, who talks, what is next', async () => {
    const leadId = await system.lead(form());
    const before = (await system.show(leadId)).score?.value ?? 0;
    expect((await said(leadId)).understanding).toBeNull();
    await put(leadId, keen);
    const { items, understanding } = await said(leadId);
    expect(items.map(({ text }) => text)).toEqual(keen.split('\n').map((line) => line.slice(4)));
    const found = items.flatMap(({ text, findings = [] }) =>
      findings.map(({ topic, stance, words }) => {
        for (const { text: word, start, end } of words) expect(text.slice(start, end)).toBe(word);
        return [topic, stance];
      }),
    );
    expect(found).toEqual([
      ['budget', 'has'],
      ['need', undefined],
      ['timing', 'soon'],
    ]);
    expect(understanding).toMatchObject({
      intent: { grade: 'high' },
      questions: { rep: 2, customer: 0 },
      nextStep: { by: 'rep', words: { text: '那周四下午给您演示?' } },
      messages: 5,
      version: 1,
    });
    expect((understanding?.talk.rep ?? 0) + (understanding?.talk.customer ?? 0)).toBeCloseTo(1);
    const { score } = await system.show(leadId);
    expect(score?.value).toBe(before + 10);
    expect(score?.points).toContainEqual({
      rule: 'conversation',
      points: 10,
      because: 'high intent: need named, budget there, soon, next step agreed',
    });
    expect(await types(leadId, 'ConversationUnderstood')).toHaveLength(1);
    expect((await types(leadId, 'LeadRescored'))[0]?.detail).toMatchObject({ from: { value: before } });
  });

  it('counts once, however often it is posted, and what is said later counts', async () => {
    const leadId = await system.lead(form());
    const before = (await system.show(leadId)).score?.value ?? 0;
    await Promise.all([post(leadId, keen), post(leadId, keen)]);
    await system.idle();
    await put(leadId, keen);
    expect((await system.show(leadId)).score?.value).toBe(before + 10);
    expect(await types(leadId, 'ConversationUnderstood')).toHaveLength(1);
    await system.advance('PT1H');
    await put(leadId, '客户: 预算被砍了,我们不考虑了');
    expect((await said(leadId)).understanding).toMatchObject({ messages: 6, intent: { grade: 'middle' } });
    expect((await system.show(leadId)).score?.value).toBe(before + 4);
    expect(await types(leadId, 'ConversationUnderstood')).toHaveLength(2);
  });

  it('of a lead that has ended is understood, and changes no score', async () => {
    const leadId = await system.lead(form());
    expect((await system.call('POST', `/leads/${leadId}/stage`, { to: 'lost', lostReason: 'price' })).status).toBe(200);
    const { score } = await system.show(leadId);
    await put(leadId, '客户: 太贵了');
    expect((await said(leadId)).items[0]?.findings).toMatchObject([{ topic: 'price-sensitivity' }]);
    expect((await system.show(leadId)).score).toEqual(score);
  });

  it('that names nobody whom we know says so', async () => {
    const leadId = await system.lead(form());
    const { status, body } = await post(leadId, '甲: 太贵了\n乙: 不贵');
    expect([status, body]).toMatchObject([201, { unknownSpeakers: ['甲', '乙'] }]);
    await system.idle();
    expect((await said(leadId)).understanding).toMatchObject({ intent: null, talk: { rep: 0, customer: 0 } });
    expect((await post(leadId, '没有人说话')).body.errors).toMatchObject([{ path: 'text' }]);
    expect((await post(leadId, `客户: ${'长'.repeat(200_001)}`)).status).toBe(400);
  });
});

describe('a company’s own words', () => {
  const publish = (rules: object) =>
    system.call<{ version: number; errors?: { path: string; message: string }[] }>(
      'PUT',
      '/config/understanding',
      rules,
    );

  it('that make no sense are named, and nothing changes', async () => {
    const wrong = async (rules: object) => {
      const { status, body } = await publish(rules);
      expect(status).toBe(400);
      return body.errors?.map(({ path, message }) => `${path}: ${message}`).join();
    };
    expect(await wrong({ words: { prize: ['dear'] } })).toBe('words.prize: is not known here');
    expect(await wrong({ words: { budget: ['x'] } })).toMatch(/^words\.budget\.0: a word of at least two/);
    expect(await wrong({ competitors: ['Acme', 'acme'] })).toBe('competitors.1: acme stands in competitors already');
    expect(await wrong({ points: { high: 50, middle: 0, low: 0 } })).toMatch(/^points\.high: /);
    expect(await wrong({ rivals: [] })).toMatch(/rivals/);
    expect((await system.call('GET', '/config/understanding')).body).toMatchObject({ version: 1 });
  });

  describe('once published', () => {
    beforeAll(async () => {
      const rules = { competitors: ['极云'], words: { need: ['公海'] }, points: { high: 20, middle: 1, low: -20 } };
      expect((await publish(rules)).body).toMatchObject({ version: 2 });
    });

    it('are found, and kept with their version', async () => {
      const leadId = await system.lead(form());
      await put(leadId, '客户: 我们在看极云\n客户: 公海这块怎么做的呢,要有公海');
      const { items, understanding } = await said(leadId);
      expect(items.map(({ findings = [] }) => findings.map(({ topic }) => topic))).toEqual([['competitor'], ['need']]);
      expect(understanding).toMatchObject({ version: 2, intent: { grade: 'middle' } });
    });
  });
});
