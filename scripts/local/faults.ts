/** What can be made to go wrong. */
export const faultKinds = ['throttle', 'error', 'kill', 'delay', 'duplicate', 'reorder', 'conflict', 'stale'] as const;

/** What can be made to go wrong. */
export type FaultKind = (typeof faultKinds)[number];

/** A fault that strikes a target at a rate, so many times at the most. */
export interface Fault {
  /** `table`, `queue`, `bus`, `channel:<name>` or `function:<name>`. */
  target: string;
  fault: FaultKind;
  /** Share of the target's uses that it strikes, 0–1. */
  rate: number;
  /** How often it may strike yet; absent: without end. */
  count?: number;
}

/** Faults made on purpose, by name. */
export class Faults {
  #armed: Fault[] = [];
  readonly #struck = new Map<string, number>();
  #times = 0;
  readonly #random: () => number;

  /** @param random gives numbers in [0, 1): seeded, the same faults strike again */
  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  arm(fault: Fault): void {
    this.#times += 1;
    this.#armed.push({ ...fault });
  }

  clear(): void {
    this.#times += 1;
    this.#armed = [];
  }

  /** How often faults were armed or cleared. */
  armed(): number {
    return this.#times;
  }

  list(): readonly Fault[] {
    return this.#armed;
  }

  /** How often each struck since the start, by target and fault. */
  struck(): Record<string, number> {
    return Object.fromEntries(this.#struck);
  }

  /** Whether a fault of one of these kinds strikes the target now. */
  strike(target: string, kinds: readonly FaultKind[]): FaultKind | undefined {
    for (const fault of this.#armed) {
      if (fault.target !== target || !kinds.includes(fault.fault) || fault.count === 0) continue;
      if (this.#random() >= fault.rate) continue;
      if (fault.count !== undefined) fault.count -= 1;
      const name = `${target} ${fault.fault}`;
      this.#struck.set(name, (this.#struck.get(name) ?? 0) + 1);
      return fault.fault;
    }
    return undefined;
  }
}

/** How long a delayed thing waits, in milliseconds. */
export const DELAY = 500;
