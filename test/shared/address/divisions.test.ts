import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Division, divisionsIn, divisionsNamed, whereIs } from '../../../shared/address/divisions.ts';
import { divisionOfCode, gazetteer } from '../../../shared/address/gazetteer.ts';

const { all, byCode } = gazetteer();
const nameOf = (code: string): string => byCode.get(code)?.name ?? '';
const fullName = ({ name, parents }: Division): string => [...parents.map(nameOf), name].join('');
const placed = (address: string): string[] => divisionsIn(address).map((one) => whereIs(one) + one.name);
const anyDivision = fc.constantFrom(...all);

describe('the divisions that an address names', () => {
  it.each([
    ['江苏省苏州市工业园区星湖街328号', '苏州市苏州工业园区'],
    ['苏州工业园区', '苏州市苏州工业园区'],
    ['江苏省苏州市苏州工业园区', '苏州市苏州工业园区'],
    ['苏州市', '江苏省苏州市'],
    ['江苏苏州', '江苏省苏州市'],
    ['苏州', '江苏省苏州市'],
    ['江苏省昆山市', '苏州市昆山市'],
    ['上海浦东', '上海市浦东新区'],
    ['浦东新区', '上海市浦东新区'],
    ['北京朝阳区', '北京市朝阳区'],
    ['内蒙古呼和浩特', '内蒙古自治区呼和浩特市'],
    ['广西南宁', '广西壮族自治区南宁市'],
    ['广西自治区南宁市', '广西壮族自治区南宁市'],
    ['新疆乌鲁木齐', '新疆维吾尔自治区乌鲁木齐市'],
    ['恩施州', '湖北省恩施土家族苗族自治州'],
    ['恩施州恩施', '恩施土家族苗族自治州恩施市'],
    ['道真县', '遵义市道真仡佬族苗族自治县'],
    ['东乡族自治县', '临夏回族自治州东乡族自治县'],
    ['湖北仙桃', '湖北省仙桃市'],
    ['河北雄县', '保定市雄县'],
    ['广东省东莞市长安镇', '东莞市长安镇'],
    ['东莞长安', '东莞市长安镇'],
    ['青岛市北区', '青岛市市北区'],
    ['济南市市中区', '济南市市中区'],
  ])('%s names %s', (address, expected) => {
    expect(placed(address)).toEqual([expected]);
  });

  it.each([
    ['合肥高新区', '合肥市合肥高新技术产业开发区'],
    ['郑州经开区', '郑州市郑州经济技术开发区'],
    ['烟台开发区', '烟台市烟台经济技术开发区'],
    ['苏州高新区', '苏州市虎丘区'],
    ['唐山芦台经济开发区', '唐山市河北唐山芦台经济开发区'],
  ])('a development zone is found by what people call it: %s', (address, expected) => {
    expect(placed(address)).toEqual([expected]);
  });

  it.each(['上海', '上海市', '上海市上海市', '上海市市辖区', '中国上海'])(
    '%s is the municipality, without a city in it',
    (address) => {
      expect(divisionsIn(address)).toEqual([{ code: '31', name: '上海市', level: 'province', parents: [] }]);
    },
  );

  it('a district of a municipality lies right in it', () => {
    expect(divisionsIn('重庆市忠县').map(({ parents }) => parents)).toEqual([['50']]);
  });

  it('any division is found by its full address, whatever road follows', () => {
    fc.assert(
      fc.property(anyDivision, fc.constantFrom('', '人民路1号', '解放街道', '科技大厦B座1201室'), (division, rest) => {
        expect(divisionsIn(fullName(division) + rest)).toEqual([division]);
      }),
    );
  });

  it('spaces, commas and full-width letters make no difference', () => {
    expect(placed('江苏省 苏州市，工业园区　星湖街３２８号')).toEqual(['苏州市苏州工业园区']);
    expect(placed('中国（上海）自由贸易试验区')).toEqual(['上海市']);
  });

  it.each(['', '   ', '328 Xinghu Street, Suzhou Industrial Park', 'Nanjing Road, Shanghai', '215000'])(
    '“%s” names none',
    (address) => {
      expect(divisionsIn(address)).toEqual([]);
    },
  );

  it('text in other scripts names none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        expect(divisionsIn(text)).toEqual([]);
      }),
    );
  });
});

