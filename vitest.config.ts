import { configDefaults, defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';

/** A storm and a month take three minutes more than a change should wait: `npm run test:long` runs them. */
const long = ['test/chaos/**', 'test/system/simulated-month.test.ts'];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(process.env.LONG ? [] : long)],
    globalSetup: ['test/assembly.ts'],
    // Whole systems start in some tests; two cores do not hurry.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    pool: 'forks',
    env: { POWERTOOLS_SERVICE_NAME: 'test', POWERTOOLS_LOG_LEVEL: 'SILENT' },
  },
});
