import { defineConfig } from 'vitest/config';

/** The tests that run the code in their own process, with what they run counted. */
export default defineConfig({
  test: {
    include: ['test/{shared,functions,events}/**/*.test.ts'],
    // The table has the keys and indexes of the template.
    globalSetup: ['test/assembly.ts'],
    reporters: [['default', { summary: false }]],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    maxWorkers: 2,
    pool: 'forks',
    silent: 'passed-only',
    env: { POWERTOOLS_SERVICE_NAME: 'test', POWERTOOLS_LOG_LEVEL: 'SILENT' },
    coverage: {
      enabled: true,
      provider: 'v8',
      include: ['shared/**/*.ts', 'functions/**/*.ts', 'events/**/*.ts'],
      exclude: ['functions/console/page/**', 'events/samples/**'],
      reporter: ['json-summary'],
      reportsDirectory: '.local/coverage',
      reportOnFailure: true,
    },
  },
});
