import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { form, puxi, useSystem } from '../running-system.ts';

const system = useSystem();
type Listed = { items: { leadId: string; owner: { repId: string; teamId: string } | null }[]; nextCursor?: string };

describe('who may see what', () => {
  it('shows a rep their own leads, a supervisor their team’s, an admin all', async () => {
    const east = await system.lead({ ...form(), preferredRepId: 'rep-li' });
    const shanghai = await system.lead({ ...form(puxi), preferredRepId: 'rep-liu' });
    const seen = async (person: Parameters<typeof system.token>[0]) => {
      const { body } = await system.call<Listed>('GET', '/leads', undefined, await system.token(person));
      return body.items.map(({ leadId }) => leadId);
    };
    expect(await seen({ role: 'rep', repId: 'rep-li' })).toEqual([east]);
    expect(await seen({ role: 'supervisor', repId: 'sup-shanghai', teamId: 'shanghai' })).toEqual([shanghai]);
    expect(await seen({ role: 'admin' })).toEqual([shanghai, east]);
    const rep = await system.token({ role: 'rep', repId: 'rep-li' });
    for (const path of [
      `/leads/${shanghai}`,
      `/leads/${shanghai}/decisions`,
      `/leads/${shanghai}/interactions`,
      '/reps/rep-liu',
    ]) {
      expect((await system.call('GET', path, undefined, rep)).status).toBe(404);
    }
    expect((await system.call('GET', '/manual-queue', undefined, rep)).status).toBe(403);
    const moved = await system.call('POST', `/leads/${shanghai}/stage`, { to: 'lost', lostReason: 'x' }, rep);
    expect(moved.status).toBe(404);
  });

  it('lists leads newest first, page by page, by state, grade and owner', async () => {
    const made: string[] = [];
    for (let count = 0; count < 5; count += 1) made.push(await system.lead({ ...form(), preferredRepId: 'rep-huang' }));
    const pages: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await system.call<Listed>(
        'GET',
        `/leads?owner=rep-huang&limit=2${cursor ? `&cursor=${cursor}` : ''}`,
      );
      expect(body.items.length).toBeLessThanOrEqual(2);
      pages.push(...body.items.map(({ leadId }) => leadId));
      cursor = body.nextCursor;
    } while (cursor);
    expect(pages).toEqual(made.reverse());
    const assigned = await system.call<Listed>('GET', '/leads?status=assigned&grade=C&limit=200');
    expect(assigned.body.items.length).toBeGreaterThan(4);
    expect((await system.call<Listed>('GET', '/leads?status=manual')).body.items).toEqual([]);
    expect(await system.call('GET', '/leads?status=asleep')).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'status' }] },
    });
    expect(await system.call('GET', '/leads?limit=1000')).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'limit' }] },
    });
  });

  it('shows won and lost deals to who had them and to their supervisor', async () => {
    const rep = await system.token({ role: 'rep', repId: 'rep-chen' });
    const supervisor = await system.token({ role: 'supervisor', repId: 'sup-east', teamId: 'east' });
    const other = await system.token({ role: 'supervisor', repId: 'sup-shanghai', teamId: 'shanghai' });
    const leadId = await system.lead({ ...form(), preferredRepId: 'rep-chen' });
    const lost = await system.call('POST', `/leads/${leadId}/stage`, { to: 'lost', lostReason: 'no budget' }, rep);
    expect(lost.status).toBeLessThan(300);
    for (const path of ['/leads?status=lost', '/leads?owner=rep-chen', '/leads'])
      for (const person of [rep, supervisor]) {
        const { body } = await system.call<Listed>('GET', path, undefined, person);
        expect(body.items.map((each) => each.leadId)).toContain(leadId);
      }
    expect((await system.call<Listed>('GET', '/leads?status=lost', undefined, other)).body.items).toEqual([]);
    expect((await system.call<Listed>('GET', '/leads?status=won', undefined, rep)).body.items).toEqual([]);
  });

  it('lets nobody in without a token, or with one that is forged or of another issuer', async () => {
    const forged = await new SignJWT({ role: 'admin' })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(`${system.runtime.url}/_local/oidc`)
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode('a secret of somebody else, long enough'));
    for (const headers of [{}, { authorization: 'Bearer nonsense' }, { authorization: `Bearer ${forged}` }]) {
      const answer = await system.call('GET', '/leads', undefined, headers as Record<string, string>);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  it('lets a token expire by the clock', async () => {
    const token = await system.token({ role: 'admin' });
    await system.call('POST', '/_local/clock', { advance: 'PT1M' });
    expect((await system.call('GET', '/reps', undefined, token)).status).toBe(200);
  });

  it('describes every call, from the schemas that check them', async () => {
    const { body } = await system.call<{
      openapi: string;
      paths: Record<string, Record<string, { responses: unknown }>>;
    }>('GET', '/openapi.json', undefined, {});
    expect(body.openapi).toBe('3.1.0');
    for (const path of [
      '/leads/web',
      '/leads',
      '/leads/{leadId}',
      '/leads/{leadId}/decisions',
      '/leads/{leadId}/interactions',
      '/hr/employees',
      '/reps',
      '/manual-queue',
      '/territories',
    ]) {
      expect(Object.keys(body.paths)).toContain(path);
    }
    expect(JSON.stringify(body.paths['/leads/web'])).toMatch('preferredRepId');
  });

  it('describes all fields of a lead’s answers, and leaves room for more', async () => {
    const leadId = await system.lead(form());
    type Told = { properties?: Record<string, Told>; items?: Told; anyOf?: Told[]; additionalProperties?: unknown };
    const { body } = await system.call<{
      paths: Record<string, { get: { responses: { 200: { content: { 'application/json': { schema: Told } } } } } }>;
    }>('GET', '/openapi.json', undefined, {});
    const told = (path: string) => body.paths[path]?.get.responses[200].content['application/json'].schema;
    const { sla } = (await system.call('GET', `/leads/${leadId}`)).body;
    const lead = told('/leads/{leadId}');
    expect(lead).not.toHaveProperty('additionalProperties');
    expect(Object.keys(lead?.properties?.sla?.properties ?? {})).toEqual(
      expect.arrayContaining([...Object.keys(sla as object), 'stuckDueAt', 'stuckSince']),
    );
    const { items } = (await system.call<{ items: object[] }>('GET', `/leads/${leadId}/decisions`)).body;
    expect(Object.keys(told('/leads/{leadId}/decisions')?.properties?.items?.items?.properties ?? {})).toEqual(
      expect.arrayContaining(items.flatMap((each) => Object.keys(each))),
    );
  });
});

