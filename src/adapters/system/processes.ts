import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Child, Processes } from '../../core/ports.ts';
import { endLate, endWithUs } from './end-child.ts';
import { runProgram } from './run-program.ts';

const keptOutput = 262_144;

/** The variables that a program needs to run; the rest of the environment is not passed on. */
const passedOn = ['PATH', 'HOME', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR'];

async function canRun(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

async function find(program: string): Promise<string | undefined> {
  const named = program.includes('/') || program.includes(path.sep);
  const folders = named ? [''] : (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const endings = process.platform === 'win32' ? ['.exe', ''] : [''];
  for (const file of folders.flatMap((folder) =>
    endings.map((ending) => path.resolve(folder, `${program}${ending}`)),
  )) {
    if (await canRun(file)) return file;
  }
  return undefined;
}

async function stop(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const cancel = endLate((signal) => child.kill(signal));
  await exited;
  cancel();
}

export const systemProcesses: Processes = {
  find,
  run: runProgram,
  async start(program, args, { stdin, seen }): Promise<Child> {
    const env = Object.fromEntries(passedOn.map((name) => [name, process.env[name]]));
    const child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
    const exited = new Promise<number | null>((resolve) => {
      child.on('close', (code) => {
        resolve(code);
      });
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-keptOutput);
        seen?.(output);
      });
    }
    // If a child ends before it has read all of its input, its exit code tells.
    child.stdin.on('error', () => undefined);
    await once(child, 'spawn');
    endWithUs(child, (signal) => child.kill(signal));
    child.stdin.end(stdin);
    return { output: () => output, exited, stop: async () => stop(child, exited) };
  },
};
