import { spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { CliError, InterruptedError } from '../../core/errors.ts';
import { codeOf, isMissing } from '../../core/file-errors.ts';
import type { Processes, RunOptions, RunResult } from '../../core/ports.ts';
import { duration, oneLine } from '../../core/text.ts';
import { endLate, endWithUs, graceMilliseconds, type Kill } from './end-child.ts';

const usualLimit = 64 * 1_048_576;

const hasGroups = process.platform !== 'win32';

/** Signals the child and, if they form a process group, everything that it started. */
function killerOf(child: ChildProcess): Kill {
  return (signal) => {
    if (!hasGroups || child.pid === undefined) child.kill(signal);
    else {
      try {
        process.kill(-child.pid, signal);
      } catch {
        // The whole group has ended.
      }
    }
  };
}

/** The user error if the program could not be started because of its name. */
function notStarted(program: string, cause: Error): Error {
  if (!isMissing(cause) && codeOf(cause) !== 'EACCES' && codeOf(cause) !== 'ENOEXEC') return cause;
  const isNamed = /[/\\]/.test(program);
  return new CliError({
    code: 'program-not-found',
    message: isNamed
      ? `${oneLine(program)} is not an executable program.`
      : `${oneLine(program)} was not found on PATH.`,
    hints: isNamed ? [] : ['Install it, or add its directory to PATH.'],
    cause,
  });
}

function start(program: string, args: readonly string[], env: RunOptions['env']): ChildProcessWithoutNullStreams {
  try {
    return spawn(program, args, { env: { ...env }, detached: hasGroups, windowsHide: true });
  } catch (error) {
    throw error instanceof Error ? notStarted(program, error) : error;
  }
}

/** Collects the bytes of an output; calls `tooMany` if there are more than `limit`. */
function collect(stream: Readable, limit: number, tooMany: () => void): () => string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= limit) chunks.push(chunk);
    else tooMany();
  });
  return () => Buffer.concat(chunks).toString('utf8');
}

export const runProgram: Processes['run'] = async (
  [program, ...args],
  { env, stdin = '', signal, timeout, limit = usualLimit },
) => {
  if (signal.aborted) throw new InterruptedError();
  const child = start(program, args, env);
  const kill = killerOf(child);
  endWithUs(child, kill);
  return new Promise<RunResult>((resolve, reject) => {
    let failure: CliError | undefined;
    let cancelKill = (): void => undefined;
    const end = (error: CliError): void => {
      if (failure !== undefined) return;
      failure = error;
      cancelKill = endLate(kill);
    };
    const onAbort = (): void => {
      end(new InterruptedError());
    };
    const name = oneLine(program);
    const tooMany = (): void => {
      const message = `${name} wrote more than ${String(limit)} bytes and was stopped.`;
      end(new CliError({ code: 'program-output-too-large', message }));
    };
    const stdout = collect(child.stdout, limit, tooMany);
    const stderr = collect(child.stderr, limit, tooMany);
    const timer =
      timeout === undefined
        ? undefined
        : setTimeout(() => {
            const message = `${name} did not end within ${duration(timeout / 1000)} and was stopped.`;
            end(new CliError({ code: 'program-timed-out', message }));
          }, timeout);
    const settled = (): void => {
      signal.removeEventListener('abort', onAbort);
      clearTimeout(timer);
    };
    signal.addEventListener('abort', onAbort);
    child.on('error', (error) => {
      settled();
      reject(notStarted(program, error));
    });
    child.on('exit', () => {
      // Processes that it started may keep its outputs open indefinitely.
      const late = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, graceMilliseconds);
      child.on('close', () => {
        clearTimeout(late);
      });
    });
    child.on('close', (code, ended) => {
      settled();
      cancelKill();
      if (failure !== undefined) {
        // Processes that it started may ignore the request.
        kill('SIGKILL');
        reject(failure);
      } else
        resolve({
          stdout: stdout(),
          stderr: stderr(),
          exitCode: code ?? 128 + (ended === null ? 0 : constants.signals[ended]),
        });
    });
    // If a child ends before it has read all of its input, its exit code tells.
    child.stdin.on('error', () => undefined);
    child.stdin.end(stdin);
  });
};
