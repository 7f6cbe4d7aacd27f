/**
 * Shares a thread's time among those that run in it at once: what passes while several do is theirs in equal parts. `time` is what
 * the thread has used so far.
 */
export class Shares {
  readonly #time: () => number;
  readonly #running = new Map<number, number>();
  #at: number;

  constructor(time: () => number) {
    this.#time = time;
    this.#at = time();
  }

  begin(who: number): void {
    this.#pass();
    this.#running.set(who, 0);
  }

  /** What was theirs since they began; 0 for who never did. */
  end(who: number): number {
    this.#pass();
    const share = this.#running.get(who) ?? 0;
    this.#running.delete(who);
    return share;
  }

  #pass(): void {
    const now = this.#time();
    const each = (now - this.#at) / Math.max(1, this.#running.size);
    for (const [who, share] of this.#running) this.#running.set(who, share + each);
    this.#at = now;
  }
}