describe('rules and territories', () => {
  it('publishes the next version of a document of rules, which the next lead is scored by', async () => {
    const { body } = await system.call<{ version: number; scoring: { rules: unknown[]; grades: unknown } }>(
      'GET',
      '/config/scoring',
    );
    expect(body.version).toBe(1);
    const grades = { A: 9, B: 5 };
    expect((await system.call('PUT', '/config/scoring', { ...body.scoring, grades })).body).toMatchObject({
      version: 2,
    });
    const leadId = await system.lead(form());
    expect((await system.show(leadId)).score).toMatchObject({ grade: 'A', version: 2 });
    const wrong = await system.call('PUT', '/config/scoring', { ...body.scoring, grades: { A: 1, B: 5 } });
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ path: 'grades.A' }] } });
  });

  it('checks territories before they are taken, and takes them as the next version', async () => {
    const { body } = await system.call<{ version: number; features: { properties: { repIds: string[] } }[] }>(
      'GET',
      '/territories',
    );
    expect(body).toMatchObject({ type: 'FeatureCollection', version: 1 });
    expect(body.features).toHaveLength(4);
    const unknown = structuredClone(body);
    unknown.features[1]?.properties.repIds.push('rep-nobody');
    const refused = await system.call('PUT', '/territories', unknown);
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: 'features.1.properties.repIds.2' }] } });
    expect((await system.call('GET', '/territories')).body).toMatchObject({ version: 1 });
    const twice = {
      ...body,
      features: [
        ...body.features,
        { ...body.features[0], properties: { ...body.features[0]?.properties, territoryId: 'again' } },
      ],
    };
    const checked = await system.call<{ overlaps: { a: string; b: string; squareKilometres: number }[] }>(
      'POST',
      '/territories/check',
      twice,
    );
    expect(checked.body.overlaps).toHaveLength(1);
    expect((await system.call('PUT', '/territories', body)).body).toMatchObject({ version: 2, overlaps: [] });
  });

  it('goes back to an earlier version of the territories in one call, and keeps every version', async () => {
    const { body } = await system.call<{ version: number; features: unknown[] }>('GET', '/territories');
    const fewer = { ...body, features: body.features.slice(0, 2) };
    const { body: taken } = await system.call<{ version: number; warnings: string[] }>('PUT', '/territories', fewer);
    expect(taken.version).toBe(body.version + 1);
    expect(taken.warnings.join()).toMatch('in no territory any more');
    const back = await system.call<{ version: number }>('POST', `/territories/versions/${body.version}/restore`);
    expect(back).toMatchObject({ status: 200, body: { version: body.version + 2, overlaps: [] } });
    const now = await system.call<{ features: unknown[] }>('GET', '/territories');
    expect(now.body.features).toEqual(body.features);
    const old = await system.call<{ features: unknown[] }>('GET', `/territories?version=${taken.version}`);
    expect(old.body.features).toHaveLength(2);
    expect((await system.call('POST', '/territories/versions/99/restore')).status).toBe(404);
  });

  it('says in whose territory, and in whose buffer zone, a place is', async () => {
    const { body } = await system.call<{ territories: { territoryId: string; insideBuffer: boolean }[] }>(
      'POST',
      '/territories/locate',
      { point: { lng: 121.5, lat: 31.23 } },
    );
    expect(body.territories.map(({ territoryId }) => territoryId).sort()).toEqual(['shanghai-pudong', 'shanghai-puxi']);
    expect(body.territories.every(({ insideBuffer }) => insideBuffer)).toBe(true);
  });
});
