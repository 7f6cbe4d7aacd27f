import { describe, expect, it } from 'vitest';
import { takePush } from '../../../shared/org/push/store.ts';
import { readRep } from '../../../shared/org/store.ts';
import { after, iso } from '../../../shared/platform/clock.ts';
import { monday } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const says = (status: string, asOf?: string, at = monday) =>
  takePush(table(), { mode: 'delta', asOf, employees: [{ employeeId: 'li', name: 'Li', status }] }, () => at);
const statusNow = async () => (await readRep(table(), 'li'))?.status;

describe('a push of HR’s', () => {
  it('that is older than what is known changes nothing, and one that names no time is the last word', async () => {
    await says('active', '2026-11-02T08:00:00.000+08:00');
    await says('left', '2026-11-01T00:00:00.000Z');
    expect(await statusNow()).toBe('active');
    // HR's clock is ahead of ours.
    await says('on-leave', '2027-01-01T00:00:00.000Z');
    await says('leaving');
    expect(await statusNow()).toBe('leaving');
    await says('active');
    expect(await statusNow()).toBe('active');
  });

  it('that says to be of a time to come hides nothing that HR says after it', async () => {
    await says('active', '2036-01-01T00:00:00.000Z');
    const later = after(monday, 60_000);
    await says('left', iso(later), later);
    expect(await statusNow()).toBe('left');
  });
});
