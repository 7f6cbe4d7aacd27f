import { describe, expect, it } from 'vitest';
import { useSystem } from '../running-system.ts';

const system = useSystem('empty');
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

interface Said {
  id: string;
  active: boolean;
  userName: string;
  meta: { version: string; location: string };
  totalResults: number;
  Resources: Said[];
  scimType: string;
  status: string;
  detail: string;
  [more: string]: unknown;
}

const scim = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  system.call<Said>(method, `/scim/v2${path}`, body === undefined ? undefined : JSON.stringify(body), {
    'content-type': 'application/scim+json',
    authorization: `Bearer ${system.keys.scim}`,
    ...headers,
  });
const byName = (name: string) =>
  scim('GET', `/Users?filter=${encodeURIComponent(`userName eq "${name}"`)}&startIndex=1&count=100`);
const patch = (id: string, ...Operations: object[]) => scim('PATCH', `/Users/${id}`, { schemas: [PATCH], Operations });
const rep = async (repId: string) => {
  const { status, body } = await system.call<Record<string, unknown>>('GET', `/reps/${repId}`);
  return status === 200 ? body : undefined;
};
const user = (but: Record<string, unknown> = {}) => ({ schemas: [USER], userName: 'someone@ex.com', ...but });
const add = async (but: Record<string, unknown>) => {
  const { status, body } = await scim('POST', '/Users', user(but));
  expect(status).toBe(201);
  return body;
};

describe('Okta', () => {
  it('looks whether somebody exists, creates, deactivates and takes them back (catalogue apps)', async () => {
    expect(await byName('li@ex.com')).toMatchObject({
      status: 200,
      body: { totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] },
    });
    const created = await scim('POST', '/Users', {
      schemas: [USER, ENTERPRISE],
      externalId: 'okta-1',
      userName: 'li@ex.com',
      name: { givenName: 'Lei', familyName: 'Li' },
      emails: [{ primary: true, type: 'work', value: 'li@ex.com' }],
      phoneNumbers: [{ type: 'mobile', value: '138 0013 8000' }],
      password: 'secret',
      groups: [],
      active: true,
      [ENTERPRISE]: { employeeNumber: '1001', department: 'Sales' },
    });
    expect(created).toMatchObject({
      status: 201,
      body: {
        id: '1001',
        active: true,
        meta: { resourceType: 'User', version: 'W/"1"' },
        phoneNumbers: [{ value: '138 0013 8000' }],
      },
    });
    expect(created.headers.get('content-type')).toContain('application/scim+json');
    expect(created.headers.get('location')).toBe(created.body.meta.location);
    expect(JSON.stringify(created.body)).not.toContain('secret');
    expect(await rep('1001')).toMatchObject({
      name: 'Lei Li',
      status: 'active',
      teamId: 'Sales',
      channels: { phone: '+8613800138000' },
    });
    expect((await byName('LI@ex.com')).body.Resources[0]?.id).toBe('1001');

    expect((await patch('1001', { op: 'replace', value: { active: false } })).body).toMatchObject({ active: false });
    expect(await rep('1001')).toMatchObject({ status: 'left' });
    expect((await byName('li@ex.com')).body.Resources[0]?.active).toBe(false);
    await patch('1001', { op: 'replace', value: { active: true } });
    expect(await rep('1001')).toMatchObject({ status: 'active' });
  });

  it('reads and replaces whole users (apps made with the wizard); a missing `active` takes nobody back', async () => {
    const { id } = await add({ userName: 'han@ex.com', externalId: 'okta-2', displayName: '韩梅梅', nickName: 'Mei' });
    const { body } = await scim('GET', `/Users/${id}`);
    const { active: _, nickName: __, ...rest } = body;
    expect((await scim('PUT', `/Users/${id}`, { ...rest, active: false })).body).toMatchObject({ active: false });
    const replaced = await scim('PUT', `/Users/${id}`, rest);
    expect(replaced).toMatchObject({ status: 200, body: { active: false, displayName: '韩梅梅' } });
    expect(replaced.body).not.toHaveProperty('nickName');
    expect(await rep(id)).toMatchObject({ status: 'left' });
  });
});

