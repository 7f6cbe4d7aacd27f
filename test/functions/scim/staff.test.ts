import { beforeEach, describe, expect, it } from 'vitest';
import { employeeOf, type Row } from '../../../functions/scim/employee.ts';
import { draftOf } from '../../../functions/scim/normalise.ts';
import { checked } from '../../../functions/scim/schema.ts';
import { addUser, dropUser, patchUser, replaceUser } from '../../../functions/scim/users.ts';
import { after as later } from '../../../shared/platform/clock.ts';
import { readUser } from '../../../shared/scim/store.ts';
import { monday } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';
import { ENTERPRISE } from './directory.ts';

const { table } = useRealTable();
const heard: Row[] = [];
let breaks = false;
let at = monday;
const world = () => ({
  table: table(),
  now: () => at,
  staff: {
    employeeWith: async () => undefined,
    hear: async (row: Row) => {
      heard.push(row);
      if (breaks) throw new Error('broken off');
    },
  },
});
const patch = (op: string, path: string, value?: unknown) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op, path, value }],
});
const rowOf = (user: Record<string, unknown>) =>
  employeeOf({ id: 'li', attributes: checked(draftOf({ userName: 'li', ...user })) });

beforeEach(() => {
  heard.length = 0;
  breaks = false;
  at = monday;
});

describe('the staff', () => {
  it('hears of every change, and of nothing that is none', async () => {
    await addUser(world(), { userName: 'mei', displayName: 'Mei' });
    await patchUser(world(), 'mei', patch('replace', 'displayName', 'Mei'));
    await replaceUser(world(), 'mei', { displayName: 'Mei', userName: 'mei' });
    await patchUser(world(), 'mei', patch('replace', 'active', 'False'));
    await dropUser(world(), 'mei');
    const mei = { employeeId: 'mei', name: 'Mei' };
    expect(heard).toEqual([
      { ...mei, status: 'active' },
      { ...mei, status: 'left' },
      { ...mei, status: 'left' },
    ]);
  });

  it('hears before the user is saved: what broke off between, the retry makes good', async () => {
    breaks = true;
    await expect(addUser(world(), { userName: 'han' })).rejects.toThrow('broken off');
    expect(await readUser(table(), 'han')).toEqual({ version: 0 });
    breaks = false;
    await addUser(world(), { userName: 'han' });
    breaks = true;
    await expect(patchUser(world(), 'han', patch('replace', 'active', false))).rejects.toThrow('broken off');
    await expect(dropUser(world(), 'han')).rejects.toThrow('broken off');
    expect(await readUser(table(), 'han')).toMatchObject({ user: { attributes: { active: true } }, version: 1 });
    breaks = false;
    expect((await patchUser(world(), 'han', patch('replace', 'active', false))).attributes.active).toBe(false);
    expect(heard.map(({ status }) => status)).toEqual(['active', 'active', 'left', 'left', 'left']);
  });
});

describe('a user name', () => {
  it('is kept a minute for who is about to be saved, and longer for who was', async () => {
    breaks = true;
    await expect(addUser(world(), { userName: 'Wanted', externalId: 'w1' })).rejects.toThrow('broken off');
    breaks = false;
    const other = { userName: 'wanted', externalId: 'w2' };
    await expect(addUser(world(), other)).rejects.toMatchObject({ status: 409, scimType: 'uniqueness' });
    at = later(monday, 60_000);
    expect((await addUser(world(), other)).id).toBe('w2');
    at = later(monday, 24 * 3_600_000);
    const late = { userName: 'Wanted', externalId: 'w1' };
    await expect(addUser(world(), late)).rejects.toMatchObject({ status: 409, scimType: 'uniqueness' });
    await expect(addUser(world(), { ...late, externalId: 'w2' })).rejects.toMatchObject({ status: 409 });
    expect(heard.map(({ employeeId }) => employeeId)).toEqual(['w1', 'w2']);
  });
});

describe('what the staff hears', () => {
  it.each([
    [{ displayName: 'Li Lei', name: { formatted: 'Mr Li' } }, 'Li Lei'],
    [{ displayName: ' ', name: { formatted: 'Mr Li', givenName: 'Lei' } }, 'Mr Li'],
    [{ name: { givenName: 'Lei', familyName: 'Li' } }, 'Lei Li'],
    [{ name: { givenName: '雷', familyName: '李' } }, '李雷'],
    [{ name: { familyName: '李' } }, '李'],
    [{}, 'li'],
  ])('is the name of %j: %s', (user, name) => {
    expect(rowOf(user).name).toBe(name);
  });

  it('is the primary e-mail address or that at work, the mobile phone, department and manager, if they are said', () => {
    expect(rowOf({})).toEqual({ employeeId: 'li', name: 'li', status: 'active' });
    const emails = [{ value: 'a' }, { value: 'b', type: 'work' }];
    expect(rowOf({ emails }).email).toBe('b');
    expect(rowOf({ emails: [...emails, { value: 'c', primary: true }] }).email).toBe('c');
    expect(rowOf({ emails: [{ value: 'a' }] }).email).toBe('a');
    const phoneNumbers = [{ value: '1', type: 'work', primary: true }];
    expect(rowOf({ phoneNumbers }).phone).toBe('1');
    expect(rowOf({ phoneNumbers: [...phoneNumbers, { value: '2', type: 'mobile' }] }).phone).toBe('2');
    expect(rowOf({ [ENTERPRISE]: { department: 'd', manager: 'm' } })).toMatchObject({
      department: 'd',
      managerId: 'm',
    });
  });
});
