import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { itemSize, type WireItem } from './item-size.ts';

interface Prices {
  perMillion: Record<Counted, number>;
  perGigabyteSecond: number;
}

const prices = JSON.parse(readFileSync(new URL('./prices.json', import.meta.url), 'utf8')) as Prices & { date: string };

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
}

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
  #gigabyteSeconds = 0;
  #leads = 0;

  count(what: Counted, howMany = 1): void {
    this.#counts[what] += howMany;
  }

  /** A lead was accepted. */
  lead(): void {
    this.#leads += 1;
  }

  /** A function ran for so many milliseconds with so much memory (MB). */
  invoked(step: string, milliseconds: number, memory: number): void {
    const gigabyteSeconds = (Math.ceil(milliseconds) / 1000) * (memory / 1024);
    this.#counts.invocations += 1;
    this.#gigabyteSeconds += gigabyteSeconds;
    const of = this.#of(step);
    of.invocations += 1;
    of.gigabyteSeconds += gigabyteSeconds;
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
    const known = this.#steps.get(step) ?? { tableWrites: 0, tableReads: 0, invocations: 0, gigabyteSeconds: 0 };
    this.#steps.set(step, known);
    return known;
  }

  /** The counts so far, per lead, and the price of a million leads. */
  report(): Record<string, unknown> {
    const usd =
      Object.entries(this.#counts).reduce(
        (sum, [what, howMany]) => sum + (howMany * prices.perMillion[what as Counted]) / 1e6,
        0,
      ) +
      this.#gigabyteSeconds * prices.perGigabyteSecond;
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
      totals: { ...this.#counts, gigabyteSeconds: Math.round(this.#gigabyteSeconds * 1000) / 1000 },
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
