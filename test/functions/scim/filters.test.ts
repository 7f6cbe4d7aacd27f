import { beforeAll, describe, expect, it } from 'vitest';
import { useDirectory } from './directory.ts';

const directory = useDirectory();
const found = async (filter: string) => (await directory.find(filter)).body.Resources.map(({ id }) => id);

beforeAll(async () => {
  await directory.add('Li@ex.com', {
    externalId: 'Ext-1',
    emails: [
      { type: 'work', value: 'Li@ex.com' },
      { type: 'home', value: 'li@home.cn' },
    ],
  });
  await directory.add('o"br\\ien', { externalId: 'Ext-2', active: false });
  await directory.add('two', { externalId: 'Ext-3', emails: [{ type: 'home', value: 'LI@HOME.cn' }] });
});

describe('a filter', () => {
  it('asks for user names and e-mail addresses in any case, for ids in theirs', async () => {
    expect(await found('userName eq "LI@EX.COM"')).toEqual(['Ext-1']);
    expect(await found('USERNAME EQ "li@ex.com"')).toEqual(['Ext-1']);
    expect(await found('urn:ietf:params:scim:schemas:core:2.0:User:userName eq "li@ex.com"')).toEqual(['Ext-1']);
    expect(await found('emails[type eq "Work"].value eq "li@EX.com"')).toEqual(['Ext-1']);
    expect(await found('emails[type eq "home" and value eq "li@home.cn"]')).toEqual(['Ext-1', 'Ext-3']);
    expect(await found('emails.value eq "li@home.cn"')).toEqual(['Ext-1', 'Ext-3']);
    expect(await found('externalId eq "Ext-1"')).toEqual(['Ext-1']);
    expect(await found('externalId eq "ext-1"')).toEqual([]);
    expect(await found('id eq "Ext-1"')).toEqual(['Ext-1']);
  });

  it('joins conditions by and, each checked on whoever was found', async () => {
    expect(await found('emails.value eq "li@home.cn" and userName eq "two"')).toEqual(['Ext-3']);
    expect(await found('active eq true and externalId eq "Ext-2"')).toEqual([]);
    expect(await found('active eq "False" and externalId eq "Ext-2"')).toEqual(['Ext-2']);
    expect(await found('userName eq "two" and userName eq "li@ex.com"')).toEqual([]);
  });

  it('reads quotation marks and other signs within a value as text', async () => {
    expect(await found(String.raw`userName eq "o\"br\\ien"`)).toEqual(['Ext-2']);
    expect(await found('userName eq "x\\" or userName eq \\"two"')).toEqual([]);
    expect(await found('userName eq "a] and (b) or true"')).toEqual([]);
  });

  it.each([
    ['active eq true', 'active'],
    ['userName co "li"', 'co'],
    ['userName sw "li"', 'sw'],
    ['userName pr', 'pr'],
    ['userName ne "li"', 'ne'],
    ['not (userName eq "li")', 'not'],
    ['userName eq "li" or userName eq "two"', 'or'],
    ['userName eq "li" or true', 'or'],
    ['(userName eq "li")', '('],
    ['title eq "x"', 'title'],
    ['password eq "x"', 'password'],
    ['meta.version eq "x"', 'meta.version'],
    ['groups.value eq "x"', 'groups'],
    ['name.familyName eq "x"', 'name.familyName'],
    ['emails eq "x"', 'emails'],
    ['emails.type eq "work"', 'emails.type'],
    ['emails[type eq "work"]', 'emails.value'],
    ['emails[primary eq true].value eq "x"', 'emails.primary'],
    ['emails[type eq "work" or type eq "home"].value eq "x"', 'or'],
    ['emails[emails[type eq "work"].value eq "x"].value eq "x"', '['],
    ['emails[type eq "work".value eq "x"', 'emails['],
    ['userName[type eq "work"].value eq "x"', 'userName'],
    ['userName eq li', 'li'],
    ['userName eq true', 'userName'],
    ['userName eq 5', '5'],
    ['userName eq null', 'null'],
    ['userName eq "li', '"li'],
    ['userName eq "li" "two"', '"two"'],
    ['userName eq "li"; drop', ';'],
    ['userName eq "li" and', 'end'],
    ['userName eq', 'end'],
    ['userName', 'end'],
    ['pk eq "REP#li"', 'pk'],
    ['__proto__.polluted eq "x"', '__proto__'],
    ['constructor.prototype eq "x"', 'constructor'],
    ['emails[__proto__.polluted eq "x"].value eq "x"', '__proto__'],
    ['toString eq "x"', 'toString'],
    [' ', ''],
    [`userName eq "${'x'.repeat(3000)}"`, 'characters'],
  ])('%s is refused by name', async (filter, named) => {
    const { status, body } = await directory.find(filter);
    expect({ status, ...body }).toMatchObject({ status: '400', scimType: 'invalidFilter' });
    expect((body as unknown as { detail: string }).detail).toContain(named);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect({}).not.toHaveProperty('polluted');
  });

  it('is also taken in the body of a search', async () => {
    const search = { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], filter: 'userName eq "two"' };
    const { status, body } = await directory.call('POST', '/Users/.search', { ...search, attributes: ['userName'] });
    expect({ status, ...body }).toMatchObject({ status: 200, totalResults: 1, Resources: [{ id: 'Ext-3' }] });
    expect((await directory.call('POST', '/Users/.search', { filter: 5 })).status).toBe(400);
  });
});
