import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { admit } from '../../../functions/intake/admit.ts';
import { current, publish } from '../../../shared/config/store.ts';
import { commit } from '../../../shared/platform/commit.ts';
import type { Call } from '../../../shared/platform/http-step.ts';
import type { Rates } from '../../../shared/rates/rules.ts';
import { defaultRubbishRules } from '../../../shared/rubbish/rules.ts';
import { monday } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const secret = { master: 'a-master-of-the-tests' };
const clock = globalThis as { [hook: symbol]: (() => number) | undefined };
const hook = Symbol.for('leadkeeper.clock');
let minute = 0;

const from = (address: string, headers: Record<string, string> = {}): Call => ({
  method: 'POST',
  path: '/leads/web',
  params: { source: 'web' },
  query: {},
  headers: { 'content-type': 'application/json', ...headers },
  body: Buffer.from('{}'),
  address,
});
const page = { 'content-type': 'application/x-www-form-urlencoded' };
const script = { origin: 'https://shop.example' };

async function inForce(rates: Rates): Promise<void> {
  const { rubbish } = await current(table());
  await commit(table(), publish('rubbish', rubbish, { ...defaultRubbishRules, rates }, 'test', monday));
}

/** How many of so many posts are let in. */
async function taken(posts: number, call: Call, source = 'web'): Promise<number> {
  let count = 0;
  for (let at = 0; at < posts; at += 1) {
    await admit(call, source, secret).then(
      () => {
        count += 1;
      },
      (error) => expect(error).toMatchObject({ status: 429, headers: { 'retry-after': '60' } }),
    );
  }
  return count;
}

describe('letting posts in', () => {
  beforeEach(() => {
    minute += 1;
    clock[hook] = () => monday.getTime() + minute * 60_000;
  });
  afterAll(() => {
    clock[hook] = undefined;
  });

  it('by the built-in limits takes three hundred a minute from a visitor’s address, and any number from servers and platforms', async () => {
    expect(await taken(320, from('203.0.113.7', page))).toBe(300);
    expect(await taken(5, from('203.0.113.7', script))).toBe(0);
    expect(await taken(5, from('203.0.113.8', page))).toBe(5);
    expect(await taken(200, from('203.0.113.7'))).toBe(200);
    expect(await taken(100, from('203.0.113.7', page), 'ocean-engine')).toBe(100);
  });

  it('goes by other limits ten seconds after they are published', async () => {
    await inForce({
      perSource: { otherwise: null, sources: { meta: 2 } },
      perAddress: { otherwise: 4, sources: { web: null } },
    });
    expect(await taken(70, from('203.0.113.9', page))).toBe(70);
    expect(await taken(9, from('203.0.113.9'), 'meta')).toBe(2);
    expect(await taken(9, from('203.0.113.9', page), 'tiktok')).toBe(4);
  });

  it('holds an IPv6 network for one visitor', async () => {
    await inForce({ perSource: { otherwise: null, sources: {} }, perAddress: { otherwise: 3, sources: {} } });
    let count = 0;
    for (let at = 0; at < 9; at += 1) count += await taken(1, from(`2001:db8:0:12::${at + 1}`, page));
    expect(count).toBe(3);
  });

  it('keeps no address as it is', async () => {
    const { Items = [] } = await table().client.send(new ScanCommand({ TableName: table().name }));
    const counts = Items.filter(({ pk }) => String(pk).startsWith('RATE#POSTS#ADDRESS#'));
    expect(counts.length).toBeGreaterThan(1);
    expect(JSON.stringify(Items)).not.toMatch(/203\.0\.113|2001:db8/);
  });

  it('goes on by the limits it knows while the table cannot be read', async () => {
    const endpoint = table().client.config.endpoint;
    table().client.config.endpoint = async () => ({ protocol: 'http:', hostname: '127.0.0.1', port: 1, path: '/' });
    try {
      // Neither the limits nor the counts can be had: nobody is stopped by that.
      expect(await taken(2, from('203.0.113.7', page))).toBe(2);
    } finally {
      table().client.config.endpoint = endpoint;
    }
  });
});
