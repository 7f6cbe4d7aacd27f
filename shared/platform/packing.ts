import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** How values of one kind are stored small. */
interface Packing<T> {
  /** A value as it is stored: its JSON, compressed beside what every such value repeats. */
  readonly packed: (value: T) => Uint8Array;
  /** A stored value. @throws when the bytes are none */
  readonly unpacked: (bytes: Uint8Array) => T;
}

/** Most values are small: to make zlib's usual buffers (half a megabyte) takes longer than to pack one. What was packed with those is read as before. */
const SMALL = { memLevel: 6, chunkSize: 4096 };

/**
 * Packs values beside what each of them repeats, so that this costs next to nothing in any. The repeated text is part of the
 * stored format: never change one that is in use; a better one is another packing beside it.
 */
export function packing<T>(repeated: string): Packing<T> {
  const dictionary = Buffer.from(repeated);
  return {
    packed: (value) => deflateRawSync(JSON.stringify(value), { level: 9, ...SMALL, dictionary }),
    unpacked: (bytes) =>
      JSON.parse(inflateRawSync(bytes, { chunkSize: SMALL.chunkSize, dictionary }).toString('utf8')) as T,
  };
}
