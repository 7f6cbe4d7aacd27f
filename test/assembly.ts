import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { synthesize } from '../scripts/synth.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The template and bundles that the tests run: synthesized once, from the code as it is. */
    assembly: string;
  }
}

/** Vitest calls this once before all tests, and what it returns once after them. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'leadkeeper-assembly-'));
  project.provide('assembly', await synthesize(folder));
  return () => rmSync(folder, { recursive: true, force: true });
}
