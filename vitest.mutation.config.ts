import { defineConfig } from 'vitest/config';

/** The tests of the pure rooms, which need no table and no system: what mutants are tried against. */
export default defineConfig({
  test: {
    include: ['test/shared/**/*.test.ts'],
    pool: 'forks',
    env: { POWERTOOLS_SERVICE_NAME: 'test', POWERTOOLS_LOG_LEVEL: 'SILENT' },
  },
});
