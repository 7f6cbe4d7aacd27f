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

  it.each([
    ['whose place is no place', { status: '1', geocodes: [{ location: '120.7,north', level: '门牌号' }] }],
    ['whose place is empty', { status: '1', geocodes: [{ location: '', level: '门牌号' }] }],
    ['of no known exactness', { status: '1', geocodes: [{ location: '120.7,31.2', level: [] }] }],
    ['without a place', { status: '1' }],
    ['that says not why', { status: '0' }],
  ])('knows no point by an answer %s', async (_, body) => {
    answers = [{ body }];
    expect(await geocoder().locate(address)).toBeUndefined();
    expect(asked).toHaveLength(1);
  });

  it('knows the point that is told twice, and asks for JSON', async () => {
    answers = [found(['120.73,31.26', '门牌号'], ['120.73,31.26', '兴趣点'], ['1,2', '市'])];
    expect(await geocoder().locate(address)).toEqual(point);
    expect(asked[0]?.searchParams.get('output')).toBe('JSON');
  });

  it('is not asked again when it says no, nor sent elsewhere', async () => {
    answers = [{ status: 404, body: found(['120.73,31.26', '门牌号']).body }];
    expect(await geocoder().locate(address)).toBeUndefined();
    expect(asked).toHaveLength(1);
    answers = [{ status: 500, body: {} }, found(['120.73,31.26', '门牌号'])];
    expect(await geocoder().locate(address)).toEqual(point);
    expect(asked).toHaveLength(3);
  });

  it('knows no point, and throws nothing, where nobody answers', async () => {
    const nobody = geocoderFor({ amapKey: 'a-key', amapUrl: 'http://127.0.0.1:1/geo' });
    expect(await nobody.locate(address)).toBeUndefined();
  });

  it('is not asked without a key', async () => {
    expect(await geocoderFor({}).locate(address)).toBeUndefined();
    expect(asked).toEqual([]);
  });
});
