import { type Minute, SLOT } from './time.ts';

/** Something that happens at its time. */
type Task = () => Promise<void>;

/** What is to happen in a month, by its time. */
export class Agenda {
  readonly #slots: Task[][];
  #at = 0;

  constructor(minutes: Minute) {
    this.#slots = Array.from({ length: Math.ceil(minutes / SLOT) }, () => []);
  }

  /** Whatever would be after the end is not done; whatever would be in the past is done next. */
  plan(at: Minute, task: Task): void {
    this.#slots[Math.max(this.#at, Math.ceil(at / SLOT))]?.push(task);
  }

  /** Goes on to the next time at which something happens, and gives it; undefined when nothing happens any more. */
  next(): Minute | undefined {
    while (this.#at < this.#slots.length && this.#slots[this.#at]?.length === 0) this.#at += 1;
    return this.#at < this.#slots.length ? this.#at * SLOT : undefined;
  }

  /** Takes what happens now. */
  take(): Task[] {
    return this.#slots[this.#at]?.splice(0) ?? [];
  }
}

/** Runs tasks, so many at a time. @throws the first failure, once those that had begun are over */
export async function together(tasks: readonly Task[], atOnce: number): Promise<void> {
  const left = [...tasks].reverse();
  let failed: { error: unknown } | undefined;
  const one = async (): Promise<void> => {
    for (let task = left.pop(); task && !failed; task = left.pop())
      await task().catch((error: unknown) => {
        failed ??= { error };
      });
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, left.length) }, one));
  if (failed) throw failed.error;
}
