import { describe, expect, it } from 'vitest';
import { takePush } from '../../../shared/org/push/store.ts';
import { readRep } from '../../../shared/org/store.ts';
import { commit } from '../../../shared/platform/commit.ts';
import { saveUser } from '../../../shared/scim/store.ts';
import { monday } from '../../histories.ts';
import { CORE, ENTERPRISE, type Page, useDirectory } from './directory.ts';

const directory = useDirectory();
const list = async (query: string) => (await directory.call<Page>('GET', `/Users${query}`)).body;

describe('the list of users', () => {
  it('is empty at first, then comes in pages whose order is stable', async () => {
    expect(await list('')).toMatchObject({ totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] });
    const ids = Array.from({ length: 230 }, (_, at) => `u${String(at).padStart(3, '0')}`);
    const at = monday;
    const user = (id: string) => ({
      id,
      attributes: { userName: id, active: true },
      version: 1,
      createdAt: at.toISOString(),
      modifiedAt: at.toISOString(),
    });
    for (const id of ids) await commit(directory.table(), saveUser(undefined, user(id), at));

    const first = await list('');
    expect(first).toMatchObject({ totalResults: 230, startIndex: 1, itemsPerPage: 100 });
    const pages = [first, await list('?startIndex=101&count=100'), await list('?startIndex=201&count=100')];
    expect(pages.flatMap(({ Resources }) => Resources.map(({ id }) => id))).toEqual(ids);
    expect(await list('?count=1000')).toMatchObject({ totalResults: 230, itemsPerPage: 200 });
    expect(await list('?startIndex=-3&count=2')).toMatchObject({ startIndex: 1, itemsPerPage: 2 });
    expect(await list('?count=0')).toMatchObject({ totalResults: 230, itemsPerPage: 0, Resources: [] });
    expect(await list('?startIndex=231')).toMatchObject({ totalResults: 230, startIndex: 231, Resources: [] });
    expect(await directory.call('GET', '/Users?count=ten')).toMatchObject({
      status: 400,
      body: { detail: "'count' must be a whole number" },
    });
  });
});

describe('what is shown of a user', () => {
  it('is what is asked for, the id always', async () => {
    const emails = [{ type: 'work', value: 'a@ex.com', primary: true }];
    const { id } = (
      await directory.add('shown', {
        emails,
        name: { givenName: 'A', familyName: 'B' },
        [ENTERPRISE]: { department: 'd' },
      })
    ).body;
    const show = async (query: string) => (await directory.call('GET', `/Users/${id}?${query}`)).body;
    const schemas = [CORE, ENTERPRISE];
    expect(await show('attributes=userName')).toEqual({ schemas, id, userName: 'shown' });
    expect(
      await show(`attributes=emails.value,EMAILS.type,name.givenname,${ENTERPRISE}:department,__proto__.x,nothing`),
    ).toEqual({
      schemas,
      id,
      emails: [{ type: 'work', value: 'a@ex.com' }],
      name: { givenName: 'A' },
      [ENTERPRISE]: { department: 'd' },
    });
    const less = await show(`excludedAttributes=emails,name.familyName,meta,id,${ENTERPRISE}`);
    expect(less).toEqual({ schemas, id, userName: 'shown', active: true, name: { givenName: 'A' } });
  });
});

describe('the id of a user', () => {
  const idOf = async (userName: string, more: Record<string, unknown>) => (await directory.add(userName, more)).body.id;

  it('is the employee number, or else the directory’s own, as far as it can be one', async () => {
    expect(await idOf('n1@ex.com', { externalId: 'x1', [ENTERPRISE]: { employeeNumber: '1001' } })).toBe('1001');
    expect(await idOf('n2@ex.com', { externalId: 'x2' })).toBe('x2');
    expect(await idOf('n3@ex.com', { externalId: 'has a space' })).toBe('n3@ex.com');
    expect(await idOf('李 雷', { externalId: 'has a space' })).toMatch(/^[0-9A-Z]{26}$/);
  });

  it('is that of whom the roster knows by the e-mail address', async () => {
    const employees = [{ employeeId: 'from-hr', name: 'Known', status: 'active', email: 'Known@ex.com' }];
    await takePush(directory.table(), { mode: 'delta', employees }, () => monday);
    expect(await idOf('k1', { emails: [{ value: 'known@EX.com' }] })).toBe('from-hr');
    expect(await directory.add('k2', { emails: [{ value: 'known@ex.com' }] })).toMatchObject({
      status: 409,
      body: { scimType: 'uniqueness' },
    });
  });
});

