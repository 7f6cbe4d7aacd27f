import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { divisionOfCode, gazetteer } from '../../../shared/address/gazetteer.ts';
import { divisionsOfPostcode, plainPostcode } from '../../../shared/address/postcode.ts';
import { POSTCODES } from '../../../shared/address/postcodes.ts';

const namesOf = (postcode: string): string[] => divisionsOfPostcode(postcode).map(({ name }) => name);
const entries = POSTCODES.trim()
  .split(/[,\n]+/)
  .map((entry) => entry.trim().split(' '))
  .map(([code = '', name = '', ...prefixes]) => ({ code, name, prefixes }));

describe('the divisions of a postcode', () => {
  it.each([
    ['215021', '苏州市'],
    ['214000', '无锡市'],
    ['210000', '南京市'],
    ['225300', '泰州市'],
    ['225000', '扬州市'],
    ['310000', '杭州市'],
    ['311800', '绍兴市'],
    ['315000', '宁波市'],
    ['518000', '深圳市'],
    ['510000', '广州市'],
    ['528400', '中山市'],
    ['528000', '佛山市'],
    ['430000', '武汉市'],
    ['610000', '成都市'],
    ['710000', '西安市'],
    ['266000', '青岛市'],
  ])('%s is in %s', (postcode, city) => {
    expect(namesOf(postcode)).toEqual([city]);
  });

  it.each([
    ['100020', '北京市'],
    ['200000', '上海市'],
    ['300000', '天津市'],
    ['400000', '重庆市'],
    ['134300', '吉林省'],
    ['810700', '青海省'],
    ['999077', '香港特别行政区'],
    ['999078', '澳门特别行政区'],
  ])('%s is known to be in %s only', (postcode, province) => {
    expect(namesOf(postcode)).toEqual([province]);
  });

  it.each([
    ['137400', '兴安盟', '吉林省'],
    ['162650', '呼伦贝尔市', '黑龙江省'],
    ['750300', '阿拉善盟', '宁夏回族自治区'],
    ['202450', '舟山市', '上海市'],
  ])('%s is in %s, though its number is of %s', (postcode, city) => {
    expect(namesOf(postcode)).toEqual([city]);
  });

  it('full-width digits and spaces make no difference', () => {
    expect(namesOf(' ２１５ ０２１')).toEqual(['苏州市']);
  });

  it.each(['', '21502', '2150211', '215-O21', 'SW1A 1AA', '900001', '000000', '电话215021'])(
    '“%s” has none',
    (postcode) => {
      expect(namesOf(postcode)).toEqual([]);
    },
  );

  it('are one at most, whatever the postcode', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d{6}$/)), (postcode) => {
        expect(divisionsOfPostcode(postcode).length).toBeLessThanOrEqual(1);
      }),
    );
  });
});

it('a postcode is compared without blanks and hyphens, in capitals', () => {
  expect([' sw1a 1aa', '２１５-０２１', '10–20'].map(plainPostcode)).toEqual(['SW1A1AA', '215021', '1020']);
});

describe('the table of postcodes', () => {
  it('gives each prefix to one division', () => {
    const prefixes = entries.flatMap((entry) => entry.prefixes);
    expect(new Set(prefixes).size).toBe(prefixes.length);
    expect(prefixes.filter((prefix) => !/^\d{2,4}$|^9990\d\d$/.test(prefix))).toEqual([]);
  });

  it('names the divisions as they are called', () => {
    const wrong = entries.filter(({ code, name, prefixes }) => {
      const called = divisionOfCode(code)?.name ?? '';
      return prefixes.length === 0 || !called.startsWith(name.replace(/州$/, '').slice(0, 2));
    });
    expect(wrong).toEqual([]);
  });

  it('has every province of the mainland', () => {
    const missing = gazetteer().all.filter(
      ({ code, level }) => level === 'province' && code !== '71' && !entries.some((entry) => entry.code === code),
    );
    expect(missing).toEqual([]);
  });
});
