import { globSync, readFileSync } from 'node:fs';
import { configDefaults, defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';

/** A storm and a month take three minutes more than a change should wait: `npm run test:long` runs them. */
const long = ['test/chaos/**', 'test/system/simulated-month.test.ts'];

/** What keeps something from one test to the next: a table, a stubbed clock, the environment, ids that only ever grow. */
const KEEPS = /real-table|real-queues|histories|running-system|synthesized|mockClient|\bvi\.|process\.env|newId|nextId/;
/** Pure rules need no process for each file: half a minute is spent on starting them, and more on loading the same modules. */
const pure = globSync('test/{shared,events}/**/*.test.ts').filter((file) => !KEEPS.test(readFileSync(file, 'utf8')));

export default defineConfig({
  test: {
    globalSetup: ['test/assembly.ts'],
    // Whole systems start in some tests; two cores do not hurry.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    pool: 'forks',
    env: { POWERTOOLS_SERVICE_NAME: 'test', POWERTOOLS_LOG_LEVEL: 'SILENT' },
    projects: [
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...pure, ...(process.env.LONG ? [] : long)],
        },
      },
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
    ],
  },
});
