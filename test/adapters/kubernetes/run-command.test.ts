import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runCommandKubectl } from '../../../src/adapters/kubernetes/index.ts';
import { CliError } from '../../../src/core/errors.ts';
import type { Kubectl, RunCommandRequest, RunCommandResult } from '../../../src/model/kubernetes.ts';

function kubectlOf(result: RunCommandResult): { readonly kubectl: Kubectl; readonly requests: RunCommandRequest[] } {
  const requests: RunCommandRequest[] = [];
  const kubectl = runCommandKubectl(async (request) => {
    requests.push(request);
    return Promise.resolve(result);
  });
  return { kubectl, requests };
}

test('arguments reach the shell of the cluster unchanged', async () => {
  const { kubectl, requests } = kubectlOf({ exitCode: 0, logs: 'yes\n' });
  const words = ['get', '--raw', '/api/v1/nodes?limit=20&labelSelector=a in (b,c)', "it's $(id) `id`; rm *"];
  expect(await kubectl.run(words)).toEqual({ exitCode: 0, stdout: 'yes\n', stderr: '' });
  const line = requests[0]?.command.replace(/^kubectl/, `printf '%s\\n'`) ?? '';
  const shell = spawnSync('/bin/sh', ['-c', line], { encoding: 'utf8' });
  expect(shell.stdout).toBe(`${words.join('\n')}\n`);
});

test('the output of a failed command is also its error output, since Azure does not separate them', async () => {
  const { kubectl } = kubectlOf({ exitCode: 1, logs: 'error: x' });
  expect(await kubectl.run(['version'])).toEqual({ exitCode: 1, stdout: 'error: x', stderr: 'error: x' });
});

test.each([
  [511_999, 'whole'],
  [512_000, 'run-command-output-cut'],
])('%d bytes of output are %s', async (bytes, outcome) => {
  const logs = 'ü'.repeat(Math.floor(bytes / 2)) + 'x'.repeat(bytes % 2);
  const { kubectl } = kubectlOf({ exitCode: 0, logs });
  const found = await kubectl.run([]).then(
    () => 'whole',
    (error: unknown) => (error instanceof CliError ? error.code : error),
  );
  expect(found).toBe(outcome);
});

test('its input is a file in an archive that unzip can read', async ({ skip }) => {
  if (spawnSync('unzip', ['-v']).error !== undefined) {
    if (process.env['AKS_LOCALDNS_REQUIRE_ALL'] !== undefined) throw new Error('unzip is required.');
    skip('There is no unzip here.');
  }
  const { kubectl, requests } = kubectlOf({ exitCode: 0, logs: '' });
  await kubectl.run(['apply', '-f', '-', '--', '-'], { stdin: '{"kind":"Pod","ü":1}' });
  expect(requests[0]?.command).toBe('kubectl apply -f stdin.json -- -');
  const directory = mkdtempSync(path.join(tmpdir(), 'run-command-'));
  onTestFinished(() => {
    rmSync(directory, { recursive: true });
  });
  const archive = path.join(directory, 'a.zip');
  writeFileSync(archive, requests[0]?.files ?? '');
  expect(spawnSync('unzip', ['-t', archive], { encoding: 'utf8' }).stdout).toContain('No errors detected');
  expect(spawnSync('unzip', ['-p', archive, 'stdin.json'], { encoding: 'utf8' }).stdout).toBe('{"kind":"Pod","ü":1}');
});
