import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keptLine } from './kept.ts';

/** The simulated clock: real time plus an offset that every function's thread shares. */
export interface Clock {
  /** Holds the offset in milliseconds (one BigInt64), for the threads. */
  readonly shared: SharedArrayBuffer;
  readonly now: () => Date;
  /** Moves the clock forward to a moment; never back. */
  readonly moveTo: (moment: Date) => void;
  /** Keeps the offset, so that time does not run backwards when the runtime starts again. */
  readonly persist: () => void;
}

/** The clock whose offset is kept in the data folder. */
export function openClock(dataDir: string): Clock {
  const file = join(dataDir, 'clock.json');
  const shared = new SharedArrayBuffer(8);
  const offset = new BigInt64Array(shared);
  offset[0] = BigInt(readOffset(file));
  const now = () => new Date(Date.now() + Number(Atomics.load(offset, 0)));
  return {
    shared,
    now,
    moveTo: (moment) => {
      const ahead = moment.getTime() - now().getTime();
      if (ahead > 0) Atomics.add(offset, 0, BigInt(ahead));
    },
    persist: () => {
      mkdirSync(dataDir, { recursive: true });
      const line = keptLine(file);
      line.write(JSON.stringify({ offset: Number(Atomics.load(offset, 0)) }));
      line.close();
    },
  };
}

function readOffset(file: string): number {
  try {
    return Number((JSON.parse(readFileSync(file, 'utf8')) as { offset: number }).offset);
  } catch {
    return 0;
  }
}
