import { synthesize } from '../scripts/synth.ts';

/** The template and bundles that the tests run: synthesized once, from the code as it is. */
export const ASSEMBLY = '.tmp/assembly';

/** Vitest calls this once before all tests. */
export default async function setup(): Promise<void> {
  await synthesize(ASSEMBLY);
}
