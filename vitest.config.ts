import { defineConfig } from 'vitest/config';

const shared = { testTimeout: 60_000, hookTimeout: 120_000, setupFiles: ['./test/property-runs.ts'] };

export default defineConfig({
  test: {
    reporters: ['default', './test/closing-line-reporter.ts'],
    projects: [
      // Parts, each by itself: no built program, no database server.
      {
        test: {
          ...shared,
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/services/**', 'test/browser/**'],
        },
      },
      // The built program as a process, and the database servers it can use.
      { test: { ...shared, name: 'whole', include: ['test/e2e/**/*.test.ts', 'test/services/**/*.test.ts'] } },
      // The pages of the built program in Debian's Chromium, over one server.
      {
        test: {
          ...shared,
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['./test/browser/setup.ts'],
        },
      },
    ],
  },
});
