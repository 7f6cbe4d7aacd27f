import { describe, expect, it } from 'vitest';
import { readRep } from '../../../shared/org/store.ts';
import { query } from '../../../shared/platform/table.ts';
import { CORE, ENTERPRISE, useDirectory } from './directory.ts';

const directory = useDirectory();
const rep = async (id: string) => readRep(directory.table(), id);

/** What Okta posts. */
const li = {
  schemas: [CORE, ENTERPRISE],
  userName: 'li@ex.com',
  name: { givenName: '雷', familyName: '李' },
  emails: [{ primary: true, value: 'li@ex.com', type: 'work' }],
  phoneNumbers: [{ value: '+86 (138) 0013-8000', type: 'mobile' }],
  [ENTERPRISE]: { employeeNumber: 'e1', department: 'sales' },
  locale: 'zh-CN',
  externalId: '00ujl29u0le5T6Aj10h7',
  groups: [],
  password: '1mz050nq',
  active: true,
};

describe('Okta', () => {
  it('finds nobody, adds somebody with a password, and they are a rep; then lets them go without a path', async () => {
    const before = await directory.find('userName eq "li@ex.com"', '&startIndex=1&count=100');
    expect(before).toMatchObject({
      status: 200,
      body: { totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] },
    });

    const added = await directory.call('POST', '/Users', li);
    expect(added.status).toBe(201);
    expect(added.headers).toMatchObject({
      'content-type': 'application/scim+json',
      location: 'https://leads.example/scim/v2/Users/e1',
      etag: 'W/"1"',
    });
    const { password, groups, ...kept } = li;
    expect(added.body).toMatchObject({ ...kept, id: 'e1' });
    expect(added.body.meta).toMatchObject({ resourceType: 'User', location: added.headers.location, version: 'W/"1"' });
    expect(JSON.stringify(added.body)).not.toContain('1mz050nq');
    expect(JSON.stringify(await query(directory.table(), { pk: 'SCIM#e1' }))).not.toContain('1mz050nq');
    expect(await rep('e1')).toMatchObject({ name: '李雷', status: 'active', email: 'li@ex.com', teamId: 'sales' });

    const gone = await directory.patch('e1', { op: 'replace', value: { active: false } });
    expect(gone).toMatchObject({ status: 200, body: { active: false, userName: 'li@ex.com' } });
    expect((await rep('e1'))?.status).toBe('left');
    expect((await directory.find('userName eq "LI@ex.com"')).body).toMatchObject({
      totalResults: 1,
      Resources: [{ id: 'e1', active: false }],
    });
  });

  it('of a custom app reads and puts the whole user; what is left out is cleared, but nobody comes back by that', async () => {
    const { id } = (await directory.add('han@ex.com', { displayName: 'Han', title: 'Sales', externalId: 'okta-han' }))
      .body;
    expect(id).toBe('okta-han');
    const { title, ...read } = await directory.read(id);
    const left = await directory.call('PUT', `/Users/${id}`, { ...read, active: false });
    expect(left.body).toMatchObject({ id, active: false, displayName: 'Han' });
    expect(left.body).not.toHaveProperty('title');
    expect((await rep(id))?.status).toBe('left');

    const { active, ...silent } = read;
    expect((await directory.call('PUT', `/Users/${id}`, { ...silent, nickName: 'H' })).body.active).toBe(false);
    expect((await rep(id))?.status).toBe('left');

    const back = await directory.call('PUT', `/Users/${id}`, { ...silent, active: true });
    expect(back.body.active).toBe(true);
    expect((await rep(id))?.status).toBe('active');
  });

  it('may change a password: it is taken and forgotten', async () => {
    const { id, meta } = (await directory.add('wang@ex.com')).body;
    const changed = await directory.patch(id, { op: 'replace', value: { password: 'n3w-s3cret' } });
    expect(changed).toMatchObject({ status: 200, body: { meta: { version: meta.version } } });
    expect(JSON.stringify(changed.body)).not.toContain('n3w-s3cret');
  });

  it('is told that a user name is taken, in whatever case', async () => {
    await directory.add('zhao@ex.com', { externalId: 'z1' });
    expect(await directory.add('Zhao@EX.com', { externalId: 'z2' })).toMatchObject({
      status: 409,
      body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '409', scimType: 'uniqueness' },
    });
    expect(await rep('z2')).toBeUndefined();
  });
});