describe('users that are changed at the same time', () => {
  it('get no user name twice: of two posts at once one is refused', async () => {
    const posts = await Promise.all(
      ['r1', 'r2', 'r3'].map((externalId) => directory.add('Race@ex.com', { externalId })),
    );
    expect(posts.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect((await directory.find('userName eq "race@ex.com"')).body.totalResults).toBe(1);
  });

  it('whose post is refused are no reps', async () => {
    const reps = await Promise.all(['r1', 'r2', 'r3'].map((id) => readRep(directory.table(), id)));
    expect(reps.filter((rep) => rep !== undefined)).toHaveLength(1);
  });

  it('get no id twice', async () => {
    const posts = await Promise.all(['a', 'b'].map((name) => directory.add(name, { externalId: 'same' })));
    expect(posts.map(({ status }) => status).sort()).toEqual([201, 409]);
    const { userName } = await directory.read('same');
    expect((await readRep(directory.table(), 'same'))?.name).toBe(userName);
    const refused = userName === 'a' ? 'b' : 'a';
    expect((await directory.find(`userName eq "${refused}"`)).body.totalResults).toBe(0);
    expect((await directory.add(refused, { externalId: 'another' })).status).toBe(201);
  });

  it('keep every change', async () => {
    const { id } = (await directory.add('busy')).body;
    const names = ['title', 'nickName', 'displayName', 'locale', 'timezone'];
    const patches = names.map((path) => directory.patch(id, { op: 'add', path, value: `a ${path}` }));
    for (const { status } of await Promise.all(patches)) expect(status).toBe(200);
    expect(await directory.read(id)).toMatchObject({
      ...Object.fromEntries(names.map((name) => [name, `a ${name}`])),
      meta: { version: 'W/"6"' },
    });
  });

  it('are renamed with their look-up, and to no name that is taken', async () => {
    const { id } = (await directory.add('old-name', { externalId: 'renamed' })).body;
    await directory.add('taken-name');
    expect(await directory.patch(id, { op: 'replace', path: 'userName', value: 'Taken-Name' })).toMatchObject({
      status: 409,
      body: { scimType: 'uniqueness', detail: expect.stringContaining('userName') },
    });
    expect((await directory.patch(id, { op: 'replace', path: 'userName', value: 'new-name' })).status).toBe(200);
    expect((await directory.find('userName eq "new-name"')).body.Resources).toMatchObject([{ id }]);
    expect((await directory.find('userName eq "old-name"')).body.totalResults).toBe(0);
    expect((await directory.add('OLD-name')).status).toBe(201);
    expect((await directory.patch(id, { op: 'replace', path: 'userName', value: 'NEW-name' })).body.userName).toBe(
      'NEW-name',
    );
    expect((await directory.find('userName eq "new-name"')).body.totalResults).toBe(1);
  });
});

describe('the version of a user', () => {
  it('is compared before a change, and spares a read', async () => {
    const { body, headers } = await directory.add('versioned');
    const path = `/Users/${body.id}`;
    const etag = String(headers.etag);
    expect((await directory.call('GET', path, undefined, { 'if-none-match': etag })).status).toBe(304);
    const next = await directory.call('PUT', path, { userName: 'versioned', title: 'x' }, { 'if-match': etag });
    expect(next.headers.etag).toBe('W/"2"');
    expect((await directory.call('GET', path, undefined, { 'if-none-match': etag })).status).toBe(200);
    const stale = { 'if-match': etag };
    for (const method of ['PUT', 'DELETE']) {
      const refused = await directory.call(method, path, { userName: 'stale' }, stale);
      expect(refused).toMatchObject({ status: 412, body: { status: '412' } });
    }
    expect((await directory.read(body.id)).userName).toBe('versioned');
    expect((await directory.call('DELETE', path, undefined, { 'if-match': '*' })).status).toBe(204);
  });
});

describe('the service', () => {
  it('tells what it is', async () => {
    const config = (await directory.call('GET', '/ServiceProviderConfig')).body;
    expect(config).toMatchObject({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
      patch: { supported: true },
      bulk: { supported: false },
      filter: { supported: true, maxResults: 200 },
      etag: { supported: true },
      authenticationSchemes: [{ type: 'oauthbearertoken' }],
    });
    const schemas = (await directory.call<Page>('GET', '/Schemas')).body;
    expect(schemas.Resources.map(({ id }) => id)).toEqual([CORE, ENTERPRISE]);
    expect((await directory.call('GET', `/Schemas/${ENTERPRISE}`)).body).toMatchObject({
      id: ENTERPRISE,
      name: 'EnterpriseUser',
    });
    expect((await directory.call('GET', '/ResourceTypes/User')).body).toMatchObject({
      endpoint: '/Users',
      schema: CORE,
      schemaExtensions: [{ schema: ENTERPRISE, required: false }],
    });
    expect((await directory.call<Page>('GET', '/ResourceTypes')).body.totalResults).toBe(1);
  });

  it.each([
    ['GET', '/Nothing', 404],
    ['GET', '/Schemas/urn:none', 404],
    ['GET', '/ResourceTypes/__proto__', 404],
    ['GET', '/constructor', 404],
    ['GET', '/Users/nobody', 404],
    ['GET', '/Users/%E0%A4%A', 404],
    ['GET', '/Users/a/b', 404],
    ['DELETE', '/Users/nobody', 404],
    ['DELETE', '/Users', 405],
    ['POST', '/Users/li', 405],
    ['POST', '/Schemas', 405],
    ['GET', '/Groups', 501],
    ['POST', '/Bulk', 501],
    ['GET', '/Me', 501],
    ['GET', '/Schemas?filter=x', 403],
  ])('answers %s %s in SCIM’s own words', async (method, path, status) => {
    const refused = await directory.call(method, path);
    expect(refused).toMatchObject({
      status,
      headers: { 'content-type': 'application/scim+json' },
      body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: String(status) },
    });
  });

  it('wants its key', async () => {
    for (const authorization of ['', 'Bearer wrong', 'Basic abc', 'Bearer ']) {
      const refused = await directory.call('GET', '/Users', undefined, { authorization });
      expect(refused).toMatchObject({ status: 401, body: { status: '401' } });
      expect(refused.headers['www-authenticate']).toContain('Bearer');
    }
    expect(await readRep(directory.table(), 'nobody')).toBeUndefined();
  });
});
