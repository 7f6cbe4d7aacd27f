import type { WireItem } from './item-size.ts';
import type { Rest } from './schedules.ts';

/** No moment comes after it. */
export const NEVER = new Date(8.64e15);
/** Every moment comes after it. */
export const ANY_TIME = new Date(0);

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
 * anew after each took a fifth of the time for which the clock is turned in a busy month.
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
