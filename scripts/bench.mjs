// `npm run bench`: measures the built program and checks its limits. `--json` prints JSON, `--runs N` sets the number
// of runs, `--only NAME` selects one benchmark.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const bundle = path.join(root, '.cache', 'bench.mjs');

// The benchmark serves the simulator from source, so that it sees each request of the program.
await build({
  absWorkingDir: root,
  entryPoints: ['scripts/bench/bench.ts'],
  outfile: bundle,
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  logLevel: 'warning',
});
const { bench } = await import(bundle);
process.exitCode = await bench({
  root,
  node: process.execPath,
  args: process.argv.slice(2),
  write: (text) => process.stdout.write(text),
  say: (text) => process.stderr.write(text),
});
