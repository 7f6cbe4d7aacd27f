import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { brotliDecompressSync, gzipSync } from 'node:zlib';
import type { Answer } from '../../shared/platform/http-step.ts';

/** The page's own file. */
export const PAGE = 'index.html';

/** What `npm run build:console` made: every file as `.br`, which every browser of today takes. */
const folder = new URL('./built/', import.meta.url);

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

const names = new Set(readdirSync(folder, { recursive: true, encoding: 'utf8' }));
const read = new Map<string, Buffer>();

/** Bytes that are worked out once, whoever asks for them again. */
function once(key: string, make: () => Buffer): Buffer {
  const known = read.get(key) ?? make();
  read.set(key, known);
  return known;
}

/** A file as it was built. Only names found in the folder are ever read. */
const built = (name: string): Buffer => once(`${name}.br`, () => readFileSync(new URL(`${name}.br`, folder)));

/** The same for callers without brotli: few, so it is not built beforehand, and the bundle half as large. */
const plain = (name: string): Buffer => brotliDecompressSync(built(name));
const gzipped = (name: string): Buffer => once(`${name}.gz`, () => gzipSync(plain(name)));

const takes = (accepted: string, coding: string): boolean =>
  accepted.split(',').some((each) => new RegExp(`^\\s*${coding}\\s*(;\\s*q=(?!0(\\.0*)?\\s*$).*)?$`, 'i').test(each));

/** A built file in the smallest form that the caller takes (by `Accept-Encoding`), or undefined when there is none of the name. */
export function asset(name: string, accepted: string): Answer | undefined {
  if (!names.has(`${name}.br`)) return undefined;
  const type = types[extname(name)] ?? 'application/octet-stream';
  const vary = { vary: 'accept-encoding' };
  if (takes(accepted, 'br'))
    return { status: 200, raw: { type, body: built(name) }, headers: { ...vary, 'content-encoding': 'br' } };
  if (takes(accepted, 'gzip'))
    return { status: 200, raw: { type, body: gzipped(name) }, headers: { ...vary, 'content-encoding': 'gzip' } };
  return { status: 200, raw: { type, body: plain(name) }, headers: vary };
}
