// All checks of a checkout: `npm test`. Needs only Node and npm; tests that need more are skipped with a message, or
// required if AKS_LOCALDNS_REQUIRE_ALL is set. Its last line is `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import './ready.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const results = path.join(root, '.cache', 'vitest.json');
let passed = 0;
let failed = 0;

/** No colours in logs. */
const env = process.stdout.isTTY ? process.env : { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };

function run(title, file, args) {
  process.stdout.write(`\n== ${title}\n`);
  const { status } = spawnSync(process.execPath, [path.join(root, file), ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return status === 0;
}

function step(title, file, ...args) {
  if (run(title, file, args)) passed += 1;
  else failed += 1;
}

step('format', 'node_modules/oxfmt/bin/oxfmt', '--check');
step('lint', 'node_modules/oxlint/bin/oxlint', '--type-aware');
step('nothing is unused', 'node_modules/knip/bin/knip.js', '--no-progress');
step(
  'no export is only for tests, unless marked @testonly',
  'node_modules/knip/bin/knip.js',
  '--no-progress',
  '--production',
  '--config',
  'knip.production.jsonc',
);
step('type check', 'node_modules/typescript/bin/tsc', '--noEmit');
step('generated docs are in step', 'scripts/docs.mjs', '--check');

rmSync(results, { force: true });
const green = run('tests', 'node_modules/vitest/vitest.mjs', [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${results}`,
  ...process.argv.slice(2),
]);
if (existsSync(results)) {
  const report = JSON.parse(readFileSync(results, 'utf8'));
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  // A file that could not be loaded has no failed test, so count it itself.
  failed += report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  for (const file of report.testResults) {
    for (const test of file.assertionResults) {
      if (test.status === 'skipped' || test.status === 'pending')
        process.stdout.write(`SKIPPED: ${path.relative(root, file.name)}: ${test.fullName}\n`);
    }
  }
}
if (!green && failed === 0) failed += 1;
process.stdout.write(`\n${String(passed)} passed, ${String(failed)} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
