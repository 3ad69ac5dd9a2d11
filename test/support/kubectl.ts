import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Paths of the kubectls to test, separated by `:`. Defaults to the installed one. */
const variable = 'AKS_LOCALDNS_TEST_KUBECTLS';

function versionOf(program: string): string | undefined {
  const { status, stdout } = spawnSync(program, ['version', '--client', '-o', 'json'], { encoding: 'utf8' });
  return status === 0 ? /"gitVersion": "v(\d+\.\d+)[\d.]*"/.exec(stdout)?.[1] : undefined;
}

const named = (process.env[variable] ?? '').split(':').filter((program) => program !== '');

/** Programs by version (`1.34`). */
export const kubectls: readonly (readonly [version: string, program: string])[] = (
  named.length > 0 ? named : ['kubectl']
).flatMap((program) => {
  const version = versionOf(program);
  return version === undefined ? [] : [[version, program] as const];
});

/** If everything is required, the tests fail without an old and a current one instead of being skipped. */
export const kubectlsMissing =
  process.env['AKS_LOCALDNS_REQUIRE_ALL'] === '1'
    ? kubectls.length < 2
      ? `${variable} names fewer than two working kubectls`
      : undefined
    : kubectls.length === 0
      ? 'no kubectl'
      : undefined;

interface KubectlRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export type RunsKubectl = (args: readonly string[], stdin?: string) => Promise<KubectlRun>;

/** A kubectl with its own kubeconfig, home and cache. */
export async function withKubectl(
  program: string,
  kubeconfig: string,
  work: (kubectl: RunsKubectl) => Promise<void>,
): Promise<void> {
  const home = mkdtempSync(path.join(tmpdir(), 'aks-localdns-kubectl-'));
  const config = path.join(home, 'config');
  writeFileSync(config, kubeconfig, { mode: 0o600 });
  const env = { PATH: process.env['PATH'], HOME: home, KUBECONFIG: config };
  const run: RunsKubectl = async (args, stdin = '') =>
    new Promise((resolve, reject) => {
      const child = spawn(program, args, { env });
      const texts = { stdout: '', stderr: '' };
      child.stdout.on('data', (chunk: Buffer) => (texts.stdout += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (texts.stderr += chunk.toString()));
      child.once('error', reject);
      child.once('close', (code) => {
        resolve({ code, ...texts });
      });
      child.stdin.on('error', () => undefined);
      child.stdin.end(stdin);
    });
  try {
    await work(run);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
