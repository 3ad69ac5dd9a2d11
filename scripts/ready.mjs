// Prepares a checkout to run, with only Node and npm: installs and builds, each only if the result is older than its
// source.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

function newest(entry) {
  const file = path.join(root, entry);
  if (!existsSync(file)) return 0;
  if (!statSync(file).isDirectory()) return statSync(file).mtimeMs;
  return Math.max(
    0,
    ...readdirSync(file, { recursive: true, withFileTypes: true })
      .filter((item) => item.isFile())
      .map((item) => statSync(path.join(item.parentPath ?? item.path, item.name)).mtimeMs),
  );
}

function run(command, args) {
  process.stderr.write(`> ${command} ${args.join(' ')}\n`);
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}

if (newest('node_modules/.package-lock.json') < newest('package-lock.json'))
  run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund']);
if (
  newest('dist/main.js') <
  Math.max(newest('src'), newest('scripts/build.mjs'), newest('package.json'), newest('package-lock.json'))
)
  run('node', ['scripts/build.mjs']);
