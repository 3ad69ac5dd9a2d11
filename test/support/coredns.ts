import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/**
 * The versions that node images ship, oldest and newest, each with its module file. Source: AgentBaker,
 * parts/common/components.json.
 */
export const coreDnsVersions = { '1.14.3': 'go.mod', '1.12.1': 'v1.12.1.mod' } as const;
export type CoreDnsVersion = keyof typeof coreDnsVersions;

const root = fileURLToPath(new URL('../..', import.meta.url));
const source = path.join(root, 'test/coredns/go');
/** The Go version that the newer module file requires. */
const leastGo = 25;

function goMinor(): number | undefined {
  const { status, stdout } = spawnSync('go', ['env', 'GOVERSION'], {
    encoding: 'utf8',
    cwd: root,
    env: { ...process.env, GOTOOLCHAIN: 'local' },
  });
  const minor = status === 0 ? /^go1\.(\d+)/.exec(stdout)?.[1] : undefined;
  return minor === undefined ? undefined : Number(minor);
}

const required = (process.env['AKS_LOCALDNS_REQUIRE_ALL'] ?? '') !== '';

/**
 * Undefined if a CoreDNS can be built; otherwise the reason to skip its tests. If everything is required, they fail
 * instead of being skipped.
 */
export const coreDnsMissing: string | undefined = ((): string | undefined => {
  if (required || Object.keys(coreDnsVersions).every((version) => existsSync(programOf(version as CoreDnsVersion))))
    return undefined;
  const minor = goMinor();
  return minor !== undefined && minor >= leastGo
    ? undefined
    : `no Go 1.${String(leastGo)} or newer to build CoreDNS with`;
})();

/** One folder for each version of the source, so that a change causes a new build. */
function programOf(version: CoreDnsVersion): string {
  const moduleFile = coreDnsVersions[version];
  const hash = createHash('sha256');
  for (const file of ['main.go', moduleFile, moduleFile.replace(/mod$/, 'sum')])
    hash.update(readFileSync(path.join(source, file)));
  const ending = process.platform === 'win32' ? '.exe' : '';
  return path.join(root, '.cache/coredns', `v${version}`, `coredns-${hash.digest('hex').slice(0, 12)}${ending}`);
}

/** Not as one blocking call, because vitest stops a worker that does not respond for a minute. */
async function build(version: CoreDnsVersion, program: string): Promise<void> {
  const unfinished = `${program}.new`;
  process.stdout.write(`Building CoreDNS ${version}: minutes the first time.\n`);
  const args = ['build', `-modfile=${coreDnsVersions[version]}`, '-trimpath', '-ldflags=-s -w', '-o', unfinished, '.'];
  const child = spawn('go', args, {
    cwd: source,
    env: { ...process.env, CGO_ENABLED: '0', GOTOOLCHAIN: 'local' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const status = await new Promise<number | null>((resolve) => {
    child.on('error', (error) => {
      said += error.message;
      resolve(null);
    });
    child.on('close', resolve);
  });
  if (status !== 0) throw new Error(`CoreDNS ${version} could not be built: ${said}`);
  renameSync(unfinished, program);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Takes the lock, unless another living worker has it. */
function lock(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    const owner = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    if (owner > 0 && !isAlive(owner)) rmSync(file, { force: true });
    return false;
  }
}

/** The path of a CoreDNS of this version, built on first use through the Go module proxy. */
export async function coreDnsProgram(version: CoreDnsVersion): Promise<string> {
  const program = programOf(version);
  mkdirSync(path.dirname(program), { recursive: true });
  const lockFile = `${program}.lock`;
  while (!existsSync(program)) {
    if (!lock(lockFile)) {
      await delay(500);
      continue;
    }
    try {
      if (!existsSync(program)) await build(version, program);
    } finally {
      rmSync(lockFile, { force: true });
    }
  }
  return program;
}

/** The timeout of the hook that waits for it. */
export const buildMilliseconds = 15 * 60_000;
