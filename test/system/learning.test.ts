import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { closedDeals, dealsAreClosed } from '../closed-deals.ts';
import { form, useSystem } from '../running-system.ts';

const system = useSystem('empty');

interface Models {
  setting: string | number;
  inForce: { version: number | null; because: string };
  lastRun: { closed: number } | null;
  items: { version: number; kept: boolean; measures: { candidate: { auc: number }; rules: { auc: number } } }[];
}

const models = async () => (await system.call<Models>('GET', '/config/scoring/models')).body;
const rules = async () =>
  (await system.call<{ scoring: Record<string, unknown> }>('GET', '/config/scoring')).body.scoring;
const night = async () => {
  expect((await system.call('POST', '/_local/schedules/learning')).status).toBe(200);
  await system.idle();
};

describe('scoring that learns', () => {
  it('says that the rules score as long as there is nothing to learn from', async () => {
    expect(await models()).toMatchObject({ setting: 'auto', inForce: { version: null }, lastRun: null, items: [] });
    await night();
    expect(await models()).toMatchObject({
      inForce: { version: null, because: expect.stringContaining('at least 200 and 30') },
      lastRun: { closed: 0 },
    });
  });

  it('scores by what it learned, explains it in points, and tells how good it is', async () => {
    const client = DynamoDBDocumentClient.from(
      new DynamoDBClient({
        endpoint: system.runtime.tableEndpoint,
        region: 'us-east-1',
        credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      }),
      { marshallOptions: { removeUndefinedValues: true } },
    );
    const [name = ''] = system.runtime.tableNames;
    const { body } = await system.call<{ now: string }>('POST', '/_local/clock', { advance: 'PT1S' });
    await dealsAreClosed({ name, client }, closedDeals(400, new Date(body.now)));
    client.destroy();
    await night();
    const { inForce, items } = await models();
    expect(inForce.version).toBe(1);
    expect(items).toMatchObject([{ version: 1, kept: true }]);
    expect(items[0]?.measures.candidate.auc).toBeGreaterThan(items[0]?.measures.rules.auc ?? 1);
    const { status, body: whole } = await system.call('GET', '/config/scoring/models/1');
    expect(status).toBe(200);
    expect(whole).toMatchObject({ version: 1, model: { format: 'leadkeeper-model', zone: 'Asia/Shanghai' } });

    const leadId = await system.lead(
      form({ company: { industry: 'machines', employees: 80 }, behavior: { downloads: 3 } }),
    );
    const { score } = await system.show(leadId);
    expect(score).toMatchObject({ version: 1, model: 1, probability: expect.any(Number) });
    expect(score?.points.reduce((sum, { points }) => sum + points, 0)).toBe(score?.value);
    expect(score?.points.map(({ rule }) => rule)).toContain('company.industry');
  });

  it('is switched off, and names a version that is there, by the scoring rules', async () => {
    const before = await rules();
    const wrong = await system.call<{ errors: { path: string }[] }>('PUT', '/config/scoring', { ...before, model: 99 });
    expect(wrong.status).toBe(400);
    expect(JSON.stringify(wrong.body)).toContain('model');
    expect((await system.call('PUT', '/config/scoring', { ...before, model: 'off' })).status).toBe(200);
    expect((await models()).inForce.version).toBeNull();
    const leadId = await system.lead(form());
    expect((await system.show(leadId)).score).not.toHaveProperty('model');
    expect((await system.call('PUT', '/config/scoring', { ...before, model: 1 })).status).toBe(200);
    expect(await models()).toMatchObject({ setting: 1, inForce: { version: 1 } });
    expect((await system.call('GET', '/config/scoring/models/7')).status).toBe(404);
    const rep = await system.token({ role: 'rep', repId: 'rep-1' });
    expect((await system.call('GET', '/config/scoring/models', undefined, rep)).status).toBe(403);
  });
});
