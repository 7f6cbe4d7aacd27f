import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { LeadReceived } from '../../../events/lead-received.ts';
import { handler } from '../../../functions/relay/handler.ts';
import { listQuarantine } from '../../../shared/platform/quarantine.ts';
import { useRealTable } from '../../real-table.ts';

const { table } = useRealTable();
// The bus that refuses single entries, or all, is a fault that no emulator makes.
const bus = mockClient(EventBridgeClient);
process.env.BUS_NAME = 'bus';

const record = (number: number): DynamoDBRecord => ({
  eventID: `event-${number}`,
  eventName: 'INSERT',
  dynamodb: {
    SequenceNumber: String(number),
    NewImage: marshall({
      pk: 'LEAD#1',
      sk: `EVENT#${number}`,
      type: 'LeadReceived',
      at: LeadReceived.sample.at,
      detail: { ...LeadReceived.sample, eventId: String(number) },
    }) as NonNullable<DynamoDBRecord['dynamodb']>['NewImage'],
  },
});

type Image = NonNullable<DynamoDBRecord['dynamodb']>['NewImage'];
const riding = (eventId: string): Image =>
  marshall({
    pk: 'LEAD#1',
    sk: 'LEAD',
    event: { eventId, type: 'LeadScored', at: LeadReceived.sample.at, detail: { leadId: '1', value: 50, grade: 'B' } },
  }) as Image;
/** An item written again, with what rode in it before and what rides in it now. */
const rewritten = (number: number, before: string | undefined, now: string): DynamoDBRecord => ({
  eventID: `event-${number}`,
  eventName: before === undefined ? 'INSERT' : 'MODIFY',
  dynamodb: {
    SequenceNumber: String(number),
    NewImage: riding(now),
    ...(before === undefined
      ? {}
      : { OldImage: before === 'none' ? (marshall({ pk: 'LEAD#1' }) as Image) : riding(before) }),
  } as NonNullable<DynamoDBRecord['dynamodb']>,
});

const idsOf = (entries: PutEventsRequestEntry[]) =>
  entries.map(({ Detail }) => (JSON.parse(Detail ?? '{}') as { eventId: string }).eventId);

describe('the relay', () => {
  beforeEach(() => bus.reset());

  it('hands back to the stream what the bus refuses, and all after it: nothing committed goes unannounced', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 35 }), fc.infiniteStream(fc.boolean()), async (count, luck) => {
        bus.reset();
        const published = new Set<string>();
        bus.on(PutEventsCommand).callsFake(({ Entries = [] }: { Entries?: PutEventsRequestEntry[] }) => {
          const answers = idsOf(Entries).map((id) => {
            if (luck.next().value) return { ErrorCode: 'ThrottlingException' };
            published.add(id);
            return { EventId: id };
          });
          return { FailedEntryCount: answers.filter(({ ErrorCode }) => ErrorCode).length, Entries: answers };
        });
        const records = Array.from({ length: count }, (_, at) => record(at + 1));
        const { batchItemFailures } = await handler({ Records: records });
        const from = Number(batchItemFailures[0]?.itemIdentifier ?? count + 1);
        for (let number = 1; number < from; number += 1) expect(published).toContain(String(number));
        expect(batchItemFailures.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });

  it('puts what the bus refused a moment again, and that alone', async () => {
    bus
      .on(PutEventsCommand)
      .resolvesOnce({
        FailedEntryCount: 1,
        Entries: [{ EventId: 'x' }, { ErrorCode: 'InternalFailure' }, { EventId: 'y' }],
      })
      .resolves({ FailedEntryCount: 0, Entries: [{ EventId: 'z' }] });
    expect(await handler({ Records: [record(1), record(2), record(3)] })).toEqual({ batchItemFailures: [] });
    expect(bus.commandCalls(PutEventsCommand).map(({ args }) => idsOf(args[0].input.Entries ?? []))).toEqual([
      ['1', '2', '3'],
      ['2'],
    ]);
  });

  it('publishes an event that rides in an item when it first lies there, and not when the item is written again', async () => {
    bus.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [] });
    const records = [
      rewritten(1, undefined, 'new'),
      rewritten(2, 'none', 'first'),
      rewritten(3, 'first', 'first'),
      rewritten(4, 'first', 'second'),
    ];
    expect(await handler({ Records: records })).toEqual({ batchItemFailures: [] });
    const entries = bus.commandCalls(PutEventsCommand)[0]?.args[0].input.Entries ?? [];
    expect(idsOf(entries)).toEqual(['new', 'first', 'second']);
    expect(entries[0]).toMatchObject({ DetailType: 'LeadScored', Time: new Date(LeadReceived.sample.at) });
    const told = { leadId: '1', value: 50, grade: 'B', eventId: 'new', at: LeadReceived.sample.at };
    expect(JSON.parse(entries[0]?.Detail ?? '{}')).toEqual(told);
  });

  it('hands everything back when the bus cannot be reached', async () => {
    bus.on(PutEventsCommand).rejects(new Error('no route'));
    const { batchItemFailures } = await handler({ Records: [record(1), record(2)] });
    expect(batchItemFailures).toEqual([{ itemIdentifier: '1' }]);
  });

  it('puts an entry that cannot be read into quarantine and publishes the others', async () => {
    bus.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [{ EventId: 'x' }] });
    const broken: DynamoDBRecord = {
      ...record(1),
      dynamodb: { SequenceNumber: '1', NewImage: { pk: { S: 'LEAD#1' } } },
    };
    expect(await handler({ Records: [broken, record(2)] })).toEqual({ batchItemFailures: [] });
    expect(idsOf(bus.commandCalls(PutEventsCommand)[0]?.args[0].input.Entries ?? [])).toEqual(['2']);
    const { items } = await listQuarantine(table(), 10);
    expect(items).toMatchObject([{ step: 'relay', reason: 'an outbox entry that cannot be read' }]);
  });
});
