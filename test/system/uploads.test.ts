import { describe, expect, it } from 'vitest';
import { counties } from '../../scripts/bench/territories.ts';
import { useSystem } from '../running-system.ts';

const system = useSystem('empty');
const { text } = counties();

/** Uploads a file in the parts that are asked for. */
async function upload(file: string): Promise<string> {
  const bytes = Buffer.from(file);
  const begun = await system.call<{ uploadId: string; parts: { url: string; from: number; to: number }[] }>(
    'POST',
    '/territories/uploads',
    { bytes: bytes.length },
  );
  expect(begun.status).toBe(201);
  for (const { url, from, to } of begun.body.parts) {
    expect((await fetch(url, { method: 'PUT', body: bytes.subarray(from, to) })).status).toBe(200);
  }
  return begun.body.uploadId;
}

/** The counties without those that rounding spoilt. */
function soundCounties(): { type: string; features: { properties: { territoryId: string } }[] } {
  const collection = JSON.parse(text) as ReturnType<typeof soundCounties>;
  const spoilt = new Set(['51610', '51620', '51093', '22067', '06001']);
  return {
    ...collection,
    features: collection.features.filter(({ properties }) => !spoilt.has(properties.territoryId)),
  };
}

describe('all counties of the US', () => {
  it('are refused by name where a ring crosses itself, and taken without', async () => {
    const refused = await system.call<{ errors: { path: string; message: string }[] }>('PUT', '/territories', text);
    expect(refused.status).toBe(400);
    expect(refused.body.errors).toHaveLength(5);
    expect((await system.call<{ version: number }>('GET', '/territories')).body.version).toBe(0);
    const taken = await system.call<{ version: number; overlaps: unknown[] }>('PUT', '/territories', soundCounties());
    expect(taken.body).toMatchObject({
      version: 1,
      overlaps: [
        { a: '06077', b: '06085' },
        { a: '22073', b: '22083' },
      ],
    });
    const found = await system.call('POST', '/territories/locate', { point: { lng: -73.97, lat: 40.78 } });
    expect(found.body).toMatchObject({ territories: [{ territoryId: '36061', inside: true }] });
  });

  it('can be uploaded in parts, checked and published', async () => {
    // White space makes it too large for one part.
    const uploadId = await upload(`${JSON.stringify(soundCounties())}${' '.repeat(9 * 1024 * 1024)}`);
    const checked = await system.call<{ overlaps: unknown[] }>('POST', `/territories/uploads/${uploadId}/check`);
    expect(checked.body.overlaps).toHaveLength(2);
    const stale = { ...(await system.token({ role: 'admin' })), 'if-match': '"7"' };
    const address = `/territories/uploads/${uploadId}/publish`;
    expect(await system.call('POST', address, undefined, stale)).toMatchObject({ status: 412 });
    const published = await system.call('POST', address);
    expect(published).toMatchObject({ status: 200, body: { version: 2 } });
  });
});

describe('an upload', () => {
  it('that is too large, unknown, incomplete or no GeoJSON is refused by its field, and changes nothing', async () => {
    const before = (await system.call<{ version: number }>('GET', '/territories')).body.version;
    expect(await system.call('POST', '/territories/uploads', { bytes: 100 * 1024 * 1024 })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'bytes', message: 'at most 64 MiB' }] },
    });
    expect(await system.call('PUT', '/territories', ' '.repeat(100 * 1024 * 1024))).toMatchObject({
      status: 413,
      body: { errors: [{ path: 'body', message: 'at most 64 MiB' }] },
    });
    const begun = await system.call<{ uploadId: string }>('POST', '/territories/uploads', { bytes: 10 });
    const errors = [{ path: 'uploadId', message: expect.any(String) }];
    for (const uploadId of ['nobody-began', begun.body.uploadId, await upload('{"type":')]) {
      const refused = await system.call('POST', `/territories/uploads/${uploadId}/publish`);
      expect(refused).toMatchObject({ status: 400, body: { errors } });
    }
    const wrong = await system.call('POST', `/territories/uploads/${await upload('{"type":"Feature"}')}/publish`);
    expect(wrong).toMatchObject({
      status: 400,
      body: { errors: expect.arrayContaining([expect.objectContaining({ path: 'type' })]) },
    });
    expect((await system.call<{ version: number }>('GET', '/territories')).body.version).toBe(before);
  });
});
