import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { keptWorker } from './scripts/mutation/kept-worker.ts';
import { testsOf } from './scripts/mutation/rooms.ts';

const { include, exclude } = testsOf(process.env.ROOM ?? '*');
const fewDraws = resolve('scripts/mutation/few-draws.ts');
const keptCuts = resolve('scripts/mutation/kept-cuts.ts');

/** The tests of the pure rooms: what mutants are tried against. Those that start a table or read every county of a country are left out. */
export default defineConfig({
  test: {
    include: [include],
    exclude: [
      ...globSync('test/shared/**/*.test.ts').filter((file) =>
        /real-table|bench\/territories/.test(readFileSync(file, 'utf8')),
      ),
      ...exclude,
    ],
    reporters: [],
    testTimeout: 60_000,
    setupFiles: ['scripts/mutation/start-afresh.ts'],
    env: { POWERTOOLS_SERVICE_NAME: 'test', POWERTOOLS_LOG_LEVEL: 'SILENT' },
  },
  plugins: [
    {
      name: 'kept-worker',
      // Stryker names one of Vitest's own pools, so ours is put in its place afterwards.
      configureVitest: ({ project }) => {
        project.config.pool = keptWorker.name;
        project.config.poolRunner = keptWorker;
      },
    },
    {
      name: 'few-draws',
      enforce: 'pre',
      resolveId: (id, importer) => (id === 'fast-check' && importer !== fewDraws ? fewDraws : undefined),
    },
    {
      name: 'kept-cuts',
      enforce: 'pre',
      // What the tests name; Vite asks for whole paths too, of which one is what is kept.
      resolveId: (id, importer) =>
        /^\..*\/platform\/segmenter\.ts$/.test(id) && importer !== keptCuts ? keptCuts : undefined,
    },
  ],
});
