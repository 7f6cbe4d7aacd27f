import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Backplane, json, type ServiceHandler, startBackplane } from '../../../scripts/local/backplane.ts';
import { openClock } from '../../../scripts/local/clock.ts';
import { Faults } from '../../../scripts/local/faults.ts';
import { type LocalFunction, localFunction } from '../../../scripts/local/functions.ts';
import { type Hosts, openHosts } from '../../../scripts/local/hosts.ts';
import { Meter, type StepCounts } from '../../../scripts/local/meter.ts';
import type { Resource, Template } from '../../../scripts/local/template.ts';

/** Does as it is told, and says where it ran. */
const CODE = `
import http from 'node:http';
import https from 'node:https';
import { env } from 'node:process';
import { threadId } from 'node:worker_threads';
const name = process.env.POWERTOOLS_SERVICE_NAME;
let before = 0;
let now = 0;
let most = 0;
const ask = (url, path) => new Promise((resolve) => {
  const { hostname, port } = new URL(url);
  http.request({ host: hostname, port, path, method: 'POST', headers: {} }, resolve).end();
});
export const handler = async ({ does, url, vendor }) => {
  before += 1;
  now += 1;
  most = Math.max(most, now);
  console.log(process.env.POWERTOOLS_SERVICE_NAME);
  try {
    if (does === 'spin') for (;;);
    if (does === 'hang') await new Promise((resolve) => setTimeout(resolve, 60_000));
    if (does === 'ask') {
      await ask(url, '/slow/first');
      https.request({ host: '127.0.0.1', port: vendor }).on('error', () => undefined).end();
      await Promise.all([fetch(url + '/slow/by-fetch'), ask(url, '/slow/second')]);
    }
    if (does === 'fail') throw new TypeError('on purpose');
    if (does === 'crash') setTimeout(() => { throw new Error('behind its back'); });
    await new Promise((resolve) => setTimeout(resolve, 5));
    process.env.LAST = name;
    await new Promise((resolve) => setTimeout(resolve, 5));
    const { LAST, PATH } = process.env;
    return { name, now: process.env.POWERTOOLS_SERVICE_NAME, imported: env.POWERTOOLS_SERVICE_NAME, LAST, PATH, threadId, before, most };
  } finally {
    now -= 1;
  }
};
`;

interface Said {
  name: string;
  now: string;
  imported: string;
  LAST: string;
  PATH?: string;
  threadId: number;
  before: number;
  most: number;
}

const folder = mkdtempSync(join(tmpdir(), 'leadkeeper-functions-'));
const assetOf = ({ id }: Resource): string => join(folder, id);
const template = { resolve: (value: unknown) => value, assetOf } as unknown as Template;
const faults = new Faults();
const meter = new Meter();
let backplane: Backplane;
let hosts: Hosts;
const functions: LocalFunction[] = [];
/** What functions asked of a stand-in, which answers once it may. */
const asked: string[] = [];
let mayAnswer: () => void = () => undefined;
const slow: ServiceHandler = async (_headers, _body, path) => {
  asked.push(path);
  await new Promise<void>((resolve) => {
    mayAnswer = resolve;
  });
  return json(200, {});
};

/** A vendor's door, and how often somebody knocked. */
let knocks = 0;
const vendor = createServer((socket) => {
  knocks += 1;
  socket.destroy();
});
const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** A function of that name, with so many seconds for each invocation. */
function made(name: string, seconds: number): (does?: string) => Promise<Said> {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'index.mjs'), CODE);
  const Environment = { Variables: { POWERTOOLS_SERVICE_NAME: name } };
  const properties = { Handler: 'index.handler', Timeout: seconds, MemorySize: 256, Environment };
  const resource: Resource = { id: name, type: 'AWS::Lambda::Function', properties, metadata: {} };
  const one = localFunction(resource, { template, faults, meter, hosts, environment: {}, concurrency: 2 });
  functions.push(one);
  return async (does = 'nothing') => (await one.invoke({ does, url: backplane.url, vendor: portOf(vendor) })) as Said;
}

beforeAll(async () => {
  await new Promise<void>((done) => vendor.listen(0, '127.0.0.1', done));
  backplane = await startBackplane({ slow });
  hosts = openHosts({ clock: openClock(folder), meter, backplane, logFile: join(folder, 'functions.log') });
});

