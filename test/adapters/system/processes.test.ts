import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { systemProcesses } from '../../../src/adapters/system/processes.ts';
import { alive, gone } from '../../support/processes.ts';

const sleeper = "process.stdout.write('pid ' + process.pid + '\\n'); setInterval(() => {}, 1000);";

describe.skipIf(process.platform === 'win32')('children in the background', () => {
  test('are found by name on PATH, or by their path if it is executable', async () => {
    expect(await systemProcesses.find(process.execPath)).toBe(process.execPath);
    expect(path.isAbsolute((await systemProcesses.find('sh')) ?? '')).toBe(true);
    expect(await systemProcesses.find('no-such-program-of-ours')).toBeUndefined();
    expect(await systemProcesses.find('./package.json')).toBeUndefined();
    expect(await systemProcesses.find('/')).toBeUndefined();
  });

  test('read their input, and return their output and how they ended', async () => {
    const seen: string[] = [];
    const child = await systemProcesses.start(
      process.execPath,
      [
        '-e',
        "process.stdin.on('data', (text) => process.stderr.write('got ' + text)).on('end', () => process.exit(7))",
      ],
      {
        stdin: 'hello',
        seen: (output) => seen.push(output),
      },
    );
    expect(await child.exited).toBe(7);
    expect(child.output()).toBe('got hello');
    expect(seen.at(-1)).toBe('got hello');
    await child.stop();
  });

  test('get only those environment variables that a program needs', async () => {
    process.env['AKS_LOCALDNS_TEST_SECRET'] = 'x';
    const child = await systemProcesses.start(process.execPath, ['-p', "Object.keys(process.env).join(' ')"], {
      stdin: '',
    });
    await child.exited;
    delete process.env['AKS_LOCALDNS_TEST_SECRET'];
    expect(child.output()).toContain('PATH');
    expect(child.output()).not.toContain('AKS_LOCALDNS');
  });

  test('are ended, even if they ignore SIGTERM', async () => {
    for (const first of ['', "process.on('SIGTERM', () => {});"]) {
      const child = await systemProcesses.start(process.execPath, ['-e', `${first}${sleeper}`], { stdin: '' });
      while (!child.output().includes('pid')) await delay(20);
      const pid = Number(/pid (\d+)/.exec(child.output())?.[1]);
      await child.stop();
      expect(alive(pid)).toBe(false);
    }
  });

  test('reject if there is no such program', async () => {
    await expect(systemProcesses.start('/no/such/program', [], { stdin: '' })).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });

  test('do not outlive a parent that ends without stopping them', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'processes-'));
    const source = fileURLToPath(new URL('../../../src/adapters/system/processes.ts', import.meta.url));
    const { build } = await import('esbuild');
    await build({
      entryPoints: [source],
      outfile: path.join(folder, 'processes.mjs'),
      bundle: true,
      format: 'esm',
      platform: 'node',
      logLevel: 'silent',
    });
    writeFileSync(
      path.join(folder, 'parent.mjs'),
      `import { systemProcesses } from './processes.mjs';
       await systemProcesses.start(process.execPath, ['-e', ${JSON.stringify(sleeper)}], { stdin: '', seen: (output) => { process.stdout.write(output); setTimeout(() => process.exit(0), 100); } });`,
    );
    const parent = spawn(process.execPath, [path.join(folder, 'parent.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    parent.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    await new Promise((resolve) => {
      parent.on('close', resolve);
    });
    rmSync(folder, { recursive: true, force: true });
    const pid = Number(/pid (\d+)/.exec(output)?.[1]);
    expect(pid).toBeGreaterThan(0);
    expect(await gone(pid)).toBe(true);
  });
});
