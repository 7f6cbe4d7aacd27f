import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the template and bundles of this run lie once a test has asked for them (`synthesized`). */
    assembly: string;
  }
}

/** Vitest calls this once before all tests, and what it returns once after them. */
export default function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'leadkeeper-assembly-'));
  project.provide('assembly', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
