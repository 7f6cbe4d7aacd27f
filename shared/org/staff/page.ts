import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { sha256 } from '../../platform/random.ts';
import type { Person } from './word.ts';

/** The staff lies in so many pages, by a hash of the id: few enough to read all, small enough to change one. */
export const PAGES = 256;

/** One page of the staff: each person on it, with what every system says of them. */
export interface Page {
  readonly number: number;
  /** Counts changes; 0: not written yet. */
  readonly version: number;
  readonly people: ReadonlyMap<string, Person>;
}

/** The page on which a person stands. */
export const pageOf = (employeeId: string): number => Number.parseInt(sha256(employeeId).slice(0, 2), 16);

/** The people of a page as they are stored. Packed: what people have in common then costs next to nothing. */
export const packed = (people: Page['people']): Uint8Array =>
  deflateRawSync(JSON.stringify(Object.fromEntries(people)), { level: 6 });

/** The people of a stored page. */
export const unpacked = (bytes: Uint8Array): Page['people'] =>
  new Map(Object.entries(JSON.parse(inflateRawSync(bytes).toString('utf8')) as Record<string, Person>));
