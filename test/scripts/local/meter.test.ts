import { describe, expect, it } from 'vitest';
import { itemSize } from '../../../scripts/local/item-size.ts';
import { Meter } from '../../../scripts/local/meter.ts';

const item = (bytes: number, but = {}) => ({
  pk: { S: 'p' },
  sk: { S: 's' },
  filler: { S: 'x'.repeat(bytes) },
  ...but,
});
const totals = (meter: Meter) => meter.report().totals as Record<string, number>;

describe('the meter, by the published rules', () => {
  it('counts names and values in UTF-8, numbers by half their digits, and 3 and 1 for maps and their entries', () => {
    expect(itemSize({ ab: { S: '线' } })).toBe(2 + 3);
    expect(itemSize({ n: { N: '1234' } })).toBe(1 + 3);
    expect(itemSize({ m: { M: { a: { BOOL: true } } } })).toBe(1 + 3 + 1 + 1 + 1);
    expect(itemSize({ b: { B: Buffer.from('four').toString('base64') } })).toBe(1 + 4);
  });

  it('charges a write by the larger image per KB, twice in a transaction', () => {
    const meter = new Meter();
    meter.wrote(item(3000), item(10), false, []);
    expect(totals(meter).tableWriteUnits).toBe(3);
    meter.wrote(undefined, item(10), true, []);
    expect(totals(meter).tableWriteUnits).toBe(5);
  });

  it('charges an index for an entry that comes, goes or moves, not for one that stays', () => {
    const index = { keys: ['list'], projected: ['pk', 'sk', 'list'] };
    const listed = (list: string) => item(10, { list: { S: list } });
    const units = (before?: ReturnType<typeof item>, after?: ReturnType<typeof item>) => {
      const meter = new Meter();
      meter.wrote(before, after, false, [index]);
      return (totals(meter).tableWriteUnits ?? 0) - 1;
    };
    expect(units(undefined, listed('a'))).toBe(1);
    expect(units(listed('a'), item(10))).toBe(1);
    expect(units(listed('a'), listed('b'))).toBe(2);
    expect(units(listed('a'), { ...listed('a'), filler: { S: 'y' } })).toBe(0);
    expect(units(item(10), item(20))).toBe(0);
  });

  it('charges a read per 4 KB, half when it need not be strong, and a unit for what is not there', () => {
    const meter = new Meter();
    meter.readByKey([item(5000), undefined], true);
    expect(totals(meter).tableReadUnits).toBe(3);
    meter.readByQuery([item(3000), item(3000)], false);
    expect(totals(meter).tableReadUnits).toBe(4);
  });

  it('charges writes that were refused, by the smallest item', () => {
    const meter = new Meter();
    meter.refused(3, true, 'assignment');
    meter.refused(1, false, 'assignment');
    expect(totals(meter).tableWriteUnits).toBe(7);
  });

  it('stretches the processor’s time to the share of a vCPU, and waits as long as calls take as a rule', () => {
    const time = (memory: number, cpu: number, calls: number) => {
      const meter = new Meter();
      meter.knows('step', memory);
      meter.invoked('step', cpu, true);
      for (let call = 0; call < calls; call += 1) meter.called('step', 'otherCall');
      return ((totals(meter).gigabyteSeconds ?? 0) * 1024) / memory;
    };
    expect(time(1769, 10, 0)).toBeCloseTo(0.0105);
    expect(time(512, 10, 0)).toBeCloseTo((10 * 1769) / 512 / 1000 + 0.0005);
    expect(time(512, 10, 2) - time(512, 10, 0)).toBeCloseTo(0.03);
    expect(time(10_240, 10, 0)).toBeCloseTo(0.0105);
  });

  it('charges logs with 26 bytes more a line, and Lambda’s own lines unless they are switched off', () => {
    const meter = new Meter();
    meter.invoked('step', 1, true);
    expect(totals(meter).logBytes).toBe(0);
    meter.logged('step', 100, 2);
    expect(totals(meter).logBytes).toBe(152);
    meter.invoked('step', 1);
    expect(totals(meter).logBytes).toBeGreaterThan(152 + 300);
  });
});
