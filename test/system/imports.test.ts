import { describe, expect, it } from 'vitest';
import { useSystem } from '../running-system.ts';

const system = useSystem();

interface Progress {
  importId: string;
  rows: number;
  done: number;
  received: number;
  duplicate: number;
  quarantined: number;
  finished: boolean;
  problems: { line: number; quarantineId: string; reason: string }[];
}

const call = (body: string, type = 'text/csv') =>
  system.call<{ importId: string; rows: number; progress: string }>('POST', '/leads/import', body, {
    'x-api-key': system.keys.import ?? '',
    'content-type': type,
  });
const progress = async (importId: string): Promise<Progress> => {
  await system.idle();
  const { status, body } = await system.call<Progress>('GET', `/intake/imports/${importId}`);
  expect(status).toBe(200);
  return body;
};
const imported = async () => {
  const { body } = await system.call<{
    items: { source: { channel: string }; contact: { phone?: string; name?: string } }[];
  }>('GET', '/leads?limit=200');
  return body.items.filter(({ source }) => source.channel === 'import');
};
const drop = (name: string, text: string) =>
  fetch(`${system.runtime.url}/_local/files/imports/inbox/${name}`, { method: 'PUT', body: text });

describe('files of leads', () => {
  it('are taken in row by row, by call; what cannot be understood goes to quarantine with its line; the same file again is the same import', async () => {
    const csv = [
      '姓名;手机号;预算',
      '李雷;13611110001;10',
      '"韩;梅梅";13611110002;20',
      '没有电话;;30',
      '李雷;13611110001;10',
      '多一列;13611110003;1;2',
    ].join('\r\n');
    const { status, body } = await call(csv);
    expect([status, body.rows]).toEqual([202, 5]);
    expect(await progress(body.importId)).toMatchObject({
      rows: 5,
      done: 5,
      received: 2,
      duplicate: 1,
      quarantined: 2,
      finished: true,
      problems: [
        { line: 4, reason: expect.stringContaining('contact') },
        { line: 6, reason: 'line 6 has 4 columns, the headings are 3' },
      ],
    });
    expect((await call(csv)).body.importId).toBe(body.importId);
    await system.idle();
    const all = await imported();
    expect(all).toHaveLength(3);
    expect(all.map(({ contact }) => contact.name)).toContain('韩;梅梅');
  });

  it('may be JSON lines; ids that stand in them keep a row from coming in twice, whatever file it is in', async () => {
    const row = (id: string, phone: string) => `{"id":"${id}","phone":"${phone}","company":"苏州精工"}`;
    const first = await call(
      `${row('a', '13622220001')}\n${row('b', '13622220002')}\nnot json\n`,
      'application/x-ndjson',
    );
    expect(await progress(first.body.importId)).toMatchObject({ received: 2, quarantined: 1 });
    const before = (await imported()).length;
    const second = await call(`${row('b', '13622220002')}\n${row('c', '13622220003')}\n`, 'application/x-ndjson');
    expect(await progress(second.body.importId)).toMatchObject({ received: 1, duplicate: 1, quarantined: 0 });
    expect(await imported()).toHaveLength(before + 1);
  });

  it('that are dropped into the bucket are found, read, and put away with a report', async () => {
    await drop('fair.csv', 'name\tphone\nAnn\t13633330001\nBen\t13633330002\n');
    await drop('broken.csv', 'name,phone\n"Ann,13633330003\n');
    expect((await system.call('POST', '/_local/schedules/imports')).status).toBe(200);
    await system.idle();
    const { body: files } = await system.call<{ items: (string | { key: string })[] }>(
      'GET',
      '/_local/files?prefix=imports/',
    );
    const keys = files.items.map((item) => (typeof item === 'string' ? item : item.key)).sort();
    expect(keys).toEqual([
      'imports/done/fair.csv',
      'imports/done/fair.csv.report.json',
      'imports/failed/broken.csv',
      'imports/failed/broken.csv.report.json',
    ]);
    const report = await system.call<{ importId: string }>('GET', '/_local/files/imports/done/fair.csv.report.json');
    expect(await progress(report.body.importId)).toMatchObject({ rows: 2, received: 2, finished: true });
    const failed = await system.call('GET', '/_local/files/imports/failed/broken.csv.report.json');
    expect(failed.body).toMatchObject({ reason: 'the file ends inside a quoted field' });
    const { body } = await system.call<{ items: { name: string }[] }>('GET', '/intake/imports');
    expect(body.items.map(({ name }) => name)).toContain('fair.csv');
  });

  it('of which nothing can be read are refused, naming why', async () => {
    const cases: [string, string, number, string][] = [
      ['a;b,c\n1;2,3\n', 'text/csv', 400, 'line 1'],
      ['', 'text/csv', 400, 'body'],
      ['name,phone\n"x', 'text/csv', 400, 'line 2'],
      ['x', 'application/pdf', 415, 'content-type'],
    ];
    for (const [body, type, status, path] of cases)
      expect(await call(body, type), body).toMatchObject({ status, body: { errors: [{ path }] } });
  });
});
