// A few end-to-end checks of the built program with the Node that runs this file: `node scripts/smoke.mjs`.
// Uses only Node's own modules, so that it runs without an installation.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const program = path.join(root, 'bin', 'aks-localdns.js');
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const folder = mkdtempSync(path.join(tmpdir(), 'aks-localdns-smoke-'));
const envFile = path.join(folder, 'simulator.env');

// The environment without this machine's sign-in and settings.
const own = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(?:AZURE_|AKS_LOCALDNS_|IDENTITY_|MSI_|NODE_OPTIONS$)/.test(name)),
);
const env = {
  ...own,
  AZURE_CONFIG_DIR: path.join(folder, 'azure'),
  AKS_LOCALDNS_CACHE_DIR: path.join(folder, 'cache'),
};
const running = new Set();

/** Starts the program. `--` keeps Node itself from reading the program's `--env-file` (nodejs/node issue 54232). */
function start(args) {
  const child = spawn(process.execPath, ['--', program, ...args], {
    env,
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ran = { child, stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => (ran.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (ran.stderr += text));
  running.add(child);
  ran.ended = new Promise((resolve) => {
    child.once('close', (exit, signal) => {
      running.delete(child);
      resolve(exit ?? signal);
    });
  });
  return ran;
}

/** Runs the program until it ends, for at most two minutes. */
async function run(...args) {
  const ran = start(args);
  const timer = setTimeout(() => ran.child.kill('SIGKILL'), 120_000);
  const exit = await ran.ended;
  clearTimeout(timer);
  return { exit, stdout: ran.stdout, stderr: ran.stderr };
}

function expect(actual, wanted) {
  for (const [name, value] of Object.entries(wanted)) {
    const fits = value instanceof RegExp ? value.test(actual[name]) : actual[name] === value;
    if (!fits)
      throw new Error(
        `${name} is ${JSON.stringify(actual[name])}, not ${String(value)}; stderr: ${actual.stderr ?? ''}`,
      );
  }
}

function parsed({ stdout, stderr }) {
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`stdout is not JSON: ${JSON.stringify(stdout)}; stderr: ${stderr}`);
  }
}

let simulator;
async function startSimulator() {
  simulator = start(['simulator', 'start', '--speed', '120', '--env-file', envFile]);
  for (const deadline = Date.now() + 30_000; !/Ready: https:/.test(simulator.stderr); await pause(50)) {
    if (Date.now() > deadline || simulator.child.exitCode !== null)
      throw new Error(`the simulator did not start: ${simulator.stderr}`);
  }
  for (const line of readFileSync(envFile, 'utf8').trim().split('\n'))
    env[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
  expect(env, { AKS_LOCALDNS_ARM_ENDPOINT: /^https:\/\/127\.0\.0\.1:\d+$/, IDENTITY_ENDPOINT: /^http:/ });
}

const subscription = 'Contoso Demo';
const cluster = ['-g', 'rg-demo', '--cluster-name', 'aks-demo', '--subscription', subscription, '-o', 'json'];
const pool = [...cluster, '-n', 'userpool'];

/** @type {readonly (readonly [string, () => Promise<void>])[]} */
const checks = [
  ['--version', async () => expect(await run('--version'), { exit: 0, stdout: `${version}\n`, stderr: '' })],
  [
    '--help',
    async () => expect(await run('--help'), { exit: 0, stdout: /Usage: aks-localdns[\s\S]*nodepool/, stderr: '' }),
  ],
  ['an unknown command', async () => expect(await run('nodepol'), { exit: 2, stdout: '', stderr: /nodepool/ })],
  [
    'check list',
    async () => {
      const ran = await run('check', 'list', '-o', 'json');
      expect(ran, { exit: 0 });
      expect({ known: parsed(ran).some(({ id }) => id === 'vm-vcpus') }, { known: true });
    },
  ],
  ['simulator start', startSimulator],
  [
    'check before the setup',
    async () => {
      const ran = await run('check', ...pool);
      expect(ran, { exit: 10 });
      const failing = parsed(ran)
        .rows.filter(({ status }) => status === 'fail')
        .map(({ id }) => id);
      expect({ failing: failing.join(' ') }, { failing: 'feature-registered' });
    },
  ],
  [
    'setup',
    async () =>
      expect(await run('setup', '--subscription', subscription, '-o', 'json'), { exit: 0, stdout: /Registered/ }),
  ],
  ['check after the setup', async () => expect(await run('check', ...pool), { exit: 0 })],
  [
    'nodepool enable without an answer',
    async () => expect(await run('nodepool', 'enable', ...pool), { exit: 2, stdout: '', stderr: /--yes/ }),
  ],
  [
    'nodepool enable',
    async () => {
      const ran = await run('nodepool', 'enable', ...pool, '--yes');
      expect(ran, { exit: 0, stderr: /reimage/i });
      expect(parsed(ran), { changed: true });
    },
  ],
  [
    'nodepool enable once more',
    async () => {
      const ran = await run('nodepool', 'enable', ...pool, '--yes');
      expect(ran, { exit: 0 });
      expect(parsed(ran), { changed: false });
    },
  ],
  [
    'nodepool show',
    async () => {
      const ran = await run('nodepool', 'show', ...pool);
      expect(ran, { exit: 0 });
      expect(parsed(ran).localDNSProfile, { mode: 'Required', state: 'Enabled' });
    },
  ],
  [
    'a pool that is not there',
    async () =>
      expect(await run('nodepool', 'show', ...cluster, '-n', 'nopool'), { exit: 3, stdout: '', stderr: /nopool/ }),
  ],
  [
    'the simulator ends when it is interrupted',
    async () => {
      simulator.child.kill('SIGINT');
      expect({ exit: await simulator.ended, stderr: simulator.stderr }, { exit: /^(?:0|130|SIGINT)$/ });
      expect({ left: existsSync(env.AKS_LOCALDNS_CA_FILE) }, { left: false });
    },
  ],
];

let passed = 0;
try {
  for (const [title, check] of checks) {
    try {
      await check();
      passed += 1;
      process.stdout.write(`ok    ${title}\n`);
    } catch (error) {
      process.stdout.write(`FAIL  ${title}: ${error.message}\n`);
      // Without a simulator, the following checks would run against Azure.
      if (check === startSimulator) break;
    }
  }
} finally {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(`${String(passed)} of ${String(checks.length)} as expected on Node ${process.versions.node}\n`);
process.exitCode = passed === checks.length ? 0 : 1;
