import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { itemSize, type WireItem } from './item-size.ts';

interface Prices {
  date: string;
  perMillion: Record<Counted, number>;
  perGigabyteSecond: number;
  perGigabyteOfLogs: number;
  bytesMoreALogLine: number;
  megabytesOfAVcpu: number;
  milliseconds: Record<Call, number>;
}

const prices = JSON.parse(readFileSync(new URL('./prices.json', import.meta.url), 'utf8')) as Prices;

/** A function's call to another service. */
export type Call = 'tableRead' | 'tableWrite' | 'otherCall';

/** What is counted, each with a price per million. */
export type Counted =
  | 'tableWriteUnits'
  | 'tableReadUnits'
  | 'queueRequests'
  | 'busEvents'
  | 'invocations'
  | 'httpRequests';

/** An index as the meter needs it: its key attributes, beside the table's. */
export interface MeteredIndex {
  keys: string[];
  /** Attributes that the index holds; undefined means all. */
  projected: string[] | undefined;
}

/** What one step used. */
export interface StepCounts {
  tableWrites: number;
  tableReads: number;
  invocations: number;
  gigabyteSeconds: number;
  /** Calls to other services. */
  calls: number;
  /** Milliseconds of this machine's processor. */
  cpu: number;
  logBytes: number;
}

/** Lambda's own lines about an invocation, in text: that it starts, that it ends, and how long it took. */
const PLATFORM = { bytes: 300, lines: 3 };

