import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bearer, type Client, clientOf, keysOf } from '../../scripts/demo/client.ts';
import { freePort } from '../../scripts/local/table.ts';
import { form } from '../running-system.ts';
import { synthesized } from '../synthesized.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'leadkeeper-killed-'));
let child: ChildProcess | undefined;

/** `npm start`, in a process of its own that can be killed; and as a terminal would start it, with a group of processes of its own. */
async function start({ untilIdle = true, company = 'demo', detached = false } = {}): Promise<Client> {
  const port = await freePort();
  child = spawn(process.execPath, ['scripts/start.ts'], {
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, COMPANY: company, ASSEMBLY: await synthesized() },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached,
  });
  const client = clientOf(`http://127.0.0.1:${port}`);
  await expect
    .poll(
      () =>
        client.call('GET', '/_local/keys').then(
          () => 'up',
          () => 'not yet',
        ),
      { timeout: 40_000 },
    )
    .toBe('up');
  if (untilIdle) await client.call('GET', '/_local/idle?timeout=60');
  return client;
}

const end = (signal: NodeJS.Signals): Promise<void> =>
  new Promise((resolve) => {
    child?.once('exit', () => resolve());
    child?.kill(signal);
  });

/** What it says of errors until its end, and how it ends. */
async function lastWords(): Promise<{ code: number | null | undefined; said: string }> {
  let said = '';
  child?.stderr?.on('data', (words) => {
    said += words;
  });
  await new Promise((resolve) => child?.once('close', resolve));
  return { code: child?.exitCode, said };
}

/** The process that serves the table. */
const server = (): number => Number(readFileSync(join(dataDir, 'table.pid'), 'utf8').split(' ')[0]);

/** Whether the table's server still runs. */
const isServed = (): boolean => existsSync(`/proc/${server()}`);

/** One of the commands on the same data, with nothing at its port. */
async function command(script: string, ...args: string[]): Promise<{ status: number | null; stderr: string }> {
  const env = { ...process.env, PORT: String(await freePort()), DATA_DIR: dataDir, ASSEMBLY: await synthesized() };
  return spawnSync(process.execPath, [`scripts/${script}.ts`, ...args], { encoding: 'utf8', env });
}

afterAll(async () => {
  if (child?.exitCode === null && child.signalCode === null) await end('SIGTERM');
  rmSync(dataDir, { recursive: true, force: true });
});

describe('Invariant 1: kill -9 of everything in the middle of a burst', () => {
  it('loses no lead that was answered with 2xx, and assigns none twice', async () => {
    const before = await start();
    const { web = '' } = await keysOf(before);
    const posts = Array.from({ length: 30 }, () =>
      before.call('POST', '/leads/web', form(), { 'x-api-key': web }).then(
        (answer) => (answer as { leadId: string }).leadId,
        () => undefined,
      ),
    );
    await Promise.race(posts);
    await end('SIGKILL');
    const taken = (await Promise.all(posts)).filter((leadId) => leadId !== undefined);
    expect(taken.length).toBeGreaterThan(0);

    const after = await start({ untilIdle: false });
    const admin = await bearer(after, { role: 'admin' });
    // What was being told then is told a minute later.
    await after.call('POST', '/_local/clock', { advance: 'PT2M' }, admin);
    await after.call('GET', '/_local/idle?timeout=60');
    expect(await after.call('GET', '/quarantine', undefined, admin)).toMatchObject({ items: [] });
    for (const leadId of taken) {
      const lead = (await after.call('GET', `/leads/${leadId}`, undefined, admin)) as {
        status: string;
        timeline: { type: string }[];
      };
      expect(['assigned', 'manual']).toContain(lead.status);
      expect(lead.timeline.filter(({ type }) => type === 'LeadAssigned').length).toBeLessThanOrEqual(1);
    }
    const { items } = (await after.call('GET', '/leads?status=received', undefined, admin)) as { items: unknown[] };
    expect(items).toEqual([]);
  });

  it('opens its data for a replay, and lets go of them when that is refused', async () => {
    await end('SIGTERM');
    const refused = await command('replay', '--from', '2026-11-01', '--to', '2026-11-01', '--token', 'none');
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('401') });
    expect(isServed()).toBe(false);
  });

  it('leaves nothing that a reset would not take away', async () => {
    const { status } = await command('reset');
    expect(status).toBe(0);
    expect(existsSync(dataDir)).toBe(false);
  });
});

it('Ctrl-C while the demo company is being loaded ends all of it, without a word', async () => {
  await start({ untilIdle: false });
  const words = lastWords();
  await end('SIGINT');
  expect(await words).toEqual({ code: 0, said: '' });
  expect(isServed()).toBe(false);
});

it('Ctrl-C in a terminal, which the table’s server hears as well, is no loss of the table', async () => {
  await start({ company: 'empty', detached: true });
  const words = lastWords();
  process.kill(-(child?.pid ?? Number.NaN), 'SIGINT');
  expect(await words).toEqual({ code: 0, said: '' });
  expect(isServed()).toBe(false);
});

it('says so and ends with an error when its table’s server ends by itself', async () => {
  await start({ company: 'empty' });
  const words = lastWords();
  const killed = server();
  process.kill(killed, 'SIGKILL');
  const said = `Leadkeeper ends: the table's server (process ${killed}) ended with SIGKILL\n`;
  expect(await words).toEqual({ code: 1, said });
});
