import { readFileSync } from 'node:fs';

let kept: string | undefined;

/** The OpenAPI description of every call, as `npm run build:openapi` made it (JSON). */
export function description(): string {
  kept ??= readFileSync(new URL('./built/openapi.json', import.meta.url), 'utf8');
  return kept;
}
