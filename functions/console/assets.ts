import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Answer } from '../../shared/platform/http-step.ts';

/** The page's own file. */
export const PAGE = 'index.html';

/** What `npm run build:console` made: every file twice, as `.br` and as `.gz`. */
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

/** A file's bytes, read once. Only names found in the folder are ever read. */
function bytesOf(name: string): Buffer {
  const known = read.get(name) ?? readFileSync(new URL(name, folder));
  read.set(name, known);
  return known;
}

const takes = (accepted: string, coding: string): boolean =>
  accepted.split(',').some((each) => new RegExp(`^\\s*${coding}\\s*(;\\s*q=(?!0(\\.0*)?\\s*$).*)?$`, 'i').test(each));

/** A built file in the smallest form that the caller takes (by `Accept-Encoding`), or undefined when there is none of the name. */
export function asset(name: string, accepted: string): Answer | undefined {
  if (!names.has(`${name}.gz`)) return undefined;
  const type = types[extname(name)] ?? 'application/octet-stream';
  const vary = { vary: 'accept-encoding' };
  if (takes(accepted, 'br'))
    return { status: 200, raw: { type, body: bytesOf(`${name}.br`) }, headers: { ...vary, 'content-encoding': 'br' } };
  if (takes(accepted, 'gzip'))
    return {
      status: 200,
      raw: { type, body: bytesOf(`${name}.gz`) },
      headers: { ...vary, 'content-encoding': 'gzip' },
    };
  return { status: 200, raw: { type, body: gunzipSync(bytesOf(`${name}.gz`)) }, headers: vary };
}
