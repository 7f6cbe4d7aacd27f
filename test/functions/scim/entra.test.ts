import { beforeAll, describe, expect, it } from 'vitest';
import { readRep } from '../../../shared/org/store.ts';
import { ENTERPRISE, useDirectory } from './directory.ts';

const directory = useDirectory();
const rep = async (id: string) => readRep(directory.table(), id);

describe('Entra', () => {
  const id = 'e7';
  beforeAll(async () => {
    const asked = 'externalId eq "guid-7"';
    expect((await directory.find(asked)).body).toMatchObject({ totalResults: 0, Resources: [] });
    const added = await directory.add('mei@ex.com', {
      externalId: 'guid-7',
      active: true,
      displayName: 'Mei',
      meta: { resourceType: 'User' },
      name: { formatted: 'Mei Han', familyName: 'Han', givenName: 'Mei' },
      [ENTERPRISE]: { employeeNumber: id },
    });
    expect(added).toMatchObject({ status: 201, body: { id } });
    expect((await directory.find(asked)).body.Resources.map((user) => user.id)).toEqual([id]);
  });

  it('makes an e-mail address by its type that was not there, changes it, and looks the user up by it', async () => {
    const path = 'emails[type eq "work"].value';
    await directory.patch(id, { op: 'Add', path, value: 'mei@ex.com' });
    const changed = await directory.patch(id, { op: 'Replace', path, value: 'Mei.Han@ex.com' });
    expect(changed.body.emails).toEqual([{ type: 'work', value: 'Mei.Han@ex.com' }]);
    expect((await rep(id))?.email).toBe('Mei.Han@ex.com');
    expect((await directory.find('emails[type eq "work"].value eq "mei.han@EX.com"')).body.totalResults).toBe(1);
    expect((await directory.find('emails[type eq "home"].value eq "mei.han@ex.com"')).body.totalResults).toBe(0);
    expect((await directory.find('emails.value eq "mei@ex.com"')).body.totalResults).toBe(0);
  });

  it('lets somebody go by the text "False", and takes them back by a truth value', async () => {
    expect((await directory.patch(id, { op: 'Replace', path: 'active', value: 'False' })).body.active).toBe(false);
    expect((await rep(id))?.status).toBe('left');
    expect((await directory.find('externalId eq "guid-7" and active eq false')).body.totalResults).toBe(1);
    expect((await directory.patch(id, { op: 'Add', path: 'active', value: true })).body.active).toBe(true);
    expect((await rep(id))?.status).toBe('active');
  });

  it('with its newer flag sends one operation without a path, names with dots and whole URNs', async () => {
    const { body } = await directory.patch(id, {
      op: 'replace',
      value: {
        displayName: 'Mei-Mei',
        'name.givenName': 'Mei-Mei',
        'name.familyName': 'Hahn',
        'emails[type eq "work"].value': 'hahn@ex.com',
        [`${ENTERPRISE}:department`]: 'east',
        [`${ENTERPRISE}:employeeNumber`]: 'e8',
        active: 'True',
      },
    });
    expect(body).toMatchObject({
      id,
      displayName: 'Mei-Mei',
      name: { formatted: 'Mei Han', givenName: 'Mei-Mei', familyName: 'Hahn' },
      emails: [{ type: 'work', value: 'hahn@ex.com' }],
      [ENTERPRISE]: { department: 'east', employeeNumber: 'e8' },
      active: true,
    });
    expect(await rep(id)).toMatchObject({ name: 'Mei-Mei', teamId: 'east' });
    expect(await rep('e8')).toBeUndefined();
  });

  it('names the manager as a bare text, as an object, or in a list under the bare name, and takes them away', async () => {
    const path = `${ENTERPRISE}:manager`;
    const managerOf = (user: Record<string, unknown>) => (user[ENTERPRISE] as { manager?: unknown }).manager;
    expect(managerOf((await directory.patch(id, { op: 'Add', path, value: 'm1' })).body)).toEqual({ value: 'm1' });
    expect((await rep(id))?.managerId).toBe('m1');
    const named = await directory.patch(id, { op: 'Replace', path, value: { value: 'm2', displayName: 'Boss' } });
    expect(managerOf(named.body)).toEqual({ value: 'm2', displayName: 'Boss' });
    const old = [{ $ref: 'https://leads.example/scim/v2/Users/m3', value: 'm3' }];
    expect(managerOf((await directory.patch(id, { op: 'Add', path: 'manager', value: old })).body)).toEqual(old[0]);
    expect((await rep(id))?.managerId).toBe('m3');
    expect(managerOf((await directory.patch(id, { op: 'Remove', path })).body)).toBeUndefined();
  });

  it('keeps a phone number and an address as they were sent', async () => {
    const { body } = await directory.patch(
      id,
      { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '(138) 0013-8000' },
      { op: 'Add', path: 'addresses[type eq "work"].locality', value: '苏州' },
      { op: 'Add', path: 'roles[primary eq "True"].value', value: 'seller' },
    );
    expect(body).toMatchObject({
      phoneNumbers: [{ type: 'mobile', value: '(138) 0013-8000' }],
      addresses: [{ type: 'work', locality: '苏州' }],
      roles: [{ primary: true, value: 'seller' }],
    });
  });

  it('is told nothing new by what changes nothing', async () => {
    const before = await directory.read(id);
    const same = await directory.patch(id, { op: 'Replace', path: 'displayName', value: before.displayName });
    expect(same).toMatchObject({ status: 200, headers: { etag: before.meta.version } });
    expect(same.body).toEqual(before);
  });

  it('takes a user away for good: they have left, and the name is free', async () => {
    const { id: gone } = (await directory.add('tmp@ex.com', { [ENTERPRISE]: { employeeNumber: 'tmp' } })).body;
    expect((await directory.call('DELETE', `/Users/${gone}`)).status).toBe(204);
    expect((await rep(gone))?.status).toBe('left');
    for (const method of ['GET', 'DELETE']) expect((await directory.call(method, `/Users/${gone}`)).status).toBe(404);
    expect((await directory.find('userName eq "tmp@ex.com"')).body.totalResults).toBe(0);
    expect((await directory.find(`id eq "${gone}"`)).body.totalResults).toBe(0);
    const again = await directory.add('tmp@ex.com', { [ENTERPRISE]: { employeeNumber: 'tmp' } });
    expect(again).toMatchObject({ status: 201, body: { id: gone, active: true } });
    expect(again.headers.etag).not.toBe('W/"1"');
    expect((await rep(gone))?.status).toBe('active');
  });

  it('gives an alias to somebody else once its holder is called otherwise: they get an id of their own', async () => {
    const alias = { externalId: 'mei.li' };
    const { body: mei } = await directory.add('mei.li@ex.com', alias);
    expect(mei.id).toBe('mei.li');
    expect((await directory.add('another@ex.com', alias)).status).toBe(409);
    await directory.patch(
      mei.id,
      { op: 'Replace', path: 'userName', value: 'mei.han@ex.com' },
      { op: 'Replace', path: 'externalId', value: 'mei.han' },
    );
    const other = await directory.add('mei.li@ex.com', alias);
    expect(other).toMatchObject({ status: 201, body: { userName: 'mei.li@ex.com', externalId: 'mei.li' } });
    expect(other.body.id).not.toBe(mei.id);
    expect(await directory.read(mei.id)).toMatchObject({ userName: 'mei.han@ex.com', active: true });
  });
});
