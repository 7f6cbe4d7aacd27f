import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { openCauses } from '../../shared/breaker/store.ts';
import { soonestTask } from '../../shared/journey/tasks/store.ts';
import { soonestDue } from '../../shared/lead/store.ts';
import { soonestTrial } from '../../shared/notice/waiting/store.ts';
import { indexes, type Table } from '../../shared/platform/table.ts';
import type { Files } from './files.ts';
import type { WireItem } from './item-size.ts';
import type { Rest } from './schedules.ts';

/** No moment comes after it. */
const NEVER = new Date(8.64e15);
const ANY_TIME = new Date(0);

/** A schedule that runs often and mostly finds nothing to do. */
export interface Watch {
  /** The earliest moment at which it can find something, as everything lies now. */
  readonly soonest: () => Promise<Date>;
  /** The earliest moment at which it can find something because of an item that was just written; undefined: it does not care. */
  readonly because: (item: WireItem) => Date | undefined;
}

/**
 * Knows which schedules would find nothing to do, so that a clock that is advanced by a month need not run them 43,200 times. What
 * was found out once holds until its moment comes, or what is written since brings that forward: most writes do not, and to ask
 * anew after each took a fifth of the time.
 */
export class Standstill implements Rest {
  readonly #watches: Readonly<Record<string, Watch>>;
  readonly #until = new Map<string, Date>();
  readonly #changed: () => number;
  readonly #unseen: () => boolean;
  #seen = Number.NaN;

  /**
   * @param changed counts what no item tells of, and after which nothing is known any more
   * @param unseen whether there are writes of which {@link wrote} was not told yet
   */
  constructor(watches: Readonly<Record<string, Watch>>, changed: () => number, unseen: () => boolean) {
    this.#watches = watches;
    this.#changed = changed;
    this.#unseen = unseen;
  }

  /** An item was written. */
  wrote(item: WireItem): void {
    for (const name of this.#until.keys()) {
      const moment = this.#watches[name]?.because(item);
      if (moment) this.#notAfter(name, moment);
    }
  }

  async idles(schedule: string, at: Date): Promise<boolean> {
    const watch = this.#watches[schedule];
    if (!watch || this.#unseen()) return false;
    const changed = this.#changed();
    if (changed !== this.#seen) this.#until.clear();
    this.#seen = changed;
    const until = this.#until.get(schedule);
    if (until && at < until) return true;
    // What is written while it is looked for counts as well.
    this.#until.set(schedule, NEVER);
    try {
      this.#notAfter(schedule, await watch.soonest());
    } catch (error) {
      this.#until.delete(schedule);
      throw error;
    }
    return at < (this.#until.get(schedule) ?? ANY_TIME);
  }

  #notAfter(name: string, moment: Date): void {
    if (moment < (this.#until.get(name) ?? NEVER)) this.#until.set(name, moment);
  }
}

const INBOX = 'imports/inbox/';
const textOf = (item: WireItem, attribute: string): string | undefined => {
  const value = item[attribute];
  return value && 'S' in value ? String(value.S) : undefined;
};

/** The schedules of Leadkeeper that find nothing to do most of the time, by what the embedded table and the bucket hold. */
export function watchesOf(client: DynamoDBClient, name: string, files: Files): Record<string, Watch> {
  const table: Table = { name, client: DynamoDBDocumentClient.from(client) };
  /** How many files had been written when none was in the inbox. */
  let emptyAt: number | undefined;
  const inPartition = (item: WireItem, partition: string) => textOf(item, 'pk')?.startsWith(partition);
  return {
    // It looks at leads and tasks that are due by the index, and at channels that messages wait for.
    escalation: {
      soonest: async () => {
        const timers = await Promise.all([soonestDue(table), soonestTask(table), soonestTrial(table)]);
        return new Date(Math.min(...timers.map((timer) => (timer ?? NEVER).getTime())));
      },
      because: (item) => {
        if (inPartition(item, 'CHANNELS')) return ANY_TIME;
        const due = textOf(item, indexes.due.sort);
        return due === undefined ? undefined : new Date(due);
      },
    },
    // It tries breakers that are open.
    breaker: {
      soonest: async () => ((await openCauses(table)).length > 0 ? ANY_TIME : NEVER),
      because: (item) => (inPartition(item, 'BREAKER#') ? ANY_TIME : undefined),
    },
    // It takes files that were dropped.
    imports: {
      soonest: async () => {
        const written = files.written();
        if (emptyAt === written) return NEVER;
        const dropped = await files.list(INBOX);
        emptyAt = dropped.length === 0 ? written : undefined;
        return dropped.length > 0 ? ANY_TIME : NEVER;
      },
      because: () => undefined,
    },
  };
}