describe('Entra', () => {
  it('disables with a string, with capitals, with a path and without', async () => {
    const { id } = await add({ userName: 'wang@ex.com', externalId: 'entra-1' });
    for (const [said, status] of [
      [{ op: 'Replace', path: 'active', value: 'False' }, 'left'],
      [{ op: 'Replace', path: 'active', value: 'True' }, 'active'],
      [{ op: 'Replace', path: 'active', value: false }, 'left'],
      [{ op: 'Add', path: 'active', value: true }, 'active'],
      [{ op: 'replace', value: { active: 'false' } }, 'left'],
    ] as const) {
      expect((await patch(id, said)).status).toBe(200);
      expect(await rep(id)).toMatchObject({ status });
    }
  });

  it('sets names, mail, department and manager by value paths, dotted keys and URNs', async () => {
    await add({ userName: 'boss@ex.com', externalId: 'boss' });
    const { id } = await add({ userName: 'zhao@ex.com', externalId: 'entra-2' });
    await patch(
      id,
      { op: 'Add', path: 'emails[type eq "work"].value', value: 'zhao@work.com' },
      { op: 'Add', path: 'emails[type eq "work"].primary', value: 'True' },
      { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+86 139 0000 0000' },
      { op: 'Add', path: 'name.givenName', value: '强' },
      { op: 'Replace', value: { 'name.familyName': '赵', [`${ENTERPRISE}:department`]: '华东' } },
      { op: 'Replace', path: `${ENTERPRISE}:manager`, value: 'boss' },
    );
    expect((await scim('GET', `/Users/${id}`)).body).toMatchObject({
      emails: [{ type: 'work', value: 'zhao@work.com', primary: true }],
      name: { givenName: '强', familyName: '赵' },
      [ENTERPRISE]: { department: '华东', manager: { value: 'boss' } },
    });
    expect(await rep(id)).toMatchObject({ name: '赵强', teamId: '华东', managerId: 'boss', email: 'zhao@work.com' });
    const found = await scim(
      'GET',
      `/Users?filter=${encodeURIComponent('emails[type eq "work"].value eq "Zhao@work.com"')}`,
    );
    expect(found.body.Resources.map((each) => each.id)).toEqual([id]);
    await patch(
      id,
      { op: 'Remove', path: `${ENTERPRISE}:manager` },
      { op: 'Replace', path: `${ENTERPRISE}:manager.value`, value: 'boss' },
    );
    expect(await rep(id)).toMatchObject({ managerId: 'boss' });
    await patch(id, { op: 'Remove', path: `${ENTERPRISE}:manager` });
    expect(await rep(id)).not.toHaveProperty('managerId');
  });
});

describe('a user', () => {
  it('is the employee whom HR’s roster has by that number, or by that e-mail', async () => {
    await system.hr(
      { employeeId: 'e7', name: '李雷', status: 'active', email: 'lei@ex.com', teamId: 'east' },
      { employeeId: 'e8', name: '韩梅', status: 'active' },
    );
    const byMail = await add({ userName: 'lei.li', emails: [{ type: 'work', value: 'LEI@ex.com' }] });
    const byNumber = await add({
      userName: 'mei.han',
      displayName: 'Mei Han',
      [ENTERPRISE]: { employeeNumber: 'e8', department: 'west' },
    });
    expect([byMail.id, byNumber.id]).toEqual(['e7', 'e8']);
    // HR's name and team stand; the team that HR says nothing of comes from here.
    expect(await rep('e7')).toMatchObject({ name: '李雷', teamId: 'east' });
    expect(await rep('e8')).toMatchObject({ name: '韩梅', teamId: 'west' });
    await patch('e7', { op: 'replace', value: { active: false } });
    await system.hr({ employeeId: 'e7', name: '李雷', status: 'active' });
    expect(await rep('e7')).toMatchObject({ status: 'left' });
    const { body } = await system.call<{ items: { repId: string; systems: object }[] }>('GET', '/hr/drift');
    expect(body.items.find(({ repId }) => repId === 'e7')).toMatchObject({
      systems: { hr: { status: 'active' }, scim: { status: 'left' } },
      since: expect.any(String),
    });
  });

  it('has a name of their own, whatever its case, even when two are created at once', async () => {
    const two = await Promise.all(
      ['Twin@ex.com', 'twin@EX.com'].map((userName, n) =>
        scim('POST', '/Users', user({ userName, externalId: `twin-${n}` })),
      ),
    );
    expect(two.map(({ status }) => status).sort()).toEqual([201, 409]);
    const refused = two.find(({ status }) => status === 409);
    expect(refused?.body).toMatchObject({
      status: '409',
      scimType: 'uniqueness',
      detail: expect.stringContaining('userName'),
    });
    const { id } = await add({ userName: 'other@ex.com', externalId: 'other' });
    expect((await patch(id, { op: 'replace', path: 'userName', value: 'TWIN@ex.com' })).status).toBe(409);
    await patch(id, { op: 'replace', path: 'userName', value: 'renamed@ex.com' });
    expect((await byName('other@ex.com')).body.totalResults).toBe(0);
    expect((await byName('renamed@ex.com')).body.Resources[0]?.id).toBe(id);
    await add({ userName: 'other@ex.com', externalId: 'another' });
  });

  it('changes only as they were seen, and not at all by what says nothing new', async () => {
    const { id } = await add({ userName: 'tag@ex.com', externalId: 'tag' });
    const seen = await scim('GET', `/Users/${id}`);
    const tag = seen.headers.get('etag') ?? '';
    expect(tag).toBe(seen.body.meta.version);
    expect((await scim('GET', `/Users/${id}`, undefined, { 'if-none-match': tag })).status).toBe(304);
    expect((await patch(id, { op: 'replace', value: { active: true } })).body.meta.version).toBe(tag);
    const put = (version: string) =>
      scim('PUT', `/Users/${id}`, user({ userName: 'tag@ex.com', title: 'x' }), { 'if-match': version });
    expect((await put(tag)).body.meta.version).toBe('W/"2"');
    expect(await put(tag)).toMatchObject({ status: 412, body: { status: '412' } });
    expect((await scim('DELETE', `/Users/${id}`, undefined, { 'if-match': tag })).status).toBe(412);
  });

  it('who is deleted has left, and may come back', async () => {
    const { id } = await add({ userName: 'gone@ex.com', externalId: 'gone' });
    expect((await scim('DELETE', `/Users/${id}`)).status).toBe(204);
    expect(await scim('GET', `/Users/${id}`)).toMatchObject({ status: 404, body: { status: '404' } });
    expect((await scim('DELETE', `/Users/${id}`)).status).toBe(404);
    expect(await rep(id)).toMatchObject({ status: 'left' });
    expect((await add({ userName: 'gone@ex.com', externalId: 'gone' })).id).toBe(id);
    expect(await rep(id)).toMatchObject({ status: 'active' });
  });
});

describe('a list of users', () => {
  it('comes in pages, in an order that stays, with whole numbers', async () => {
    for (let n = 0; n < 5; n += 1) await add({ userName: `page${n}@ex.com`, externalId: `page-${n}` });
    const { body: all } = await scim('GET', '/Users?count=200');
    const ids = all.Resources.map(({ id }) => id);
    expect(all).toMatchObject({ totalResults: ids.length, startIndex: 1, itemsPerPage: ids.length });
    const paged: string[] = [];
    for (let start = 1; start <= ids.length; start += 3) {
      const { body } = await scim('GET', `/Users?startIndex=${start}&count=3`);
      expect(body).toMatchObject({ totalResults: ids.length, startIndex: start });
      paged.push(...body.Resources.map(({ id }) => id));
    }
    expect(paged).toEqual(ids);
    expect((await scim('GET', '/Users?startIndex=-3&count=0')).body).toMatchObject({ startIndex: 1, itemsPerPage: 0 });
    expect((await scim('GET', '/Users?count=many')).body).toMatchObject({ status: '400', scimType: 'invalidValue' });
    const { body: few } = await scim('GET', '/Users?count=1&attributes=userName');
    expect(few.Resources[0]).not.toHaveProperty('active');
  });
});

describe('what cannot be done', () => {
  it.each([
    'userName eq "x" or userName eq "y"',
    'userName co "x"',
    'userName sw "x"',
    'not (userName eq "x")',
    'userName pr',
    'userName eq 1',
    'userName eq',
    'active eq true',
    'password eq "x"',
    'id eq "x" or 1 eq 1',
    'userName eq "x"; DROP TABLE users',
    '"; attribute_exists(pk) or pk = "REP#1001',
    'emails[type eq "work" or type eq "home"].value eq "x"',
    '((((((((((',
  ])('by the filter %s is refused as such', async (filter) => {
    const refused = await scim('GET', `/Users?filter=${encodeURIComponent(filter)}`);
    expect(refused).toMatchObject({ status: 400, body: { scimType: 'invalidFilter', status: '400' } });
  });

  it('is refused by name, and changes nothing', async () => {
    const { id, meta } = await add({ userName: 'firm@ex.com', externalId: 'firm' });
    const bad: [string, string, unknown, number, string][] = [
      ['POST', '/Users', { schemas: [USER] }, 400, 'userName'],
      ['POST', '/Users', user({ userName: 'x', emails: 'x' }), 400, 'emails'],
      ['POST', '/Users', user({ userName: 'x', active: 'perhaps' }), 400, 'active'],
      ['POST', '/Users', [1], 400, 'object'],
      [
        'PATCH',
        `/Users/${id}`,
        { schemas: [PATCH], Operations: [{ op: 'twist', path: 'active', value: 1 }] },
        400,
        'twist',
      ],
      [
        'PATCH',
        `/Users/${id}`,
        { schemas: [PATCH], Operations: [{ op: 'replace', path: 'nonsense', value: 1 }] },
        400,
        'nonsense',
      ],
      [
        'PATCH',
        `/Users/${id}`,
        { schemas: [PATCH], Operations: [{ op: 'replace', path: 'id', value: 'x' }] },
        400,
        'id',
      ],
      [
        'PATCH',
        `/Users/${id}`,
        { schemas: [PATCH], Operations: [{ op: 'remove', path: 'userName' }] },
        400,
        'userName',
      ],
      ['PATCH', `/Users/${id}`, { Operations: [] }, 400, 'schema'],
      [
        'PATCH',
        `/Users/${id}`,
        { schemas: [PATCH], Operations: [{ op: 'add', path: `${ENTERPRISE}:manager`, value: id }] },
        400,
        'manager',
      ],
      ['PUT', '/Users/nobody', user(), 404, 'nobody'],
      ['PATCH', '/Users', {}, 405, 'PATCH'],
      ['POST', '/Bulk', {}, 501, ''],
      ['GET', '/Groups', undefined, 501, ''],
    ];
    for (const [method, path, body, status, named] of bad) {
      const refused = await scim(method, path, body);
      expect([path, refused.status]).toEqual([path, status]);
      expect(refused.body).toMatchObject({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
        status: String(status),
        detail: expect.stringContaining(named),
      });
    }
    expect((await scim('GET', `/Users/${id}`)).body.meta).toEqual(meta);
    const raw = await system.call<Said>('POST', '/scim/v2/Users', '{', { authorization: `Bearer ${system.keys.scim}` });
    expect(raw).toMatchObject({ status: 400, body: { scimType: 'invalidSyntax' } });
    const xml = await scim('POST', '/Users', user(), { 'content-type': 'text/xml' });
    expect(xml.status).toBe(415);
    for (const authorization of ['', 'Bearer nonsense', `Basic ${system.keys.scim}`, `Bearer ${system.keys.hr}`]) {
      const refused = await scim('GET', '/Users', undefined, { authorization });
      expect(refused).toMatchObject({ status: 401, body: { status: '401' } });
    }
  });
});

describe('what the service can do', () => {
  it('is described: its configuration, schemas and resource types', async () => {
    expect((await scim('GET', '/ServiceProviderConfig')).body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: false },
      filter: { supported: true, maxResults: 200 },
      etag: { supported: true },
      authenticationSchemes: [{ type: 'oauthbearertoken' }],
    });
    const { body: schemas } = await scim('GET', '/Schemas');
    expect(schemas.Resources.map(({ id }) => id)).toEqual(expect.arrayContaining([USER, ENTERPRISE]));
    expect((await scim('GET', `/Schemas/${ENTERPRISE}`)).body.id).toBe(ENTERPRISE);
    expect((await scim('GET', '/Schemas/urn:nothing')).status).toBe(404);
    expect((await scim('GET', '/ResourceTypes/User')).body).toMatchObject({ endpoint: '/Users', schema: USER });
  });
});
