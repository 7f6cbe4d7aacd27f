/** A minute's posts of one key (a source, or an address), as one worker knows them. */
interface Minute {
  minute: number;
  /** Taken here since the last write. */
  unwritten: number;
  /** Taken by all workers, as of the last write. */
  known: number;
  /** A write under way: what comes meanwhile waits for what it learns. */
  writing?: Promise<void> | undefined;
}

/** Adds posts to a key's count of a minute, and says how many there are now, of all workers. */
export type AddTo = (key: string, minute: number, posts: number) => Promise<number>;

const MINUTE = 60_000;
/** Keys of one minute that a worker remembers; a flood from more addresses than these forgets the oldest. */
const MOST_KEYS = 20_000;

/**
 * After how many posts a worker writes what it has counted: a twentieth of the limit, at most 100. So a key that stays far below its
 * limit costs no write at all, and a busy source one for each hundred posts. Each worker may take so many too many.
 */
export const stepOf = (limit: number): number => Math.min(100, Math.max(1, Math.floor(limit / 20)));

/**
 * Counts posts by key and minute of the clock. Never refuses before `limit` posts were taken in the minute; takes at most
 * `limit` + workers × {@link stepOf}.
 */
export class Limiter {
  readonly #add: AddTo;
  readonly #minutes = new Map<string, Minute>();

  constructor(add: AddTo) {
    this.#add = add;
  }

  /** Seconds to wait when the key has had its posts of this minute; undefined when this one is taken. */
  async take(key: string, limit: number, at: Date): Promise<number | undefined> {
    const minute = Math.floor(at.getTime() / MINUTE);
    const mine = this.#of(key, minute);
    while (mine.writing) await mine.writing;
    if (mine.known + mine.unwritten >= limit)
      return Math.max(1, Math.ceil(((minute + 1) * MINUTE - at.getTime()) / 1000));
    mine.unwritten += 1;
    if (mine.unwritten >= stepOf(limit)) {
      mine.writing = this.#write(key, mine);
      await mine.writing;
    }
    return undefined;
  }

  /** Adds what was taken here to the common count, and learns what others took. */
  async #write(key: string, mine: Minute): Promise<void> {
    const posts = mine.unwritten;
    mine.unwritten = 0;
    mine.known += posts;
    try {
      mine.known = Math.max(mine.known, await this.#add(key, mine.minute, posts));
    } finally {
      mine.writing = undefined;
    }
  }

  #of(key: string, minute: number): Minute {
    const known = this.#minutes.get(key);
    if (known?.minute === minute) return known;
    const [oldest] = this.#minutes.keys();
    if (oldest !== undefined && (this.#minutes.size >= MOST_KEYS || this.#minutes.get(oldest)?.minute !== minute))
      this.#minutes.delete(oldest);
    const fresh: Minute = { minute, unwritten: 0, known: 0 };
    this.#minutes.delete(key);
    this.#minutes.set(key, fresh);
    return fresh;
  }
}
