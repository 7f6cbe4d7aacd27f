import type { Context } from 'aws-lambda';
import { beforeAll, describe, expect, it } from 'vitest';
import { LeadScored } from '../../../events/lead-scored.ts';
import { handler } from '../../../functions/assignment/handler.ts';
import { hasShift, letGoOn } from '../../../functions/escalation/steps.ts';
import { replay } from '../../../shared/audit/replay.ts';
import { recordsOf } from '../../../shared/audit/store.ts';
import { waitsUntil } from '../../../shared/lead/lead.ts';
import { dueBy, read, timeline } from '../../../shared/lead/store.ts';
import { commit } from '../../../shared/platform/commit.ts';
import {
  anyRep,
  context,
  leadsExist,
  messages,
  repsExist,
  scoredLead,
  square,
  territoriesAre,
} from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const shift = (from: string, to: string, days: number[]) => ({ days, from, to });
const night = '2026-11-02T14:00:00.000Z';

describe('a lead that comes outside of hours', () => {
  beforeAll(() => {
    process.env.QUEUE_URL = 'http://127.0.0.1:9/queue';
  });

  it('waits for the shift however often it is delivered, fails nowhere, and goes on when it begins', async () => {
    const today = new Date().getUTCDay() || 7;
    // On duty on the day after tomorrow only.
    await repsExist(table(), anyRep('later', { shifts: [shift('09:00', '18:00', [((today + 1) % 7) + 1])] }));
    await territoriesAre(table(), 0, square(['later']));
    const lead = scoredLead();
    await leadsExist(table(), lead);
    const assign = () =>
      handler(
        messages(LeadScored, { ...LeadScored.sample, leadId: lead.leadId, grade: 'B', value: 50 }),
        context as Context,
      );
    expect(await assign()).toEqual({ batchItemFailures: [] });
    expect(await assign()).toEqual({ batchItemFailures: [] });
    const waiting = await read(table(), lead.leadId);
    const until = waiting && waitsUntil(waiting);
    if (!waiting || until === undefined) throw new Error('it does not wait');
    expect(waiting).toMatchObject({ status: 'scored', attempts: 0 });
    const [record, ...more] = await recordsOf(table(), lead.leadId);
    expect(more).toEqual([]);
    expect(record).toMatchObject({ outcome: 'failed', cause: 'all-reps-unavailable', waitsUntil: until });
    expect(record && replay(record)).toBe(true);
    expect(record && replay({ ...record, waitsUntil: night })).toBe(false);
    expect(await timeline(table(), lead.leadId)).toEqual([]);

    const begun = new Date(until);
    expect(hasShift(waiting, new Date(begun.getTime() - 1))).toBe(false);
    expect(hasShift(waiting, begun)).toBe(true);
    expect(await dueBy(table(), begun, 10)).toContain(lead.leadId);
    const goesOn = await letGoOn(table(), waiting, begun);
    await commit(table(), goesOn);
    await expect(commit(table(), goesOn)).rejects.toThrow();
    const released = await read(table(), lead.leadId);
    expect(released && waitsUntil(released)).toBeUndefined();
    expect((await timeline(table(), lead.leadId)).map(({ type }) => type)).toEqual(['LeadReleased']);
  });
});
