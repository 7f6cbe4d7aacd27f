import { setTimeout as wait } from 'node:timers/promises';
import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { AttributeValue, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod';
import { patient } from '../../shared/platform/client.ts';
import { now } from '../../shared/platform/clock.ts';
import { eventIn } from '../../shared/platform/commit.ts';
import { environment, required } from '../../shared/platform/environment.ts';
import { log } from '../../shared/platform/log.ts';
import { quarantine } from '../../shared/platform/quarantine.ts';
import { backoff } from '../../shared/platform/random.ts';
import { table } from '../../shared/platform/table.ts';

/** PutEvents takes so many entries at once. */
const MOST_ENTRIES = 10;
/** So often are entries put that the bus refuses, before they wait for the stream to bring them again. */
const TRIES = 3;
const SOURCE = 'leadkeeper';

const bus = new EventBridgeClient(patient({ answer: 4000, tries: 4 }));

const entry = z.object({ type: z.string(), at: z.iso.datetime(), detail: z.record(z.string(), z.unknown()) });
/** An entry of the outbox, or an item in which an event rides. */
const telling = z.union([z.object({ event: entry.extend({ eventId: z.string() }) }), entry]);

/**
 * The table's stream → the bus: publishes what was committed to the outbox, in order. What the bus refuses, and all after it,
 * is handed back to the stream and comes again: at least once, never not at all.
 */
export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const records = event.Records;
  for (let from = 0; from < records.length; from += MOST_ENTRIES) {
    const chunk = records.slice(from, from + MOST_ENTRIES);
    const published = await publish(chunk);
    const failed = chunk[published];
    if (failed) return { batchItemFailures: [{ itemIdentifier: failed.dynamodb?.SequenceNumber ?? '' }] };
  }
  return { batchItemFailures: [] };
}

/** Publishes the records in order and says how many of them, from the first, the bus surely has. */
async function publish(records: readonly DynamoDBRecord[]): Promise<number> {
  const { BUS_NAME } = environment({ BUS_NAME: required });
  const entries = await Promise.all(records.map((record) => entryOf(record, BUS_NAME)));
  const good = entries.filter((entry) => entry !== undefined);
  if (good.length === 0) return records.length;
  const refused = await put(good);
  return refused ? entries.indexOf(refused) : records.length;
}

/** Puts entries on the bus, what it refuses a few times more. Gives the first that it did not take, if there is one. */
async function put(entries: readonly PutEventsRequestEntry[]): Promise<PutEventsRequestEntry | undefined> {
  let left = entries;
  for (let attempt = 0; left.length > 0; attempt += 1) {
    try {
      const { FailedEntryCount, Entries } = await bus.send(new PutEventsCommand({ Entries: [...left] }));
      if (!FailedEntryCount) return undefined;
      // What it took has an id; all else comes again.
      left = left.filter((_, nth) => Entries?.[nth]?.EventId === undefined);
    } catch (error) {
      log.error('the bus could not be reached', error, { step: 'relay', count: left.length });
      break;
    }
    if (left.length === 0) break;
    log.warn('the bus refused entries', { step: 'relay', count: left.length });
    if (attempt + 1 === TRIES) break;
    await wait(backoff(attempt, 50, 1000));
  }
  return left[0];
}

/** The id of the event that rides in an image of an item, if one does. */
const ridingIn = (image: Record<string, AttributeValue> | undefined): string | undefined => image?.event?.M?.eventId?.S;

/** The record's event as the bus takes it, or undefined: it was published before, or (put aside) it cannot be read. */
async function entryOf(record: DynamoDBRecord, bus: string): Promise<PutEventsRequestEntry | undefined> {
  const { NewImage: image, OldImage: before } = record.dynamodb ?? {};
  // Its item was written again, and it is still there.
  if (ridingIn(image) !== undefined && ridingIn(image) === ridingIn(before)) return undefined;
  const read = telling.safeParse(image && unmarshall(image as Parameters<typeof unmarshall>[0]));
  if (read.success) {
    const { type, at, detail } = eventIn(read.data);
    return { EventBusName: bus, Source: SOURCE, DetailType: type, Detail: JSON.stringify(detail), Time: new Date(at) };
  }
  const quarantineId = record.eventID ?? record.dynamodb?.SequenceNumber ?? 'unknown';
  const reason = 'an outbox entry that cannot be read';
  await quarantine(table(), { quarantineId, step: 'relay', reason, raw: JSON.stringify(image ?? null) }, now());
  return undefined;
}
