import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject, vi } from 'vitest';
import { synthesize } from '../scripts/synth.ts';

/**
 * The template and bundles, made from the code as it is by whichever test of this run asks first; the others, in whatever process,
 * wait for it. Tests of pure rules ask for nothing, and so start at once.
 * @returns the folder of the assembly
 * @throws when it cannot be synthesized
 */
export async function synthesized(): Promise<string> {
  const folder = inject('assembly');
  const assembly = join(folder, 'cdk.out');
  const is = (outcome: 'ready' | 'failed'): boolean => existsSync(join(folder, outcome));
  const say = (outcome: 'ready' | 'failed'): void => writeFileSync(join(folder, outcome), '');
  if (first(folder)) {
    try {
      await synthesize(assembly);
      say('ready');
    } catch (error) {
      say('failed');
      throw error;
    }
  }
  await vi.waitUntil(() => is('ready') || is('failed'), { timeout: 120_000, interval: 100 });
  if (is('failed')) throw new Error('the template could not be synthesized: the first test that asked for it says why');
  return assembly;
}

/** Whether nobody of this run asked before. */
function first(folder: string): boolean {
  try {
    mkdirSync(join(folder, 'asked'));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
