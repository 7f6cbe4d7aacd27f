import type { Context } from 'aws-lambda';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LeadScored } from '../../../events/lead-scored.ts';
import { handler } from '../../../functions/assignment/handler.ts';
import { hasShift, letGoOn } from '../../../functions/escalation/steps.ts';
import { replay } from '../../../shared/audit/replay.ts';
import { recordsOf } from '../../../shared/audit/store.ts';
import { ownerOf, waitsUntil } from '../../../shared/lead/lead.ts';
import { dueBy, read, timeline } from '../../../shared/lead/store.ts';
import { commit } from '../../../shared/platform/commit.ts';
import { newId } from '../../../shared/platform/random.ts';
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
const clock = Symbol.for('leadkeeper.clock');
const itIs = (time: string) => Object.assign(globalThis, { [clock]: () => Date.parse(time) });
afterEach(() => Reflect.deleteProperty(globalThis, clock));

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

  it('goes on at midnight, when the cap renews of somebody who is on duty then', async () => {
    const days = [1, 2, 3, 4, 5, 6, 7];
    const late = anyRep('late', { caps: { day: 1 }, shifts: [shift('20:00', '06:00', days)] });
    await repsExist(table(), late, anyRep('early', { shifts: [shift('09:00', '18:00', days)] }));
    await territoriesAre(table(), 1, square(['late', 'early']));
    const [taken, waits] = [scoredLead(newId(new Date(night))), scoredLead(newId(new Date(night)))];
    const ownerNow = async (leadId: string) => {
      const told = { ...LeadScored.sample, leadId, grade: 'B', value: 50 } as const;
      await handler(messages(LeadScored, told), context as Context);
      const lead = await read(table(), leadId);
      return lead && (ownerOf(lead)?.repId ?? waitsUntil(lead));
    };
    await leadsExist(table(), taken, waits);
    itIs(night);
    expect(await ownerNow(taken.leadId)).toBe('late');
    const midnight = '2026-11-02T16:00:00.000Z';
    expect(await ownerNow(waits.leadId)).toBe(midnight);
    const [record] = await recordsOf(table(), waits.leadId);
    expect(record).toMatchObject({ outcome: 'failed', waitsUntil: midnight });
    expect(record && replay(record)).toBe(true);
    // What was recorded before caps were known to renew replays to the shift.
    const reps = record?.inputs?.reps.map(({ renews, ...rep }) => rep) ?? [];
    const before = record?.inputs && { ...record, inputs: { ...record.inputs, reps } };
    expect(before && replay({ ...before, waitsUntil: '2026-11-03T01:00:00.000Z' })).toBe(true);

    itIs(midnight);
    const waiting = await read(table(), waits.leadId);
    if (waiting) await commit(table(), await letGoOn(table(), waiting, new Date(midnight)));
    expect(await ownerNow(waits.leadId)).toBe('late');
  });
});