afterAll(async () => {
  for (const each of functions) each.stop();
  await hosts.stop();
  await backplane.close();
  vendor.close();
  rmSync(folder, { recursive: true, force: true });
});

const usedBy = (name: string): StepCounts | undefined =>
  (meter.report().byStep as Record<string, StepCounts | undefined>)[name];

describe('functions that share a thread', () => {
  it('find their own variables, whatever others set meanwhile, and none of the machine’s', async () => {
    const [one, other] = [made('one', 30), made('other', 30)];
    const [first, second] = await Promise.all([one(), other()]);
    expect(first.threadId).toBe(second.threadId);
    expect(first).toMatchObject({ name: 'one', now: 'one', LAST: 'one' });
    expect(second).toMatchObject({ name: 'other', now: 'other', LAST: 'other' });
    expect(first.imported).toBe('one');
    expect(first.PATH).toBeUndefined();
  });

  it('are metered each for its own log, which is kept', async () => {
    const [quiet, loud] = [made('quiet', 30), made('loud', 30)];
    await Promise.all([quiet(), loud(), loud()]);
    const kept = (name: string) =>
      readFileSync(join(folder, 'functions.log'), 'utf8')
        .split('\n')
        .filter((line) => line === name).length;
    await vi.waitFor(() => expect([kept('quiet'), kept('loud')]).toEqual([1, 2]), { timeout: 10_000 });
    const [a, b] = [usedBy('quiet'), usedBy('loud')];
    expect([a?.invocations, b?.invocations]).toEqual([1, 2]);
    // The same but for the name: one letter less, twice.
    expect((b?.logBytes ?? 0) - 2 * (a?.logBytes ?? 0)).toBe(-2);
  });

  it('run one at a time in each environment, and as many environments as may be', async () => {
    const one = made('crowded', 30);
    const all = await Promise.all(Array.from({ length: 7 }, () => one()));
    expect(all.map(({ most }) => most)).toEqual(Array(7).fill(1));
    expect(new Set(all.map(({ threadId }) => threadId)).size).toBe(2);
  });

  it('fail by themselves when they throw', async () => {
    const [one, beside] = [made('failing', 30), made('beside-failing', 30)];
    const failed = one('fail');
    await expect(failed).rejects.toThrow('failing: TypeError: on purpose');
    const { threadId } = await beside();
    expect(await one()).toMatchObject({ threadId, before: 2 });
  });

  it('are ended alone when they are killed or out of time, in the middle of what they do, and start anew', async () => {
    const [one, beside] = [made('doomed', 1), made('beside', 30)];
    const kill = { target: 'function:doomed', fault: 'kill', rate: 1, count: 1 } as const;
    for (const [does, why] of [
      ['ask', 'killed'],
      ['hang', 'killed'],
      ['hang', 'no answer within 1 s'],
    ] as const) {
      const { threadId, before } = await beside();
      asked.length = 0;
      if (why === 'killed') faults.arm(kill);
      const failed = one(does);
      const other = beside();
      await expect(failed).rejects.toThrow(`doomed: Ended: ${why}`);
      expect((await other).before).toBeGreaterThan(before);
      // It would go on to ask three times more; nobody hears of it.
      mayAnswer();
      expect(await one()).toMatchObject({ threadId, before: 1 });
      expect(asked).toEqual(does === 'ask' ? ['/first'] : []);
      expect(knocks).toBe(0);
    }
  });

  it('go together when one of them crashes or never lets the others have their turn, and start anew', async () => {
    const [one, beside] = [made('crashing', 1), made('beside-crashing', 30)];
    for (const [does, why] of [
      ['crash', 'behind its back'],
      ['spin', 'no answer within 1 s'],
    ] as const) {
      const { threadId } = await beside();
      const both = await Promise.allSettled([one(does), beside('hang')]);
      expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      expect(String((both[0] as PromiseRejectedResult).reason)).toContain(why);
      const again = await beside();
      expect(again).toMatchObject({ before: 1, name: 'beside-crashing' });
      expect(again.threadId).not.toBe(threadId);
    }
  });

  it('are not kept waiting by what may take minutes', async () => {
    const [long, short] = [made('long', 300), made('short', 30)];
    expect((await long()).threadId).not.toBe((await short()).threadId);
  });
});
