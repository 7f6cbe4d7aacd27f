import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { synthesized } from '../../synthesized.ts';

/** What Vite says of a file that it built (`manifest.json`). */
interface Chunk {
  file: string;
  imports?: string[];
  dynamicImports?: string[];
}

const built = new URL('../../../functions/console/built/', import.meta.url);
const read = (name: string): Buffer => readFileSync(new URL(name, built));
const KIB = 1024;

describe('the console', () => {
  let manifest: Record<string, Chunk> = {};
  beforeAll(async () => {
    // The page is built with the template.
    await synthesized();
    manifest = JSON.parse(brotliDecompressSync(read('.vite/manifest.json.br')).toString('utf8'));
  });

  /** The files that are loaded with these, each once. */
  const loadedWith = (sources: readonly string[], seen = new Set<string>()): Set<string> => {
    for (const source of sources) {
      const chunk = manifest[source];
      if (!chunk) throw new Error(`nothing was built of ${source}`);
      if (seen.has(chunk.file)) continue;
      seen.add(chunk.file);
      loadedWith(chunk.imports ?? [], seen);
    }
    return seen;
  };
  const weight = (files: Iterable<string>): number =>
    [...files].reduce((sum, file) => sum + read(`${file}.br`).length, 0);

  const first = ['index.html', 'words/zh-CN.ts'];
  const ofReps = ['mine', 'tasks', 'pool', 'leads', 'performance', 'targets'].map((page) => `pages/${page}.tsx`);

  it('needs at most 250 KiB of compressed JavaScript for all of a rep’s pages together', () => {
    const files = loadedWith([...first, ...ofReps]);
    expect(files.size).toBeGreaterThan(ofReps.length);
    expect(weight(files)).toBeLessThan(250 * KIB);
  });

  it('loads plots and the map only where they are looked at', () => {
    const files = loadedWith([...first, ...ofReps, 'pages/team.tsx', 'pages/reports.tsx']);
    const plots = manifest['parts/plot.ts']?.file ?? '';
    const map = manifest['pages/territories.tsx']?.file ?? '';
    expect(weight([plots])).toBeGreaterThan(100 * KIB);
    expect(weight([map])).toBeGreaterThan(50 * KIB);
    expect([...files]).not.toContain(plots);
    expect([...files]).not.toContain(map);
    expect(
      Object.values(manifest).filter(({ dynamicImports }) => dynamicImports?.includes('parts/plot.ts')),
    ).toHaveLength(1);
  });
});
