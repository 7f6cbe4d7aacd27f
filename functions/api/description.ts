import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

let kept: string | undefined;

/** The OpenAPI description of every call, as `npm run build:openapi` made it (JSON). */
export function description(): string {
  kept ??= gunzipSync(readFileSync(new URL('./built/openapi.json.gz', import.meta.url))).toString('utf8');
  return kept;
}
