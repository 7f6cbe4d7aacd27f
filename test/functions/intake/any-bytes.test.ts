import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unpacked } from '../../../functions/intake/delivery.ts';
import { sources } from '../../../functions/intake/sources/index.ts';
import type { Source } from '../../../functions/intake/sources/source.ts';
import { readingOf } from '../../../functions/intake/take-in.ts';
import { NotUnderstood } from '../../../shared/intake/mapping.ts';
import { defaultSourcesRules } from '../../../shared/intake/sources.ts';
import type { Call } from '../../../shared/platform/http-step.ts';
import { Problem } from '../../../shared/platform/problem.ts';
import { samples } from '../../senders.ts';

const at = new Date(1700000000000);
const types = [
  'application/json',
  'application/x-www-form-urlencoded',
  'application/x-www-form-urlencoded; charset=gbk',
  'multipart/form-data; boundary=b',
  'multipart/form-data',
  'text/csv',
  'application/x-ndjson',
  'text/plain',
  '',
];
const known = [
  samples.googleAds('k', '1', '13800138000'),
  samples.meta('1'),
  samples.linkedin('a'),
  samples.oceanEngine('1', '13800138000'),
  samples.baidu('1', '13800138000'),
  samples.tencentAds('1', '13800138000'),
  samples.tiktok('1', '13800138000'),
  samples.hubspot('1', 1),
  'name,phone\nA,13800138000\n',
  'name=A&tel=%2',
  '--b\r\nContent-Disposition: form-data; name="tel"\r\n\r\n13800138000\r\n--b--\r\n',
];

/** Anything: bytes, JSON of any shape, and real posts with some bytes changed. */
const bodies = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.json({ maxDepth: 6 }).map((text) => Buffer.from(text)),
  fc
    .jsonValue()
    .map((value) =>
      Buffer.from(JSON.stringify([{ content: value, data: value, user_column_data: value, entry: [value] }])),
    ),
  fc
    .tuple(fc.constantFrom(...known), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }))
    .map(([text, changes]) => {
      const bytes = Buffer.from(text);
      for (const [where, byte] of changes) bytes[where % bytes.length] = byte;
      return bytes;
    }),
);

/** What a source makes of a call: items, or a refusal by name. @throws anything else, which would be a 5xx */
async function read(source: Source, call: Call, but: object = {}): Promise<'items' | number> {
  const checked = (work: () => unknown) => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  };
  checked(() => source.handshake?.(call, { master: 'm'.repeat(20) }));
  checked(() => source.verify(call, { master: 'm'.repeat(20) }, at));
  try {
    const items = await source.parse({ ...call, ...but }, readingOf(defaultSourcesRules, source.name, call.query.form));
    expect(Array.isArray(items)).toBe(true);
    return 'items';
  } catch (error) {
    if (error instanceof NotUnderstood) return 'items';
    if (!(error instanceof Problem)) throw error;
    expect(error.status).toBeGreaterThanOrEqual(400);
    expect(error.status).toBeLessThan(500);
    expect(error.errors.length).toBeGreaterThan(0);
    return error.status;
  }
}

const web = sources.get('web') as Source;

describe('any bytes', () => {
  it.each([...sources.keys()])('to %s are read, or refused by the name of what is wrong', async (name) => {
    const source = sources.get(name) as Source;
    await fc.assert(
      fc.asyncProperty(
        bodies,
        fc.constantFrom(...types),
        fc.constantFrom('POST', 'GET'),
        async (body, type, method) => {
          const call: Call = {
            method,
            path: `/leads/${name}`,
            params: {},
            query: { form: 'constructor' },
            headers: { 'content-type': type },
            body,
          };
          await read(source, call);
          await read(source, call, { fetched: { urn: 'u', leadgenId: 'l', leadKey: 'k' } });
          if (name === 'import') await read(source, call, { row: 'r' });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('that are packed are unpacked to the limit and no further', () => {
    const pack = (body: Buffer, how = 'gzip'): Call => ({
      method: 'POST',
      path: '/leads/web',
      params: {},
      query: {},
      headers: { 'content-encoding': how },
      body,
    });
    expect(unpacked(web, pack(gzipSync('x'.repeat(256 * 1024)))).body).toHaveLength(256 * 1024);
    expect(() => unpacked(web, pack(gzipSync('x'.repeat(256 * 1024 + 1))))).toThrow(
      expect.objectContaining({ status: 413 }),
    );
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom('gzip', 'deflate', 'br', 'constructor', 'GZIP'),
        (bytes, how) => {
          try {
            unpacked(web, pack(Buffer.from(bytes), how));
          } catch (error) {
            expect(error).toBeInstanceOf(Problem);
          }
        },
      ),
    );
  });
});
