import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';

/** Reads a roster of fifty thousand rows and weighs it against as many people known, in a thread of so little memory. */
const work = `
  const { parentPort } = require('node:worker_threads');
  (async () => {
    const { readCsv } = await import(new URL('shared/org/csv.ts', 'file://' + process.cwd() + '/').href);
    const { readRows } = await import(new URL('shared/org/roster.ts', 'file://' + process.cwd() + '/').href);
    const { defaultHrRules } = await import(new URL('shared/org/guard.ts', 'file://' + process.cwd() + '/').href);
    const { plan } = await import(new URL('shared/org/push/plan.ts', 'file://' + process.cwd() + '/').href);
    const { LastWord } = await import(new URL('shared/org/push/order.ts', 'file://' + process.cwd() + '/').href);
    const { pageOf } = await import(new URL('shared/org/staff/page.ts', 'file://' + process.cwd() + '/').href);
    const { say, standing, today } = await import(new URL('shared/org/staff/word.ts', 'file://' + process.cwd() + '/').href);
    const rows = ['工号,姓名,在职状态,手机,邮箱,团队,上级,入职日期'];
    for (let n = 0; n < 50000; n += 1) rows.push('e' + n + ',李雷' + n + ',在职,138' + (10000000 + n) + ',user' + n + '@example.com,team-' + (n % 50) + ',' + (n < 500 ? '' : 'e' + (n % 500)) + ',2021/5/10');
    const bytes = Buffer.from(rows.join('\\r\\n') + '\\r\\n');
    rows.length = 0;
    const read = () => {
      const file = readCsv(bytes, defaultHrRules);
      return readRows(file.map(({ row }) => row), file.map(({ line }) => line));
    };
    const now = today(new Date('2026-11-23T00:00:00.000Z'), 'Asia/Shanghai');
    const pages = new Map(Array.from({ length: 256 }, (_, number) => [number, { number, version: 0, people: new Map() }]));
    for (const { row } of read().good.values()) {
      const words = say({}, 'hr', row, '2026-11-01T00:00:00.000Z');
      pages.get(pageOf(row.employeeId)).people.set(row.employeeId, { status: standing(words, now).status, words });
    }
    const situation = { asOf: '2026-11-23T00:00:00.000Z', mode: 'full', read: read(), pages, later: new LastWord(), rules: defaultHrRules, now };
    const { said, absent, active, rejected } = plan(situation);
    parentPort.postMessage({ changing: said.rows.size + absent.rows.size, active, rejected: rejected.length });
  })();
`;

describe('a roster of fifty thousand rows', () => {
  it('is read and compared within 256 MB', async () => {
    const worker = new Worker(work, {
      eval: true,
      resourceLimits: { maxOldGenerationSizeMb: 200, maxYoungGenerationSizeMb: 48 },
    });
    const said = await new Promise((done, failed) => {
      worker.once('message', done);
      worker.once('error', failed);
    });
    await worker.terminate();
    expect(said).toEqual({ changing: 0, active: 50_000, rejected: 0 });
  });
});
