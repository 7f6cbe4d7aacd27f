import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { geocoderFor } from '../../../shared/address/geocoders/index.ts';

let server: Server;
let answers: { status?: number; body: unknown }[] = [];
const asked: URL[] = [];
const geocoder = () =>
  geocoderFor({ amapKey: 'a-key', amapUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/geo` });

beforeEach(async () => {
  answers = [];
  asked.length = 0;
  server = createServer((request, response) => {
    asked.push(new URL(request.url ?? '/', 'http://amap'));
    const { status = 200, body } = answers.shift() ?? { body: { status: '0', infocode: '10001' } };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
});
afterEach(() => {
  server.close();
});

const found = (...places: [string, string][]) => ({
  body: { status: '1', infocode: '10000', geocodes: places.map(([location, level]) => ({ location, level })) },
});
const address = '苏州工业园区星湖街328号';
const point = { lng: 120.73, lat: 31.26, crs: 'GCJ02' };

describe('Amap', () => {
  it('gives the point of an address, in its own coordinate system', async () => {
    answers = [found(['120.73,31.26', '门牌号'])];
    expect(await geocoder().locate(address)).toEqual(point);
    expect(asked[0]?.searchParams.get('address')).toBe(address);
    expect(asked[0]?.searchParams.get('key')).toBe('a-key');
  });

  it('is asked once more when it is busy or down, and then no more', async () => {
    answers = [{ body: { status: '0', infocode: '10021' } }, found(['120.73,31.26', '兴趣点'])];
    expect(await geocoder().locate(address)).toEqual(point);
    answers = [
      { status: 503, body: {} },
      { status: 503, body: {} },
    ];
    expect(await geocoder().locate(address)).toBeUndefined();
    expect(asked).toHaveLength(4);
  });

  it('knows no point where it is no more exact than a district, of two minds, or refuses the key', async () => {
    answers = [
      found(['120.6,31.3', '区县']),
      found(['120.6,31.3', '道路'], ['121.6,31.3', '道路']),
      { body: { status: '0', infocode: '10001' } },
      { body: 'nonsense' },
    ];
    for (let n = 1; n <= 4; n += 1) {
      expect(await geocoder().locate(address)).toBeUndefined();
      expect(asked).toHaveLength(n);
    }
  });

  it('is not asked without a key', async () => {
    expect(await geocoderFor({}).locate(address)).toBeUndefined();
    expect(asked).toEqual([]);
  });
});
