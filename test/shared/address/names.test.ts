import { expect, it } from 'vitest';
import { gazetteer } from '../../../shared/address/gazetteer.ts';
import { type Naming, names, shortName } from '../../../shared/address/names.ts';

/** What goes by a name, each with how it does. */
const called = (name: string): string[] =>
  (names().byName.get(name) ?? []).map(({ division: { code }, form }) => `${code} ${form}`);
/** What goes by a name, where only one does. */
const one = (...each: [name: string, code: string, form: Naming['form']][]): void => {
  for (const [name, code, form] of each) expect(called(name), name).toEqual([`${code} ${form}`]);
};

// One test, since the names are made once, by whoever asks first.
it('a division goes by its full name, without its suffix, and as people write it', () => {
  one(
    ['浦东新区', '310115', 'full'],
    ['浦东', '310115', 'short'],
    ['江苏省', '32', 'full'],
    ['江苏', '32', 'short'],
    ['香港', '81', 'short'],
    ['大兴安岭', '2327', 'short'],
    ['神农架', '429021', 'short'],
    ['六枝', '520203', 'short'],
    ['锡林郭勒', '1525', 'short'],
    ['大柴旦', '632857', 'short'],
  );
  // A name of two characters turns up inside other words; and without its suffix it would be one character.
  one(['雄县', '130638', 'tiny']);
  expect(called('雄')).toEqual([]);
  // A mining district beside the county of the same name.
  one(['井陉', '130121', 'short']);
  expect(called('井陉矿')).toEqual([]);

  // Autonomous ones are not called by their peoples.
  one(
    ['广西壮族自治区', '45', 'full'],
    ['广西自治区', '45', 'full'],
    ['广西', '45', 'short'],
    ['内蒙古', '15', 'short'],
    ['新疆', '65', 'short'],
    ['恩施州', '4228', 'full'],
    ['巴音郭楞', '6528', 'short'],
    ['积石山', '622927', 'short'],
    ['双江县', '530925', 'full'],
    ['鄂伦春旗', '150723', 'full'],
    ['龙胜县', '450328', 'full'],
    ['东乡县', '622926', 'full'],
  );
  expect(called('恩施')).toEqual(['4228 short', '422801 short']);
  for (const { name } of gazetteer().all.filter((division) => /族.*自治/.test(division.name))) {
    const short = shortName(name) ?? '';
    expect(short.length, name).toBeGreaterThanOrEqual(2);
    expect(name.startsWith(short), name).toBe(true);
    expect(short, name).not.toMatch(/族/);
  }
  expect(['县', '市辖区', '东区', '和县'].map(shortName)).toEqual([undefined, '市辖', undefined, undefined]);

  // Development zones and towns by what they are called where their city has just been named.
  one(
    ['苏州工业园区', '320576', 'full'],
    ['合肥高新技术产业开发区', '340176', 'full'],
    ['松木经开区', '430473', 'local'],
  );
  one(['长安镇', '441900119', 'local'], ['南城街道', '441900004', 'local'], ['芦台经济技术开发区', '130271', 'local']);
  expect(called('南城')).toEqual(['361021 short', '441900004 local']);
  expect(called('工业园区')).toEqual(expect.arrayContaining(['320576 local', '410971 local']));
  for (const [name, ...codes] of [
    ['高新区', '340176', '320505', '340371', '430371'],
    ['高新技术开发区', '340176', '430371'],
    ['高新开发区', '340176'],
    ['高新技术产业开发区', '340371', '320505'],
    ['经开区', '410171', '130571'],
    ['经济开发区', '410171'],
    ['经济技术开发区', '130571'],
    ['开发区', '410171', '130571'],
  ] as const)
    for (const code of codes) expect(called(name)).toContain(`${code} local`);
  expect(called('高新技术产业园区')).toEqual(['430371', '430476', '430972'].map((code) => `${code} local`));
  expect(called('高新区').some((each) => each.startsWith('3702'))).toBe(false);

  // Each lies in what its code begins with: a city in its province, a district in both, or right in the province.
  const known = new Map(gazetteer().all.map((division) => [division.code, division]));
  const placed = ['11', '71', '3205', '320583', '500233', '429004'].map((code) => known.get(code));
  expect(placed.map((each) => [each?.name, each?.level, each?.parents])).toEqual([
    ['北京市', 'province', []],
    ['台湾省', 'province', []],
    ['苏州市', 'city', ['32']],
    ['昆山市', 'district', ['32', '3205']],
    ['忠县', 'district', ['50']],
    ['仙桃市', 'district', ['42']],
  ]);
  for (const { code, parents } of gazetteer().all)
    for (const parent of parents) expect(code.startsWith(parent) && known.has(parent), code).toBe(true);
  expect([...known.values()].filter(({ level }) => level === 'province')).toHaveLength(34);
  expect(gazetteer().all.filter(({ name }) => /^\d|市辖区|\s/.test(name))).toEqual([]);

  // Whatever it is, it goes by its own name, once, and no name is longer than is looked for.
  const { byName, longest } = names();
  for (const division of gazetteer().all)
    expect(byName.get(division.name)?.filter((naming) => naming.division === division)).toHaveLength(1);
  expect(Math.max(...[...byName.keys()].map(({ length }) => length))).toBe(longest);
  expect(names()).toBe(names());
});