describe('an ambiguous name', () => {
  it('means all of that name when nothing else decides', () => {
    expect(placed('朝阳区建国路88号')).toEqual(['北京市朝阳区', '长春市朝阳区']);
    expect(placed('鼓楼区')).toEqual(['南京市鼓楼区', '徐州市鼓楼区', '福州市鼓楼区', '开封市鼓楼区']);
    expect(placed('南山区')).toEqual(['鹤岗市南山区', '深圳市南山区']);
    expect(placed('朝阳')).toEqual(['北京市朝阳区', '辽宁省朝阳市', '长春市朝阳区']);
  });

  it.each([
    ['北京朝阳区', '北京市朝阳区'],
    ['长春市朝阳区', '长春市朝阳区'],
    ['辽宁朝阳', '辽宁省朝阳市'],
    ['辽宁朝阳朝阳县', '朝阳市朝阳县'],
    ['南山区科技园，深圳市', '深圳市南山区'],
    ['天津河北区', '天津市河北区'],
    ['吉林省吉林', '吉林省吉林市'],
    ['吉林市', '吉林省吉林市'],
  ])('is decided by what else is named: %s', (address, expected) => {
    expect(placed(address)).toEqual([expected]);
  });

  it.each([
    ['吉林', '吉林省'],
    ['河北', '河北省'],
    ['海南', '海南省'],
    ['恩施', '湖北省恩施土家族苗族自治州'],
    ['西安高新路', '陕西省西安市'],
    ['中山', '广东省中山市'],
  ])('without a suffix means the far better known: %s', (address, expected) => {
    expect(placed(address)).toEqual([expected]);
  });
});

describe('a name that is no place of its own', () => {
  it.each([
    ['上海南京路100号', '上海市'],
    ['上海市黄浦区中山东一路', '上海市黄浦区'],
    ['北京北京西路', '北京市'],
    ['青岛香港中路', '山东省青岛市'],
    ['天津市和平区成都道', '天津市和平区'],
    ['广州中山大道', '广东省广州市'],
    ['广州中山大学', '广东省广州市'],
    ['宁波杭州湾新区', '浙江省宁波市'],
    ['上海南山大厦', '上海市'],
    ['北京市朝阳市场', '北京市'],
  ])('a road, a school or a market called after another place does not count: %s', (address, expected) => {
    expect(placed(address)).toEqual([expected]);
  });

  it.each(['南京路', '南京西路1266号', '北京路', '中山东一路', '朝阳大街', '新区大道8号', '江苏路弄'])(
    'a road alone names none: %s',
    (address) => {
      expect(divisionsIn(address)).toEqual([]);
    },
  );

  it.each(['和平小区3栋', '科技园东区3栋', '南丰镇', '长安镇', '平江街道', '东方大厦', '某厂新华车间'])(
    'nor does a part of a town: %s',
    (address) => {
      expect(divisionsIn(address)).toEqual([]);
    },
  );

  it.each([
    ['唐山路北区', '唐山市路北区'],
    ['哈尔滨道里区', '哈尔滨市道里区'],
    ['哈尔滨市道外区', '哈尔滨市道外区'],
    ['台州路桥', '台州市路桥区'],
    ['云南镇雄', '昭通市镇雄县'],
    ['江苏镇江', '江苏省镇江市'],
    ['苏州市道前街100号', '江苏省苏州市'],
  ])('but a place whose name begins like a road does: %s', (address, expected) => {
    expect(placed(address)).toEqual([expected]);
  });

  it.each([
    ['苏州市吴江区汾湖工业园区', '苏州市吴江区'],
    ['广州市越秀区白云街道', '广州市越秀区'],
    ['新华大厦，苏州市工业园区', '苏州市苏州工业园区'],
    ['保定市雄安新区', '河北省保定市'],
  ])('a name that does not agree with the first is left out: %s', (address, expected) => {
    expect(placed(address)).toEqual([expected]);
  });

  it('the institution’s town counts when the address names nothing else', () => {
    expect(placed('苏州大学')).toEqual(['江苏省苏州市']);
  });
});

