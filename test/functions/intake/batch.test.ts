import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Delivery, deliveryOf, unpacked } from '../../../functions/intake/delivery.ts';
import { sources } from '../../../functions/intake/sources/index.ts';
import type { Source } from '../../../functions/intake/sources/source.ts';
import { keptOf, takeIn } from '../../../functions/intake/take-in.ts';
import { keepAside, readAside } from '../../../shared/intake/quarantine/store.ts';
import type { Call } from '../../../shared/platform/http-step.ts';
import { monday } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();

/** What a message of the queue holds, as text, beside what is known of the delivery. */
const MESSAGE = 255 * 1024;

const digits = (of: string, count: number): string =>
  String(BigInt(`0x${createHash('sha256').update(of).digest('hex')}`)).slice(0, count);

/** A post of Meta's that names so many leads, each of its own page, form and ad, without a blank. */
const batchOf = (count: number): Buffer => {
  const entry = (n: number) => {
    const [page_id, leadgen_id, form_id, ad_id, adgroup_id] = ['p', 'l', 'f', 'a', 'g'].map((of) => digits(of + n, 17));
    const value = { leadgen_id, page_id, form_id, ad_id, adgroup_id, created_time: 1_700_000_000 + n };
    return { id: page_id, time: 1_700_000_000 + n, changes: [{ field: 'leadgen', value }] };
  };
  return Buffer.from(JSON.stringify({ object: 'page', entry: Array.from({ length: count }, (_, n) => entry(n)) }));
};
/** Text that packs to little more than half. */
const noise = (bytes: number): Buffer =>
  Buffer.concat(
    Array.from({ length: Math.ceil(bytes / 64) }, (_, n) =>
      Buffer.from(createHash('sha256').update(`${n}`).digest('hex')),
    ),
  ).subarray(0, bytes);

const delivered = (name: string, body: Buffer, headers: Record<string, string> = {}): Delivery => {
  const source = sources.get(name) as Source;
  const call: Call = { method: 'POST', path: `/leads/${name}`, params: {}, query: {}, headers, body };
  return deliveryOf(source, unpacked(source, call), 'signature', monday);
};
const tooLarge = (most: string) => expect.objectContaining({ status: 413, message: `at most ${most}` });

describe('a post that names a thousand leads to be fetched', () => {
  it('is more than a form may be, and notes each of them', async () => {
    const body = batchOf(1000);
    expect(body.length).toBeGreaterThan(256 * 1024);
    const { answer, taken } = await takeIn(table(), delivered('meta', body));
    expect(answer.status).toBe(200);
    expect(taken).toEqual(Array(1000).fill({ kind: 'noted' }));
  });

  it('comes packed as well, and goes into a message of the queue while the table is busy', () => {
    const body = batchOf(1800);
    expect(delivered('meta', gzipSync(body), { 'content-encoding': 'gzip' }).body).toEqual(body);
    expect(gzipSync(body).toString('base64').length).toBeLessThan(MESSAGE);
  });
});

describe('what is larger than a form', () => {
  it('is refused of a source that posts the leads themselves, as ever', () => {
    for (const name of ['web', 'tiktok', 'ocean-engine', 'import'])
      expect(() => delivered(name, batchOf(1000))).toThrow(tooLarge('256 KiB'));
  });

  it('is refused beyond twice of that, packed or not, whatever it names', () => {
    const body = batchOf(2000);
    for (const name of ['meta', 'linkedin', 'hubspot']) {
      expect(() => delivered(name, body)).toThrow(tooLarge('512 KiB'));
      expect(() => delivered(name, gzipSync(body), { 'content-encoding': 'gzip' })).toThrow(tooLarge('512 KiB'));
    }
  });

  it('is refused when it packs too badly for queue and quarantine; what is taken fits both', async () => {
    expect(() => delivered('meta', noise(500 * 1024))).toThrow(tooLarge('512 KiB'));
    const most = delivered('meta', noise(330 * 1024));
    expect(gzipSync(most.body).toString('base64').length).toBeLessThan(MESSAGE);
    const quarantineId = await keepAside(table(), keptOf(most), { reason: 'not JSON' }, monday);
    expect((await readAside(table(), quarantineId))?.kept.body).toEqual(most.body);
  });
});
