import { beforeAll, describe, expect, it } from 'vitest';
import { readRep } from '../../../shared/org/store.ts';
import { CORE, ENTERPRISE, type Resource, useDirectory } from './directory.ts';

const directory = useDirectory();
const id = 'li';
let before: Resource;

beforeAll(async () => {
  await directory.add('li@ex.com', { externalId: id, emails: [{ type: 'work', value: 'li@ex.com' }], title: 'Sales' });
  before = await directory.read(id);
});

const unharmed = async () => {
  expect(await directory.read(id)).toEqual(before);
  expect(Object.keys(Object.prototype)).toEqual([]);
};

describe('a user that cannot be', () => {
  it.each([
    ['no user name', {}, 'userName'],
    ['an empty user name', { userName: ' ' }, 'userName'],
    ['a user name that is a number', { userName: 5 }, 'userName'],
    ['a user name that is a list', { userName: ['x'] }, 'userName'],
    ['active neither true nor false', { userName: 'x', active: 'perhaps' }, 'active'],
    ['e-mail addresses in no list', { userName: 'x', emails: { value: 'x' } }, 'emails'],
    ['an e-mail address that is an object', { userName: 'x', emails: [{ value: {} }] }, 'emails'],
    [
      'too many e-mail addresses',
      { userName: 'x', emails: Array.from({ length: 31 }, () => ({ value: 'x' })) },
      'emails',
    ],
    ['a name that is a text', { userName: 'x', name: 'Li' }, 'name'],
    ['a department that is a number', { userName: 'x', [ENTERPRISE]: { department: 5 } }, 'department'],
    ['an extension that is a text', { userName: 'x', [ENTERPRISE]: 'x' }, ENTERPRISE],
    ['a name that HR could not take', { userName: 'x', displayName: 'x'.repeat(500) }, 'name'],
    ['other schemas', { userName: 'x', schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'] }, 'schemas'],
    ['schemas that are a text', { userName: 'x', schemas: CORE }, 'schemas'],
  ])('is refused, and what is wrong is named: %s', async (_, user, named) => {
    const posted = await directory.call('POST', '/Users', user);
    expect(posted).toMatchObject({ status: 400, body: { status: '400', scimType: expect.stringMatching(/^invalid/) } });
    expect((posted.body as unknown as { detail: string }).detail).toContain(named);
    expect((await directory.find('userName eq "x"')).body.totalResults).toBe(0);
    expect(await readRep(directory.table(), 'x')).toBeUndefined();
    const put = await directory.call('PUT', `/Users/${id}`, user);
    expect(put.status).toBe(400);
    await unharmed();
  });

  it('is refused as a body that is none', async () => {
    const call = (body: unknown, type = 'application/scim+json') =>
      directory.call('POST', '/Users', body, { 'content-type': type });
    expect(await call('{"userName":')).toMatchObject({ status: 400, body: { scimType: 'invalidSyntax' } });
    expect(await call('')).toMatchObject({ status: 400, body: { scimType: 'invalidSyntax' } });
    for (const body of ['[]', 'null', '"x"', '5']) expect((await call(body)).status).toBe(400);
    expect((await call('userName=x', 'application/x-www-form-urlencoded')).status).toBe(415);
    expect((await call({ userName: 'x'.repeat(256 * 1024) })).status).toBe(413);
    expect((await call({ userName: 'by-json', externalId: 'by-json' }, 'application/json')).status).toBe(201);
  });

  it('may hold what no schema knows: it is left out, wherever it points', async () => {
    const posted = await directory.call('POST', '/Users', {
      userName: 'odd',
      nothing: 1,
      [`${ENTERPRISE}:__proto__.polluted`]: 'x',
      '__proto__.polluted': 'x',
      'urn:okta:custom:1.0:user': { x: 1 },
      name: JSON.parse('{"__proto__":{"polluted":1},"givenName":"Odd","constructor":1}'),
    });
    expect(posted).toMatchObject({ status: 201, body: { schemas: [CORE], name: { givenName: 'Odd' } } });
    expect(posted.body).not.toHaveProperty('nothing');
    expect({}).not.toHaveProperty('polluted');
    await unharmed();
  });
});

describe('a change that cannot be', () => {
  it.each([
    ['of an attribute that is not known', { op: 'replace', path: 'shoeSize', value: 1 }, 'invalidPath', 'shoeSize'],
    ['of such a one, without a path', { op: 'replace', value: { shoeSize: 1 } }, 'invalidPath', 'shoeSize'],
    ['of the id', { op: 'replace', path: 'id', value: 'x' }, 'mutability', 'id'],
    ['of the version', { op: 'replace', path: 'meta.version', value: 'x' }, 'mutability', 'meta'],
    ['of the groups', { op: 'add', path: 'groups', value: [{ value: 'x' }] }, 'mutability', 'groups'],
    ['to no user name', { op: 'remove', path: 'userName' }, 'invalidValue', 'userName'],
    ['to an empty user name', { op: 'replace', path: 'userName', value: '' }, 'invalidValue', 'userName'],
    ['to a title that is an object', { op: 'replace', path: 'title', value: {} }, 'invalidValue', 'title'],
    ['to active as neither', { op: 'replace', path: 'active', value: 'no' }, 'invalidValue', 'active'],
    ['to nothing', { op: 'replace', path: 'title' }, 'invalidValue', 'title'],
    ['by no known operation', { op: 'move', path: 'title', value: 'x' }, 'invalidSyntax', 'move'],
    ['that takes away without a path', { op: 'remove' }, 'noTarget', 'path'],
    ['without a path to a text', { op: 'add', value: 'x' }, 'invalidValue', 'value'],
    ['by a path that is none', { op: 'add', path: 'emails[type eq "work"', value: 'x' }, 'invalidPath', 'emails'],
    [
      'by a comparison other than eq',
      { op: 'add', path: 'emails[type sw "w"].value', value: 'x' },
      'invalidPath',
      'sw',
    ],
    ['by what is not known', { op: 'add', path: 'emails[shoe eq "w"].value', value: 'x' }, 'invalidPath', 'shoe'],
    [
      'by a way to Object',
      { op: 'add', path: 'emails[__proto__.x eq "w"].value', value: 'x' },
      'invalidPath',
      '__proto__',
    ],
    [
      'of a part that is not known',
      { op: 'add', path: 'emails[type eq "work"].shoe', value: 'x' },
      'invalidPath',
      'shoe',
    ],
    ['of one of a single value', { op: 'add', path: 'title[type eq "work"]', value: 'x' }, 'invalidPath', 'title'],
    [
      'to an address that is a text',
      { op: 'add', path: 'addresses[type eq "work"]', value: 'x' },
      'invalidValue',
      'addresses',
    ],
    ['by a path that is a number', { op: 'add', path: 5, value: 'x' }, 'invalidPath', '5'],
    ['of Object', { op: 'add', path: '__proto__.x', value: 'x' }, 'invalidPath', '__proto__'],
  ])('is refused, with those before it: %s', async (_, operation, scimType, named) => {
    const refused = await directory.patch(id, { op: 'replace', path: 'title', value: 'Boss' }, operation);
    expect(refused).toMatchObject({ status: 400, body: { scimType } });
    expect((refused.body as unknown as { detail: string }).detail).toContain(named);
    await unharmed();
  });

  it.each([
    ['no operations', { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'] }],
    ['an empty list', { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [] }],
    ['null for one', { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [null] }],
    ['other schemas', { schemas: [CORE], Operations: [{ op: 'remove', path: 'title' }] }],
    ['no schemas', { Operations: [{ op: 'remove', path: 'title' }] }],
    ['a list', []],
  ])('is refused as a message with %s', async (_, message) => {
    expect((await directory.call('PATCH', `/Users/${id}`, message)).status).toBe(400);
    await unharmed();
  });
});
