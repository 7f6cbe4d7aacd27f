import type { Source } from './source.ts';
import { web } from './web.ts';

/** Every source, by its name in the address. */
export const sources: ReadonlyMap<string, Source> = new Map([web].map((source) => [source.name, source]));
