import { deflateRawSync } from 'node:zlib';
import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Context } from 'aws-lambda';
import { afterAll, describe, expect, it } from 'vitest';
import { handler } from '../../../functions/audit/handler.ts';
import { lastRoot, recordsOn, verifyDay } from '../../../shared/audit/day/store.ts';
import { stability } from '../../../shared/audit/outcomes/store.ts';
import { type Decision, emptyChain, seal, verify } from '../../../shared/audit/record.ts';
import { append, recordsOf } from '../../../shared/audit/store.ts';
import { commitOne } from '../../../shared/platform/commit.ts';
import { newId } from '../../../shared/platform/random.ts';
import { context } from '../../histories.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
const hook = Symbol.for('leadkeeper.clock');
const at = (time: string) => Object.assign(globalThis, { [hook]: () => Date.parse(time) });
const run = () => handler({ schedule: 'audit', scheduledTime: '' }, context as Context);
const released: Decision = {
  outcome: 'released',
  basis: 'retry',
  candidates: [],
  flip: [],
  versions: { routing: 1, territories: 1, roster: 1, scoring: 1 },
};

/** So many decisions about leads of their own on a day. */
async function decisionsOn(day: string, count: number): Promise<string[]> {
  const time = new Date(`${day}T10:00:00.000Z`);
  const leadIds = Array.from({ length: count }, () => newId(time));
  for (const leadId of leadIds) await commitOne(table(), append(seal(leadId, emptyChain(leadId), released, time)));
  return leadIds;
}

describe('the audit of days', () => {
  afterAll(() => {
    delete (globalThis as Record<symbol, unknown>)[hook];
  });

  it('seals each day once, those that were missed too, each root tied to the one before', async () => {
    await decisionsOn('2026-11-02', 7);
    at('2026-11-03T00:10:00.000Z');
    await run();
    await run();
    const first = await lastRoot(table());
    expect(first).toMatchObject({ day: '2026-11-02', records: 7, previousRoot: '' });
    await decisionsOn('2026-11-04', 3);
    at('2026-11-06T00:10:00.000Z');
    await run();
    expect(await lastRoot(table())).toMatchObject({ day: '2026-11-05', records: 0 });
    for (const [day, records] of [
      ['2026-11-02', 7],
      ['2026-11-03', 0],
      ['2026-11-04', 3],
    ] as const) {
      expect(await verifyDay(table(), day)).toMatchObject({ day, records, sealed: true, intact: true });
    }
  });

  it('shows a record that was taken away with its line, one that was changed, and one that was added later', async () => {
    const [gone = '', changed = ''] = await decisionsOn('2026-11-10', 250);
    at('2026-11-11T00:10:00.000Z');
    await run();
    expect(await verifyDay(table(), '2026-11-10')).toMatchObject({ records: 250, intact: true });
    const key = { pk: `LEAD#${gone}`, sk: 'DECISION#000001' };
    await table().client.send(new DeleteCommand({ TableName: table().name, Key: key }));
    expect(await verifyDay(table(), '2026-11-10')).toMatchObject({ records: 249, intact: false });

    await decisionsOn('2026-11-11', 2);
    at('2026-11-12T00:10:00.000Z');
    await run();
    await decisionsOn('2026-11-11', 1);
    expect(await verifyDay(table(), '2026-11-11')).toMatchObject({ records: 3, intact: false });

    const time = new Date('2026-11-10T10:00:00.000Z');
    const other = seal(changed, emptyChain(changed), { ...released, basis: 'another' }, time);
    const forged = append(other).write(table().name).Put;
    const original = seal(changed, emptyChain(changed), released, time);
    const { PutCommand } = await import('@aws-sdk/lib-dynamodb');
    // With the line as it was: only the record itself is another.
    const Item = { ...forged?.Item, sort: `${original.decisionId}#${original.hash}` };
    await table().client.send(new PutCommand({ TableName: table().name, Item }));
    expect(await verifyDay(table(), '2026-11-10')).toMatchObject({ intact: false, firstBroken: `${changed}-1` });
  });

  it('names a record that cannot be read any more, in its lead and in its day, and counts the others', async () => {
    const [leadId = ''] = await decisionsOn('2026-11-15', 2);
    const first = seal(leadId, emptyChain(leadId), released, new Date('2026-11-15T10:00:00.000Z'));
    const { number: records, hash } = first;
    const key = { pk: `LEAD#${leadId}`, sk: 'DECISION#000001' };
    for (const bytes of [Buffer.from('none'), deflateRawSync('null'), undefined]) {
      await table().client.send(
        new UpdateCommand({
          TableName: table().name,
          Key: key,
          ...(bytes
            ? { UpdateExpression: 'SET packed = :bytes', ExpressionAttributeValues: { ':bytes': bytes } }
            : { UpdateExpression: 'REMOVE packed' }),
        }),
      );
      const chain = await recordsOf(table(), leadId);
      expect(verify(leadId, chain, { records, hash })).toMatchObject({ intact: false, firstBroken: `${leadId}-1` });
      expect(await verifyDay(table(), '2026-11-15')).toMatchObject({ records: 2, firstBroken: `${leadId}-1` });
    }
    expect(await stability(table(), '2026-11-15', '2026-11-15', new Date('2026-11-15T12:00:00.000Z'))).toMatchObject({
      attempts: 0,
    });
  });

  it('gives all records of a day, page by page', async () => {
    const leadIds = await decisionsOn('2026-11-20', 45);
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await recordsOn(table(), '2026-11-20', 10, cursor);
      found.push(...page.records.map(({ leadId }) => leadId));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(found.sort()).toEqual(leadIds.sort());
  });
});