describe('what follows a name', () => {
  it.each([
    ['苏州市路1号', ['江苏省苏州市']],
    ['辽宁朝阳市场', ['辽宁省']],
    ['苏州社区', ['江苏省苏州市']],
    ['苏州高新区公园', ['苏州市虎丘区']],
    ['保定市雄安新区容东', ['河北省保定市']],
    ['江苏省昆山区', ['苏州市昆山市']],
    ['攀枝花市东区路5号', ['四川省攀枝花市']],
    ['青岛市北站', ['山东省青岛市']],
    ['青岛市市北区', ['青岛市市北区']],
  ])('may make something else of it: %s', (address, expected) => {
    expect(placed(address)).toEqual(expected);
  });

  it('leaves two characters a name only where they stand first, or after what they lie in', () => {
    expect(placed('雄县')).toEqual(['保定市雄县']);
    expect(placed('某雄县')).toEqual([]);
    expect(placed('保定雄县')).toEqual(['保定市雄县']);
    expect(placed('东区3栋')).toEqual([]);
    expect(placed('攀枝花东区')).toEqual(['攀枝花市东区']);
  });

  it('leaves the short name of a district one at the beginning, and that of a county-level city anywhere', () => {
    expect(placed('浦东张江高科')).toEqual(['上海市浦东新区']);
    expect(placed('位于浦东张江')).toEqual([]);
    expect(placed('位于昆山花桥')).toEqual(['苏州市昆山市']);
  });
});

describe('the divisions of any text', () => {
  const words = fc.constantFrom(
    '江苏',
    '苏州',
    '市',
    '区',
    '路',
    '朝阳',
    '中山',
    '工业园区',
    '北京',
    '道',
    '南',
    '1号',
    '县',
    '新',
  );
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(words, { maxLength: 12 }).map((parts) => parts.join('')),
  );

  it('are known, each once, and none lies in another', () => {
    fc.assert(
      fc.property(text, (address) => {
        const found = divisionsIn(address);
        expect(new Set(found).size).toBe(found.length);
        for (const one of found) {
          expect(byCode.get(one.code)).toBe(one);
          expect(found.some(({ code }) => one.parents.includes(code))).toBe(false);
        }
      }),
    );
  });

  it('are those that its exact name has, if it is one', () => {
    fc.assert(
      fc.property(text, (address) => {
        const named = divisionsNamed(address);
        if (named.length > 0) expect(divisionsIn(address)).toEqual(named);
      }),
    );
  });
});

describe('the exact name of a division', () => {
  it('is its name in full, in short, and with what it lies in', () => {
    for (const words of ['苏州', '苏州市', '江苏苏州', '江苏省苏州市', '苏州苏州市']) {
      expect(divisionsNamed(words).map(({ code }) => code)).toEqual(['3205']);
    }
  });

  it.each(['苏州的昆山', '位于苏州', '上海浦西', '苏州大客户', '华东', '上海南京', '苏州北京西路', '', 'Suzhou'])(
    '%s is none',
    (words) => {
      expect(divisionsNamed(words)).toEqual([]);
    },
  );

  it('of any division, with what it lies in, is its alone', () => {
    fc.assert(
      fc.property(anyDivision, (division) => {
        expect(divisionsNamed(fullName(division))).toEqual([division]);
      }),
    );
  });
});

describe('the code of a division', () => {
  it('finds any division, with or without the zeros behind it', () => {
    fc.assert(
      fc.property(anyDivision, (division) => {
        expect(divisionOfCode(division.code)).toBe(division);
        if (division.code.length < 6) expect(divisionOfCode(division.code.padEnd(6, '0'))).toBe(division);
      }),
    );
  });

  it('of the placeholder between a municipality and its districts is the municipality', () => {
    expect(['1101', '310100', '5002'].map((code) => divisionOfCode(code)?.name)).toEqual([
      '北京市',
      '上海市',
      '重庆市',
    ]);
  });

  it('that nobody has finds none', () => {
    expect(['99', '0000', '9902', '12345'].map(divisionOfCode)).toEqual([undefined, undefined, undefined, undefined]);
  });
});
