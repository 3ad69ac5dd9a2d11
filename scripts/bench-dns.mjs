// `npm run bench:dns`: compares `config explain` with a real CoreDNS for 10,000 pairs of a random name and a random
// profile; `--pairs N` sets another number. Needs Go. AKS_LOCALDNS_SEED repeats a run.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({ options: { pairs: { type: 'string', default: '10000' } } });
const pairs = Number(values.pairs);
if (!Number.isInteger(pairs) || pairs < 1)
  throw new Error(`--pairs must be a whole number from 1, not ${values.pairs}.`);
const started = Date.now();
const { status } = spawnSync(
  process.execPath,
  [path.join(root, 'node_modules/vitest/vitest.mjs'), 'run', 'test/coredns/resolution.test.ts'],
  {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, AKS_LOCALDNS_DNS_PAIRS: String(pairs), AKS_LOCALDNS_REQUIRE_ALL: '1' },
  },
);
process.stdout.write(
  `${String(pairs)} pairs in ${String(Math.round((Date.now() - started) / 1000))} s: ${status === 0 ? 'all as explained' : 'FAILED'}\n`,
);
process.exitCode = status ?? 1;
