import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { startOnTerminal } from './e2e-child.ts';

const node = process.execPath;
const env = { PATH: '/usr/bin:/bin', TERM: 'xterm' };

/** Whether the process with the ID in the file has ended. */
function isOver(file: string): boolean {
  if (!existsSync(file)) return false;
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0);
    return false;
  } catch {
    return true;
  }
}

describe.skipIf(process.platform === 'win32')('a program on a pseudo-terminal', () => {
  test('delivers its whole output, even to a listener that is added after its end', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'terminal-'));
    try {
      const over = path.join(folder, 'over');
      // More than one read of a terminal returns, less than its buffer holds.
      const script = `process.stdout.write('x'.repeat(6000) + 'END'); process.on('exit', () => require('fs').writeFileSync('over', String(process.pid)));`;
      const terminal = startOnTerminal(node, ['-e', script], { env, cwd: folder });
      // Blocks this whole process, so that the output stays unread in the terminal until the program has ended.
      for (let time = 0; time < 1000 && !isOver(over); time += 1)
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
      const { raw, code } = await terminal.ended;
      expect([raw.length, raw.slice(-3), code]).toEqual([6003, 'END', 0]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('has its own exit code, also if a signal ended it', async () => {
    for (const [script, code] of [
      ['process.exitCode = 7', 7],
      ["process.kill(process.pid, 'SIGINT')", 130],
    ] as const)
      expect(await startOnTerminal(node, ['-e', script], { env, cwd: tmpdir() }).ended).toMatchObject({
        code,
        raw: '',
      });
  });

  test('receives key presses, and ends with its terminal', async () => {
    const terminal = startOnTerminal(
      node,
      ['-e', "process.on('SIGINT', () => console.log('heard')); setInterval(() => {}, 1000); console.log('ready')"],
      { env, cwd: tmpdir() },
    );
    await terminal.shows('ready');
    terminal.type('\u0003');
    await terminal.shows('heard');
    terminal.hangUp();
    expect((await terminal.ended).code).toBe(128 + 9);
  });
});
