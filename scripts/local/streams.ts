import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ask } from './ask.ts';
import type { LocalFunction } from './functions.ts';
import type { WireItem } from './item-size.ts';
import { keptLine } from './kept.ts';
import { matches } from './pattern.ts';

/** Reads a table's stream and hands it to a function, in order, until the function has dealt with it. */
export interface StreamSource {
  /** Something was written: look now. */
  readonly poke: () => void;
  /** Everything written before the last poke was dealt with. */
  readonly caughtUp: () => boolean;
  readonly stop: () => Promise<void>;
}

/** An event source mapping of a stream. */
export interface StreamMapping {
  streamArn: string;
  table: string;
  target: LocalFunction;
  batchSize: number;
  /** Parsed filter patterns; none means everything. */
  patterns: unknown[];
  reportsFailures: boolean;
}

/** A record of the stream as it is on the wire: what Lambda is given, but for the stream's name. */
interface StreamRecord {
  dynamodb?: { SequenceNumber?: string; Keys?: WireItem; OldImage?: WireItem; NewImage?: WireItem };
}

/** Called for each record read, once unless the runtime was killed: what the meter counts writes by. */
export type OnRecord = (
  table: string,
  before: WireItem | undefined,
  after: WireItem | undefined,
  keys: WireItem,
) => void;

const LOOK_EVERY = 500;
const KEEP_EVERY = 200;
const LONGEST_PAUSE = 2000;

/** Begins to read. The place reached is kept in the data folder once its records were dealt with, never before. */
export function readStream(
  endpoint: string,
  dataDir: string,
  mapping: StreamMapping,
  onRecord: OnRecord,
): StreamSource {
  const agent = new Agent({ keepAlive: true });
  const stopping = new AbortController();
  const read = <T>(action: string, question: Record<string, unknown>): Promise<T> =>
    ask<T>({ endpoint, agent, signal: stopping.signal }, `DynamoDBStreams_20120810.${action}`, question);
  const file = join(dataDir, `stream-${mapping.target.name}.json`);
  let checkpoint = readCheckpoint(file);
  const line = keptLine(file);
  let counted = checkpoint;
  let kept = checkpoint;
  let shard: string | undefined;
  let dirty = true;
  let busy = false;
  let stopped = false;
  let wake: () => void = () => undefined;

  /** Written a few times a second: what was dealt with since then comes again after a kill, as it may in the cloud. */
  function keep(): void {
    if (checkpoint === undefined || checkpoint === kept) return;
    kept = checkpoint;
    line.write(JSON.stringify({ sequence: kept }));
  }
  const keeping = setInterval(keep, KEEP_EVERY);

  async function firstShard(): Promise<string | undefined> {
    const { StreamDescription } = await read<{ StreamDescription: { Shards?: { ShardId: string }[] } }>(
      'DescribeStream',
      { StreamArn: mapping.streamArn },
    );
    return StreamDescription.Shards?.[0]?.ShardId;
  }

  async function iterator(): Promise<string | undefined> {
    // Asked for once: the embedded table looks through all the stream to describe it.
    shard ??= await firstShard();
    if (shard === undefined) return undefined;
    const from = checkpoint
      ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: checkpoint }
      : { ShardIteratorType: 'TRIM_HORIZON' };
    const { ShardIterator } = await read<{ ShardIterator?: string }>('GetShardIterator', {
      StreamArn: mapping.streamArn,
      ShardId: shard,
      ...from,
    });
    return ShardIterator;
  }

  async function run(): Promise<void> {
    let at: string | undefined;
    /** Read, and not dealt with yet: what failed comes again from here, for to read it again may be to read a thousand. */
    let left: readonly StreamRecord[] = [];
    let failures = 0;
    while (!stopped) {
      try {
        if (left.length === 0) {
          at ??= await iterator();
          dirty = false;
          busy = true;
          const { Records = [], NextShardIterator } = await read<{
            Records?: StreamRecord[];
            NextShardIterator?: string;
          }>('GetRecords', { ShardIterator: at, Limit: 1000 });
          count(Records);
          left = Records;
          at = NextShardIterator;
          // It ended, and another follows.
          if (at === undefined) shard = undefined;
        }
        const [from, some] = [checkpoint, left.length > 0];
        left = await dealWith(left);
        // Whoever gets on is not stuck: it goes on at once.
        failures = left.length === 0 || checkpoint !== from ? 0 : failures + 1;
        // What has to come again is still in hand.
        busy = left.length > 0;
        if (!some && !dirty) await pause(LOOK_EVERY);
        else if (failures > 0) await wait(Math.min(LONGEST_PAUSE, 100 * 2 ** failures));
      } catch {
        if (stopped) return;
        at = undefined;
        shard = undefined;
        await wait(100);
      }
    }
  }

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  function count(records: readonly StreamRecord[]): void {
    for (const { dynamodb } of records) {
      const sequence = dynamodb?.SequenceNumber ?? '0';
      if (counted !== undefined && BigInt(sequence) <= BigInt(counted)) continue;
      counted = sequence;
      onRecord(mapping.table, dynamodb?.OldImage, dynamodb?.NewImage, dynamodb?.Keys ?? {});
    }
  }

  /** Hands records over batch by batch, and gives those that have to come again: from the first that failed on. */
  async function dealWith(records: readonly StreamRecord[]): Promise<readonly StreamRecord[]> {
    const wanted = records.filter(
      (record) => mapping.patterns.length === 0 || mapping.patterns.some((pattern) => matches(pattern, record)),
    );
    for (let from = 0; from < wanted.length; from += mapping.batchSize) {
      const batch = wanted.slice(from, from + mapping.batchSize);
      const failedAt = await handOver(batch);
      const done = failedAt === undefined ? batch : batch.slice(0, failedAt);
      const last = done.at(-1)?.dynamodb?.SequenceNumber;
      if (last) checkpoint = last;
      const failed = failedAt === undefined ? undefined : batch[failedAt];
      if (failed) return records.slice(records.indexOf(failed));
    }
    const end = records.at(-1)?.dynamodb?.SequenceNumber;
    if (end) checkpoint = end;
    return [];
  }

  /** Index of the first record that was not dealt with, or undefined. */
  async function handOver(batch: readonly StreamRecord[]): Promise<number | undefined> {
    const event = { Records: batch.map((record) => ({ ...record, eventSourceARN: mapping.streamArn })) };
    try {
      const answer = (await mapping.target.invoke(event)) as
        | { batchItemFailures?: { itemIdentifier?: string }[] }
        | undefined;
      if (!mapping.reportsFailures) return undefined;
      const failed = new Set(answer?.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier));
      if (failed.size === 0) return undefined;
      const first = batch.findIndex(({ dynamodb }) => failed.has(dynamodb?.SequenceNumber));
      return Math.max(0, first);
    } catch {
      return 0;
    }
  }

  const running = run();
  return {
    poke: () => {
      dirty = true;
      wake();
    },
    caughtUp: () => !dirty && !busy,
    stop: async () => {
      stopped = true;
      wake();
      stopping.abort();
      await running;
      agent.destroy();
      clearInterval(keeping);
      keep();
      line.close();
    },
  };
}

function readCheckpoint(file: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { sequence: string }).sequence;
  } catch {
    return undefined;
  }
}
