import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { SourceName } from '../../shared/intake/sources.ts';
import type { Call } from '../../shared/platform/http-step.ts';
import { Problem } from '../../shared/platform/problem.ts';
import { newId } from '../../shared/platform/random.ts';
import type { Secret } from '../../shared/platform/secrets.ts';
import { keptHeaders, type Sent, type Shown, type Source } from './sources/source.ts';

/** What came from a source and is to be taken in: now, later, or again. */
export interface Delivery extends Sent {
  readonly source: SourceName;
  readonly shown: Shown;
  /** When it came. */
  readonly at: Date;
  /** The id of the (first) lead in it. */
  readonly leadId: string;
  /** It may have been taken in before, under that id. */
  readonly again?: boolean;
  /** Its sender was told that id. */
  readonly promised?: boolean;
  /** Who wanted it taken in again, and when it had come (ISO 8601). */
  readonly retaken?: { readonly by: string; readonly cameAt: string };
}

/** In bytes, as it comes and unpacked. */
const LARGEST = 256 * 1024;

const tooLarge = (): Problem => new Problem(413, 'at most 256 KiB', [{ path: 'body', message: 'at most 256 KiB' }]);

const unpackers: Readonly<Record<string, (packed: Buffer, options: { maxOutputLength: number }) => Buffer>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

/** The call with its body unpacked, never further than the limit. @throws Problem 413, 415, 400 */
export function unpacked(call: Call): Call {
  if (call.body.length > LARGEST) throw tooLarge();
  const how = (call.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (how === 'identity' || how === '') return call;
  const unpack = Object.hasOwn(unpackers, how) ? unpackers[how] : undefined;
  if (!unpack)
    throw new Problem(415, 'send gzip, deflate, br, or nothing packed', [
      { path: 'content-encoding', message: 'not understood' },
    ]);
  try {
    return { ...call, body: unpack(call.body, { maxOutputLength: LARGEST }) };
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge();
    throw new Problem(400, `the body is not ${how}`, [{ path: 'body', message: `not ${how}` }]);
  }
}

/** How a call shows to be of its source. Some sign what they pack, some what they have packed. @throws Problem 401 */
export function verified(source: Source, plain: Call, asItCame: Call, secret: Secret, at: Date): Shown {
  try {
    return source.verify(plain, secret, at);
  } catch (error) {
    if (!(error instanceof Problem) || plain === asItCame) throw error;
    return source.verify(asItCame, secret, at);
  }
}

/** What is kept of a call that showed to be of its source. */
export function deliveryOf({ name }: Source, call: Call, shown: Shown, at: Date): Delivery {
  const headers = keptHeaders.flatMap((header) => {
    const value = call.headers[header];
    return value === undefined ? [] : [[header, value]];
  });
  const { form } = call.query;
  return {
    source: name,
    shown,
    headers: Object.fromEntries(headers),
    query: form === undefined ? {} : { form },
    body: call.body,
    at,
    leadId: newId(at),
  };
}
