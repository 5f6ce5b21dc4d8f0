import { defineConfig } from 'vitest/config';

/** The tests that run are the compiled ones: what is tested is what is shipped (docs/decisions/0001-tests-run-compiled.md). */
export default defineConfig({
  test: {
    include: ['{packages,desks,apps}/*/dist/**/*.test.js', 'testkit/dist/**/*.test.js', 'tests/dist/**/*.test.js'],
    exclude: ['**/node_modules/**'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