/** Counts what AWS would charge for, by its published rules. */
export class Meter {
  readonly #counts: Record<Counted, number> = {
    tableWriteUnits: 0,
    tableReadUnits: 0,
    queueRequests: 0,
    busEvents: 0,
    invocations: 0,
    httpRequests: 0,
  };
  readonly #steps = new Map<string, StepCounts>();
  readonly #memory = new Map<string, number>();
  #leads = 0;

  count(what: Counted, howMany = 1): void {
    this.#counts[what] += howMany;
  }

  /** A lead was accepted. */
  lead(): void {
    this.#leads += 1;
  }

  /** A step has so much memory (MB). */
  knows(step: string, memory: number): void {
    this.#memory.set(step, memory);
  }

  /**
   * A function ran, and took so many milliseconds of this machine's processor: longer with its share of a vCPU. How long it waited
   * is told by its calls ({@link called}): the stand-ins on a busy machine are no measure of AWS. `quiet`: without Lambda's own lines.
   */
  invoked(step: string, cpu: number, quiet = false): void {
    const memory = this.#memory.get(step) ?? prices.megabytesOfAVcpu;
    this.#counts.invocations += 1;
    const of = this.#of(step);
    of.invocations += 1;
    of.cpu += cpu;
    // Each run is rounded up to a millisecond.
    this.#lasted(step, cpu * Math.max(1, prices.megabytesOfAVcpu / memory) + 0.5);
    if (!quiet) this.logged(step, PLATFORM.bytes, PLATFORM.lines);
  }

  /** A function called another service, and waited for it. */
  called(step: string | undefined, call: Call): void {
    if (step === undefined) return;
    this.#of(step).calls += 1;
    this.#lasted(step, prices.milliseconds[call]);
  }

  #lasted(step: string, milliseconds: number): void {
    this.#of(step).gigabyteSeconds += (milliseconds / 1000) * ((this.#memory.get(step) ?? 0) / 1024);
  }

  /** A function wrote to its log. */
  logged(step: string, bytes: number, lines: number): void {
    this.#of(step).logBytes += bytes + lines * prices.bytesMoreALogLine;
  }

  /** An item was written: 1 unit per 1 KB of the larger image, twice in a transaction; and its entries in the indexes. */
  wrote(
    before: WireItem | undefined,
    after: WireItem | undefined,
    inTransaction: boolean,
    indexes: MeteredIndex[],
    step?: string,
  ): void {
    const size = Math.max(before ? itemSize(before) : 0, after ? itemSize(after) : 0);
    const units = Math.max(1, Math.ceil(size / 1024)) * (inTransaction ? 2 : 1);
    const inIndexes = indexes.reduce((sum, index) => sum + indexUnits(index, before, after), 0);
    this.count('tableWriteUnits', units + inIndexes);
    this.#of(step).tableWrites += units + inIndexes;
  }

  /** Writes were refused: their conditions did not hold, or others held the items. They cost what the smallest would. */
  refused(writes: number, inTransaction: boolean, step?: string): void {
    const units = writes * (inTransaction ? 2 : 1);
    this.count('tableWriteUnits', units);
    this.#of(step).tableWrites += units;
  }

  /** Items were read by key: 1 unit per 4 KB of each, half when not strongly. What is not there costs a unit too. */
  readByKey(items: readonly (WireItem | undefined)[], strongly: boolean, step?: string): void {
    const units = items.reduce((sum, item) => sum + Math.max(1, Math.ceil((item ? itemSize(item) : 0) / 4096)), 0);
    this.#read(strongly ? units : units / 2, step);
  }

  /** Items were read by a query: 1 unit per 4 KB of all of them together, half when not strongly. */
  readByQuery(items: readonly WireItem[], strongly: boolean, step?: string): void {
    const size = items.reduce((sum, item) => sum + itemSize(item), 0);
    const units = Math.max(1, Math.ceil(size / 4096));
    this.#read(strongly ? units : units / 2, step);
  }

  #read(units: number, step: string | undefined): void {
    this.count('tableReadUnits', units);
    this.#of(step).tableReads += units;
  }

  #of(step = 'other'): StepCounts {
    const known = this.#steps.get(step) ?? {
      tableWrites: 0,
      tableReads: 0,
      invocations: 0,
      gigabyteSeconds: 0,
      calls: 0,
      cpu: 0,
      logBytes: 0,
    };
    this.#steps.set(step, known);
    return known;
  }

  /** The counts so far, per lead, and the price of a million leads. */
  report(): Record<string, unknown> {
    const sum = (of: (counts: StepCounts) => number) =>
      [...this.#steps.values()].reduce((all, each) => all + of(each), 0);
    const gigabyteSeconds = sum((step) => step.gigabyteSeconds);
    const logBytes = sum((step) => step.logBytes);
    const usd =
      Object.entries(this.#counts).reduce(
        (sum, [what, howMany]) => sum + (howMany * prices.perMillion[what as Counted]) / 1e6,
        0,
      ) +
      gigabyteSeconds * prices.perGigabyteSecond +
      (logBytes / 1e9) * prices.perGigabyteOfLogs;
    const each = (total: number) => (this.#leads === 0 ? 0 : Math.round((total / this.#leads) * 1000) / 1000);
    return {
      leads: this.#leads,
      perLead: {
        tableWrites: each(this.#counts.tableWriteUnits),
        tableReads: each(this.#counts.tableReadUnits),
        queueRequests: each(this.#counts.queueRequests),
        busEvents: each(this.#counts.busEvents),
        invocations: each(this.#counts.invocations),
      },
      perLeadAndStep: Object.fromEntries(
        [...this.#steps].map(([step, { tableWrites, tableReads }]) => [
          step,
          { tableWrites: each(tableWrites), tableReads: each(tableReads) },
        ]),
      ),
      byStep: Object.fromEntries(this.#steps),
      usdPerMillionLeads: this.#leads === 0 ? 0 : Math.round((usd / this.#leads) * 1e8) / 100,
      totals: { ...this.#counts, gigabyteSeconds, logBytes },
      pricesOf: prices.date,
    };
  }
}

function indexUnits({ keys, projected }: MeteredIndex, before?: WireItem, after?: WireItem): number {
  const entry = (item: WireItem | undefined): WireItem | undefined => {
    if (!item || !keys.every((key) => key in item)) return undefined;
    if (!projected) return item;
    return Object.fromEntries(Object.entries(item).filter(([name]) => projected.includes(name)));
  };
  const [from, to] = [entry(before), entry(after)];
  const units = (item: WireItem) => Math.max(1, Math.ceil(itemSize(item) / 1024));
  if (!from && !to) return 0;
  if (!from || !to) return units((from ?? to) as WireItem);
  // The two images may name their attributes in another order.
  if (isDeepStrictEqual(from, to)) return 0;
  const moved = keys.some((key) => JSON.stringify(from[key]) !== JSON.stringify(to[key]));
  return moved ? units(from) + units(to) : Math.max(units(from), units(to));
}
