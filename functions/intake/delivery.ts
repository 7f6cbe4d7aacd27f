import { brotliDecompressSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
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
/** Of who only names leads that are to be fetched: Meta tells of a thousand in one post. */
const LARGEST_OF_NAMES = 512 * 1024;
/** In bytes, packed: as text it must go into one message of the queue, and with what is known of it into one item of quarantine. */
const MOST_PACKED = 190 * 1024;

const largestOf = ({ fetch }: Source): number => (fetch ? LARGEST_OF_NAMES : LARGEST);

function tooLarge(source: Source): Problem {
  const message = `at most ${largestOf(source) / 1024} KiB`;
  return new Problem(413, message, [{ path: 'body', message }]);
}

const unpackers: Readonly<Record<string, (packed: Buffer, options: { maxOutputLength: number }) => Buffer>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

/** The call with its body unpacked, never further than the limit. @throws Problem 413, 415, 400 */
export function unpacked(source: Source, call: Call): Call {
  if (call.body.length > largestOf(source)) throw tooLarge(source);
  const how = (call.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (how === 'identity' || how === '') return call;
  const unpack = Object.hasOwn(unpackers, how) ? unpackers[how] : undefined;
  if (!unpack)
    throw new Problem(415, 'send gzip, deflate, br, or nothing packed', [
      { path: 'content-encoding', message: 'not understood' },
    ]);
  try {
    return { ...call, body: unpack(call.body, { maxOutputLength: largestOf(source) }) };
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(source);
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

/** What is kept of a call that showed to be of its source. @throws Problem 413 for what is too much to be kept */
export function deliveryOf(source: Source, call: Call, shown: Shown, at: Date): Delivery {
  // Names of leads pack well; something else of that size might be put off, or aside, and then be lost.
  if (call.body.length > LARGEST && gzipSync(call.body).length > MOST_PACKED) throw tooLarge(source);
  const headers = keptHeaders.flatMap((header) => {
    const value = call.headers[header];
    return value === undefined ? [] : [[header, value]];
  });
  const { form } = call.query;
  return {
    source: source.name,
    shown,
    headers: Object.fromEntries(headers),
    query: form === undefined ? {} : { form },
    body: call.body,
    at,
    leadId: newId(at),
  };
}
