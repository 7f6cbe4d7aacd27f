import { describe, expect, it } from 'vitest';
import { coverageOf, namedBy, type Words } from '../../../shared/address/coverage.ts';
import { divisionsIn } from '../../../shared/address/divisions.ts';
import { divisionsOfPostcode } from '../../../shared/address/postcode.ts';

const territories = [
  { territoryId: 'park', covers: ['320576'] },
  { territoryId: 'suzhou', covers: ['3205'] },
  { territoryId: 'jiangsu', covers: ['32'] },
  { territoryId: 'chaoyang', covers: ['110105'] },
  { territoryId: 'changchun', covers: ['2201'] },
  { territoryId: 'pudong', covers: ['310115'], postcodes: ['2001', '2012'] },
];
const find = (words: Words) =>
  namedBy(
    coverageOf(territories),
    words,
    divisionsOfPostcode(words.postcode ?? '').map(({ code }) => code),
  ).map(({ territory, by, because }) => [territories[territory]?.territoryId, by, because]);
const at = (address: string, postcode?: string) =>
  find({ divisions: divisionsIn(address), ...(postcode === undefined ? {} : { postcode }) });

describe('a lead without a point', () => {
  it('belongs to the territory of its district, else of its city, else of its province', () => {
    expect(at('苏州工业园区')).toEqual([['park', 'address', 'the address names 苏州工业园区']]);
    expect(at('苏州市吴中区')).toEqual([['suzhou', 'address', 'the address names 吴中区']]);
    expect(at('南京市')).toEqual([['jiangsu', 'address', 'the address names 南京市']]);
  });

  it('has each territory once, however often its words name it', () => {
    const divisions = ['320505', '320506', '320576'].map((code) => ({ code, name: code }));
    expect(find({ divisions }).map(([id]) => id)).toEqual(['suzhou', 'park']);
    expect(find({})).toEqual([]);
  });

  it('has of postcodes the territory of the longest beginning, and none of what nobody covers', () => {
    const some = coverageOf([
      { territoryId: 'east', postcodes: ['2'] },
      { territoryId: 'shanghai', postcodes: ['200', '201'] },
      { territoryId: 'centre', postcodes: ['2001'] },
      { territoryId: 'nowhere' },
    ]);
    const of = (postcode: string) => namedBy(some, { postcode }, ['31']).map(({ territory }) => territory);
    expect(['200120', '200020', '201200', '215000', '2'].map(of)).toEqual([[2], [1], [1], [0], [0]]);
    expect(of('100000')).toEqual([]);
    expect(namedBy(some, {}, ['31'])).toEqual([]);
    expect(namedBy(coverageOf([{ territoryId: 'x', covers: ['31'] }]), {}, ['31'])).toEqual([]);
  });

  it('that names only what several territories are part of belongs to all of these', () => {
    expect(at('上海')).toEqual([['pudong', 'address', 'the address names 上海市']]);
  });

  it('whose address may mean two places belongs to both, and it says why', () => {
    expect(at('朝阳区').sort()).toEqual([
      ['changchun', 'address', 'the address names 朝阳区, of which there are several'],
      ['chaoyang', 'address', 'the address names 朝阳区, of which there are several'],
    ]);
  });

  it('is placed by its postcode only as the last resort, and that is said', () => {
    expect(at('somewhere', '200120')).toEqual([
      ['pudong', 'postcode', 'the postcode begins with 200: the last resort'],
    ]);
    expect(at('', '215123')).toEqual([['suzhou', 'postcode', 'the postcode begins with 215: the last resort']]);
    expect(at('南京市', '215123')).toMatchObject([['jiangsu', 'address', expect.anything()]]);
    expect(at('', '999999')).toEqual([]);
  });
});
