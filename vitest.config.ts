import { defineConfig } from 'vitest/config';

/** They keep real time: a CoreDNS and its upstreams, the answers of a page. Beside others on a busy machine they would see what is not so. */
const alone = [
  'test/coredns/**/*.test.ts',
  'test/browser/**/*.test.ts',
  'test/usecases/rehearse/**/*.test.ts',
  'test/e2e/rehearse.test.ts',
  'test/proof/**/*.test.ts',
];

/** A shell script is text, as the build embeds it. */
const shellScripts = {
  name: 'shell-scripts',
  transform: (code: string, file: string) =>
    file.endsWith('.sh') ? { code: `export default ${JSON.stringify(code)};`, map: null } : undefined,
};

export default defineConfig({
  plugins: [shellScripts],
  test: {
    globalSetup: ['test/support/e2e-setup.ts'],
    // For what hangs alone: a busy machine is slow, and that is no failure.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    teardownTimeout: 60_000,
    // A line for each file.
    slowTestThreshold: Number.MAX_SAFE_INTEGER,
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: alone,
          maxWorkers: 2,
          // No module of ours keeps a state, so that one loading of them serves all files of a worker.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      { extends: true, test: { name: 'alone', include: alone, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
});
