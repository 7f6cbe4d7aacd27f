import { hash, randomBytes, randomInt } from 'node:crypto';
import { decodeTime, encodeTime, monotonicFactory, ulid } from 'ulid';

/** Chance for one letter of an id, out of Node's pool: of itself the library asks the system for each letter. */
const letter = (): number => randomInt(32) / 32;

/** A fresh, time-ordered id (ULID) for something that happens at `at`. */
export const newId = (at: Date): string => ulid(at.getTime(), letter);

/** The first id that there can be for something that happens at `at`: all ids of things before it come before. */
export const firstId = (at: Date): string => `${encodeTime(Math.max(0, at.getTime()))}${'0'.repeat(16)}`;

/** When an id was made. */
export const timeOf = (id: string): Date => new Date(decodeTime(id));

const rising = monotonicFactory(letter);

/** Like {@link newId}, and later than every such id before it in this process: for things told in order. */
export const nextId = (at: Date): string => rising(at.getTime());

/** A text that nobody guesses, and that says nothing: of so many bytes of chance. */
export const unguessable = (bytes: number): string => randomBytes(bytes).toString('base64url');

/** SHA-256 as lower-case hex. */
export const sha256 = (text: string | Uint8Array): string => hash('sha256', text, 'hex');

/** A number in [0, 1) that depends on the seed alone: the same seed, the same draw, always. */
export const draw = (seed: string): number => Number.parseInt(sha256(seed).slice(0, 12), 16) / 2 ** 48;

/** A small whole number in [0, buckets) spread evenly over ids; used to shard index partitions. */
export const shardOf = (id: string, buckets: number): number => Math.floor(draw(id) * buckets);

/** A back-off in milliseconds: exponential from `base`, capped, with full jitter. Not for decisions: those are seeded. */
export const backoff = (attempt: number, base: number, cap: number): number =>
  Math.random() * Math.min(cap, base * 2 ** attempt);
