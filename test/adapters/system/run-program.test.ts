import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { runProgram } from '../../../src/adapters/system/run-program.ts';
import type { RunOptions, RunResult } from '../../../src/core/ports.ts';
import { gone } from '../../support/processes.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'run-program-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const env = { PATH: process.env['PATH'] };

async function node(script: string, options: Partial<RunOptions> = {}): Promise<RunResult> {
  return runProgram([process.execPath, '-e', script], { env, signal: new AbortController().signal, ...options });
}

/** Prints its id and that of its child, and keeps running. */
const family = 'sleep 1000 & echo $$ $! > "$PIDS"; wait';
const deafFamily = `trap '' TERM; ${family}; ${family}`;

async function readPids(file: string): Promise<readonly number[]> {
  const { readFile } = await import('node:fs/promises');
  for (;;) {
    const pids = (await readFile(file, 'utf8').catch(() => '')).split(' ').map(Number);
    if (pids.length === 2 && pids.every((pid) => pid > 0)) return pids;
    await delay(20);
  }
}

describe.skipIf(process.platform === 'win32')('a program', () => {
  test('is given its input, and gives its outputs and its exit code', async () => {
    const script =
      "process.stdin.on('data', (text) => { process.stdout.write('got ' + text); process.stderr.write('said ü'); }).on('end', () => process.exit(7))";
    expect(await node(script, { stdin: 'hellö' })).toEqual({ stdout: 'got hellö', stderr: 'said ü', exitCode: 7 });
  });

  test('that is given no input reads an empty one', async () => {
    expect(await node("process.stdin.on('end', () => process.stdout.write('end')).resume()")).toMatchObject({
      stdout: 'end',
    });
  });

  test('has exactly the environment that it is given', async () => {
    process.env['AKS_LOCALDNS_TEST_SECRET'] = 'x';
    const { stdout } = await node('process.stdout.write(JSON.stringify(process.env))', {
      env: { ...env, KUBECONFIG: '/k', HTTPS_PROXY: 'http://proxy:3128', GONE: undefined },
    });
    delete process.env['AKS_LOCALDNS_TEST_SECRET'];
    expect(JSON.parse(stdout)).toEqual({ ...env, KUBECONFIG: '/k', HTTPS_PROXY: 'http://proxy:3128' });
  });

  test('is looked up on the PATH that it is given', async () => {
    const file = path.join(folder, 'only-here');
    writeFileSync(file, '#!/bin/sh\necho found "$1"\n');
    chmodSync(file, 0o755);
    const signal = new AbortController().signal;
    const run = async (PATH: string): Promise<RunResult> => runProgram(['only-here', 'a b'], { env: { PATH }, signal });
    expect(await run(`${folder}:/usr/bin:/bin`)).toEqual({ stdout: 'found a b\n', stderr: '', exitCode: 0 });
    await expect(run('/usr/bin')).rejects.toMatchObject({
      code: 'program-not-found',
      message: 'only-here was not found on PATH.',
      exit: 'not-found',
    });
  });

  test.each([path.join(folder, 'nothing'), folder, `${import.meta.filename}/x`])(
    'that cannot be run is one clear error: %s',
    async (program) => {
      await expect(runProgram([program], { env, signal: new AbortController().signal })).rejects.toMatchObject({
        code: 'program-not-found',
        message: `${program} is not an executable program.`,
      });
    },
  );

  test('that a signal ended has the exit code of a shell', async () => {
    expect(await node("process.kill(process.pid, 'SIGKILL')")).toMatchObject({ exitCode: 137 });
  });

  test('that does not read its input does not block', async () => {
    expect(await node('process.exit(3)', { stdin: 'x'.repeat(10_000_000) })).toMatchObject({ exitCode: 3 });
  });

  test('may write much output without losing any', async () => {
    const { stdout, stderr } = await node(
      "process.stdout.write('o'.repeat(5_000_000)); process.stderr.write('e'.repeat(5_000_000))",
    );
    expect([stdout.length, stderr.length]).toEqual([5_000_000, 5_000_000]);
  });

  test.each(['stdout', 'stderr'])('that writes more to %s than is wanted is ended', async (stream) => {
    const endless = `const write = () => { while (process.${stream}.write('x'.repeat(10_000))); process.${stream}.once('drain', write); }; write();`;
    await expect(node(endless, { limit: 100_000 })).rejects.toMatchObject({
      code: 'program-output-too-large',
      message: `${process.execPath} wrote more than 100000 bytes and was stopped.`,
    });
  });

  test('that takes too long is ended', async () => {
    await expect(node('setInterval(() => {}, 1000)', { timeout: 200 })).rejects.toMatchObject({
      code: 'program-timed-out',
    });
  });

  test('that ends in time is not ended later', async () => {
    expect(await node('', { timeout: 60_000 })).toMatchObject({ exitCode: 0 });
  });

  test('is not even started after an interrupt', async () => {
    const file = path.join(folder, 'started');
    const script = `require('node:fs').writeFileSync(${JSON.stringify(file)}, '')`;
    await expect(node(script, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'interrupted' });
    await delay(100);
    expect(existsSync(file)).toBe(false);
  });

  test.each([
    ['at an interrupt', family, undefined],
    ['at an interrupt, those too that do not want to', deafFamily, undefined],
    ['at the timeout', family, 500],
    ['at the timeout, those too that do not want to', deafFamily, 500],
  ])('ends with all that it started %s', async (title, script, timeout) => {
    const file = path.join(folder, title.replaceAll(/\W/g, '-'));
    const interrupt = new AbortController();
    const run = async (options: Partial<RunOptions>): Promise<unknown> =>
      runProgram(['sh', '-c', script], { env: { ...env, PIDS: file }, signal: interrupt.signal, ...options }).catch(
        (error: unknown) => error,
      );
    // A busy machine, which cannot start it in time, gets more time.
    const timedOut = async (time: number): Promise<unknown> => {
      const ended = await run({ timeout: time });
      return existsSync(file) && readFileSync(file, 'utf8') !== '' ? ended : timedOut(2 * time);
    };
    const ended = timeout === undefined ? run({}) : timedOut(timeout);
    const pids = await readPids(file);
    if (timeout === undefined) interrupt.abort();
    expect(await ended).toMatchObject({ code: timeout === undefined ? 'interrupted' : 'program-timed-out' });
    expect(await Promise.all(pids.map(gone))).toEqual([true, true]);
  });

  test('ends even if a child keeps its outputs open, and the child keeps running', async () => {
    const file = path.join(folder, 'daemon');
    const script = `const child = require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'inherit', detached: true });
      require('node:fs').writeFileSync(${JSON.stringify(file)}, process.pid + ' ' + child.pid); child.unref(); process.stdout.write('done');`;
    expect(await node(script)).toEqual({ stdout: 'done', stderr: '', exitCode: 0 });
    const [, pid = 0] = await readPids(file);
    expect(() => process.kill(pid, 'SIGKILL')).not.toThrow();
  });
});
