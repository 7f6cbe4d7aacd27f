import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { freePort, startTableServer } from '../../scripts/local/table.ts';

/** Runs a command, in a folder. */
function run(script: string, args: string[], env: Record<string, string> = {}, cwd?: string) {
  const { status, stderr } = spawnSync(process.execPath, [resolve(`scripts/${script}.ts`), ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    cwd,
  });
  return { code: status, said: stderr };
}

it('an option that a command does not know is named, without a stack', () => {
  const { code, said } = run('replay', ['--form', '2026-11-01']);
  expect({ code, lines: said.trim().split('\n').length }).toEqual({ code: 2, lines: 2 });
  expect(said).toContain("'--form'");
});

it('import says in words why a file cannot be used, or that there is nobody to ask', () => {
  const folder = mkdtempSync(join(tmpdir(), 'leadkeeper-import-'));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const said = (name: string) => run('import', [name, '--url', 'http://127.0.0.1:1']);
  const deals = file('deals.csv', 'id,repId,receivedAt\n1,rep-li,2026-03-01\n');
  for (const [name, code, why] of [
    [join(folder, 'none.csv'), 2, 'cannot be read (ENOENT)'],
    [file('other.csv', 'name,phone\n王芳,13800138000\n'), 2, 'no column id, repId, receivedAt'],
    [file('half.csv', 'id,repId,receivedAt\n1,"rep'), 2, 'Quote Not Closed'],
    [deals, 1, 'Leadkeeper cannot be asked'],
  ] as const) {
    const { said: words, ...ended } = said(name);
    expect({ ...ended, lines: words.trim().split('\n').length }).toEqual({ code, lines: 1 });
    expect(words).toContain(why);
  }
  rmSync(folder, { recursive: true });
});

it('import names the line of a deal that is refused, whatever lines the cells before it take', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'leadkeeper-import-'));
  const file = join(folder, 'deals.csv');
  writeFileSync(file, 'id,repId,receivedAt,name\n1,rep-li,2026-03-01,"王\n芳"\n\n2,rep-none,2026-03-01,李雷\n');
  const rejected = [{ index: 1, path: 'repId', message: 'rep-none is not on the roster' }];
  const server = createServer((_, answer) => answer.end(JSON.stringify({ taken: 1, known: 0, rejected })));
  const url = await new Promise<string>((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)),
  );
  const child = spawn(process.execPath, ['scripts/import.ts', file, '--url', url, '--token', 'x']);
  const [said] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect({ code: child.exitCode, said }).toEqual({ code: 1, said: 'line 5: repId rep-none is not on the roster\n' });
  server.close();
  rmSync(folder, { recursive: true });
});

it('replay refuses a day that is in no calendar', () => {
  const { code, said } = run('replay', ['--from', '2026-02-28', '--to', '2026-02-30']);
  expect({ code, said }).toEqual({ code: 2, said: expect.stringContaining('--from and --to are days') });
});

it('replay says that there is nothing to ask where no data is, and makes none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'leadkeeper-replay-'));
  const days = ['--from', '2026-11-01', '--to', '2026-11-01'];
  for (const DATA_DIR of [folder, join(folder, 'none')]) {
    const { code, said } = run('replay', days, { DATA_DIR, PORT: String(await freePort()), ASSEMBLY: 'none' });
    expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining(`${DATA_DIR} holds no data`) });
  }
  expect(readdirSync(folder)).toEqual([]);
  rmSync(folder, { recursive: true });
});

it('reset deletes what a start wrote, and nothing else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'leadkeeper-reset-'));
  const theirs = join(folder, 'thesis.txt');
  writeFileSync(theirs, 'years of work');
  expect(run('reset', [], { DATA_DIR: folder })).toMatchObject({ code: 1, said: expect.stringContaining('nothing') });
  expect(existsSync(theirs)).toBe(true);
  writeFileSync(join(folder, 'table.db'), '');
  expect(run('reset', [], { DATA_DIR: folder }).code).toBe(0);
  expect(readdirSync(folder)).toEqual(['thesis.txt']);
  rmSync(theirs);
  writeFileSync(join(folder, 'table.db'), '');
  expect(run('reset', [], { DATA_DIR: folder }).code).toBe(0);
  expect(existsSync(folder)).toBe(false);
});

it('an empty DATA_DIR is none: data lies in .local, and not beside the code', () => {
  const folder = mkdtempSync(join(tmpdir(), 'leadkeeper-empty-name-'));
  // It gets as far as its data, and no farther.
  const nothing = { DATA_DIR: '', ASSEMBLY: join(folder, 'none') };
  expect(run('start', [], nothing, folder)).toMatchObject({ code: 1, said: expect.stringContaining('did not start') });
  expect(readdirSync(folder)).toEqual(['.local']);
  writeFileSync(join(folder, 'table.db'), '');
  expect(run('reset', [], nothing, folder)).toEqual({ code: 0, said: '' });
  expect(readdirSync(folder)).toEqual(['table.db']);
  rmSync(folder, { recursive: true });
});

it('start refuses a seed of faults that is no whole number', () => {
  for (const FAULTS_SEED of ['abc', '1.5', '']) {
    const said = `FAULTS_SEED is a whole number, not ${FAULTS_SEED}\n`;
    expect(run('start', [], { FAULTS_SEED, ASSEMBLY: 'none' })).toEqual({ code: 2, said });
  }
});

it('on data that a runtime is at work on, no other starts, and nothing is reset', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'leadkeeper-twice-'));
  const first = await startTableServer(folder, '');
  await expect(startTableServer(folder, '')).rejects.toThrow(`process ${process.pid} runs on ${folder} already`);
  expect(run('reset', [], { DATA_DIR: folder })).toMatchObject({ code: 1, said: expect.stringContaining('already') });
  expect((await first.client.send(new ListTablesCommand({}))).TableNames).toEqual([]);
  await first.stop();
  expect(run('reset', [], { DATA_DIR: folder }).code).toBe(0);
});
