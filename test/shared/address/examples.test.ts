import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { divisionCalled } from '../../../shared/address/called.ts';
import { divisionsIn } from '../../../shared/address/divisions.ts';

const codes = (address: string) => divisionsIn(address).map(({ code }) => code);

describe('an address', () => {
  it.each([
    ['江苏省苏州市工业园区星湖街328号', ['320576']],
    ['苏州工业园区', ['320576']],
    ['江苏省苏州市苏州工业园区', ['320576']],
    ['苏州市', ['3205']],
    ['江苏苏州', ['3205']],
    ['苏州', ['3205']],
    ['上海浦东', ['310115']],
    ['上海市浦东新区世纪大道100号', ['310115']],
    ['浦东新区', ['310115']],
    ['北京朝阳区建国路88号', ['110105']],
    ['北京市 朝阳区,建国路88号', ['110105']],
    ['长春市朝阳区', ['220104']],
    ['内蒙古呼和浩特', ['1501']],
    ['内蒙古自治区呼和浩特市', ['1501']],
    ['广西南宁', ['4501']],
    ['新疆乌鲁木齐', ['6501']],
    ['恩施州', ['4228']],
    ['湖北省恩施土家族苗族自治州', ['4228']],
    ['上海', ['31']],
    ['上海市', ['31']],
    ['重庆市渝中区', ['500103']],
    ['江苏省昆山市', ['320583']],
    ['昆山', ['320583']],
    ['吉林', ['22']],
    ['吉林省吉林市', ['2202']],
    ['深圳市南山区科技园', ['440305']],
    ['广东深圳南山', ['440305']],
  ])('%s names %j', (address, expected) => {
    expect(codes(address)).toEqual(expected);
  });

  it.each([
    ['上海南京路100号', ['31']],
    ['上海市北京东路1号', ['31']],
    ['苏州市上海街5号', ['3205']],
    ['武汉市中山大道100号', ['4201']],
  ])('%s: a road called after a place is not that place', (address, expected) => {
    expect(codes(address)).toEqual(expected);
  });

  it('that names a district of several cities stays ambiguous', () => {
    expect(codes('朝阳区').sort()).toEqual(['110105', '220104']);
    expect(codes('鼓楼区').length).toBeGreaterThan(2);
  });

  it.each(['', 'Main Street 5, Springfield', '12345', '   '])('%j names none', (address) => {
    expect(codes(address)).toEqual([]);
  });

  it('never throws, and names only divisions of one line or several that are clearly apart', () => {
    const pieces = fc.constantFrom(
      '江苏',
      '省',
      '苏州',
      '市',
      '工业园区',
      '上海',
      '南京路',
      '朝阳区',
      '北京',
      '号',
      '1',
      'x',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const found = codes(parts.join(''));
        for (const code of found) {
          expect(found.some((other) => other !== code && other.startsWith(code))).toBe(false);
        }
      }),
    );
  });
});

describe('a division', () => {
  it('is called by its code, its full name, or a short one that only one has', () => {
    expect(divisionCalled('3205')?.name).toBe('苏州市');
    expect(divisionCalled('江苏苏州')?.code).toBe('3205');
    expect(divisionCalled('苏州')?.code).toBe('3205');
    expect(divisionCalled('朝阳区')).toBeUndefined();
    expect(divisionCalled('北京朝阳区')?.code).toBe('110105');
    expect(divisionCalled('上海浦西')).toBeUndefined();
    expect(divisionCalled('苏州姑苏与高新区')).toBeUndefined();
    expect(divisionCalled('east')).toBeUndefined();
  });
});
