import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { localKubectl } from '../../../src/adapters/kubernetes/index.ts';
import { runProgram } from '../../../src/adapters/system/run-program.ts';
import type { Kubectl } from '../../../src/model/kubernetes.ts';

const directory = mkdtempSync(path.join(tmpdir(), 'local-kubectl-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

function kubectlOf(script: string, more: Partial<Parameters<typeof localKubectl>[0]> = {}): Kubectl {
  const program = path.join(directory, `kubectl-${String(script.length)}`);
  writeFileSync(program, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return localKubectl({
    via: 'kubectl',
    processes: { run: runProgram },
    program,
    env: { PATH: process.env['PATH'], KUBECONFIG: '/home/a/config' },
    signal: new AbortController().signal,
    globalArgs: ['--context', 'prod one'],
    secrets: ['s3cret-token'],
    ...more,
  });
}

describe.skipIf(process.platform === 'win32')('the kubectl of this machine', () => {
  test('gets its arguments unchanged, its input, and the whole environment', async () => {
    const kubectl = kubectlOf(`printf '%s|' "$@"; printf '%s|' "$KUBECONFIG"; cat; exit 3`);
    expect(await kubectl.run(['get', '--raw', '/a?b=$(id)'], { stdin: 'yaml' })).toEqual({
      stdout: '--context|prod one|get|--raw|/a?b=$(id)|/home/a/config|yaml',
      stderr: '',
      exitCode: 3,
    });
  });

  test('has the secrets in its output hidden', async () => {
    const kubectl = kubectlOf('echo "a s3cret-token b"; echo "x=s3cret-token" >&2');
    const { stdout, stderr } = await kubectl.run([]);
    expect([stdout, stderr]).toEqual(['a [hidden] b\n', 'x=[hidden]\n']);
  });

  test('that hangs is ended', async () => {
    await expect(kubectlOf('sleep 1000').run([], { timeoutSeconds: 0.05 })).rejects.toMatchObject({
      code: 'program-timed-out',
    });
  });

  test('that does not exist is one clear error', async () => {
    await expect(kubectlOf('', { program: 'no-such-kubectl' }).run([])).rejects.toMatchObject({
      code: 'program-not-found',
      message: 'no-such-kubectl was not found on PATH.',
    });
  });

  test('ends when the command is interrupted', async () => {
    const abort = new AbortController();
    const running = kubectlOf('sleep 999', { signal: abort.signal }).run([]);
    abort.abort();
    await expect(running).rejects.toMatchObject({ code: 'interrupted' });
  });
});
