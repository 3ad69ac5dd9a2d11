// Runs the real Azure CLI against the simulator: `node scripts/real-az.mjs PATH/TO/az [LIST]`. Each list in scripts/az
// gets its own simulator. Prints the tables of docs/simulator.md, and fails if the result of a command differs. Not
// part of `npm test`, which installs no az. Build first.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { lists } from './az/lists.mjs';

const [az, only] = process.argv.slice(2);
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const program = path.join(root, 'bin', 'aks-localdns.js');
const usage = 'Usage: node scripts/real-az.mjs PATH/TO/az [LIST], or --expected';

/** The environment without this machine's sign-in and settings. */
const own = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(?:AZURE_|AKS_LOCALDNS_|IDENTITY_|MSI_|KUBECONFIG$)/.test(name)),
);

async function run(command, args, env, cwd) {
  const child = spawn(command, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part) => (text += part));
  const [code] = await once(child, 'close');
  return { code, text };
}

async function startSimulator(folder, list) {
  const [load, envFile] = [path.join(folder, 'load.json'), path.join(folder, 'simulator.env')];
  writeFileSync(load, JSON.stringify(list.load));
  const args = ['simulator', 'start', '--speed', String(list.speed), '--write-env', envFile, '--load', load];
  if (list.scenario !== undefined) args.push('--scenario', list.scenario);
  const child = spawn(process.execPath, [program, ...args], {
    env: own,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (part) => (output += part));
  while (!output.includes('Ready') || !existsSync(envFile)) {
    if (child.exitCode !== null) throw new Error(`The simulator ended with exit code ${child.exitCode}: ${output}`);
    await pause(50);
  }
  const lines = readFileSync(envFile, 'utf8').trim().split('\n');
  return { child, env: Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2))) };
}

/** The words of a command; quotes keep words with blanks together. */
function words(line) {
  return [...line.matchAll(/(?:"[^"]*"|[^\s"])+/g)].map(([word]) => word.replaceAll('"', ''));
}

function head({ title }) {
  return `\n### ${title}\n\n| Command | Exit | Outcome |\n| --- | --- | --- |\n`;
}

function row(line, code, outcome) {
  return `| \`az ${line.replaceAll('|', '\\|')}\` | ${code} | ${outcome} |\n`;
}

/** The expected table. */
function expected(list) {
  return head(list) + list.steps.map(({ line, exit = 0, outcome }) => row(line, exit, outcome)).join('');
}

async function drive(list) {
  const folder = mkdtempSync(path.join(tmpdir(), 'aks-localdns-az-'));
  const { child, env: simulated } = await startSimulator(folder, list);
  const env = {
    ...own,
    ...simulated,
    AZURE_CONFIG_DIR: path.join(folder, 'azure'),
    AZURE_CORE_COLLECT_TELEMETRY: 'no',
  };
  const failed = [];
  try {
    const endpoint = simulated.AKS_LOCALDNS_ARM_ENDPOINT;
    for (const line of [
      `cloud register -n sim --endpoint-resource-manager ${endpoint}`,
      'cloud set -n sim',
      'login --identity',
    ]) {
      const { code, text } = await run(az, words(line), env, folder);
      if (code !== 0) throw new Error(`az ${line}: ${text}`);
    }
    process.stdout.write(head(list));
    for (const { line, exit = 0, says = [], outcome } of list.steps) {
      const ran = await run(az, words(`${line} ${list.common ?? ''}`), env, folder);
      const missing = [says].flat().filter((word) => !ran.text.includes(word));
      if (ran.code !== exit || missing.length > 0) failed.push({ line, code: ran.code, missing, text: ran.text });
      process.stdout.write(row(line, ran.code, outcome));
    }
  } finally {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
  return failed;
}

async function main() {
  if (az === undefined) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  if (az === '--expected') {
    process.stdout.write(Object.values(lists).map(expected).join(''));
    return 0;
  }
  const failed = [];
  for (const [name, list] of Object.entries(lists))
    if (only === undefined || only === name) failed.push(...(await drive(list)));
  for (const { line, code, missing, text } of failed)
    process.stderr.write(`\naz ${line}: exit ${code}, without ${JSON.stringify(missing)}\n${text.slice(0, 2000)}\n`);
  return failed.length === 0 ? 0 : 1;
}

process.exitCode = await main();
