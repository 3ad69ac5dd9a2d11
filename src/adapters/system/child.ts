import { spawn } from 'node:child_process';

/**
 * Runs this program once more as a child process on the same terminal and resolves with its exit code; a child that a
 * signal ended gives 128 and the signal's number, as shells have it. `env` is the whole environment.
 */
export async function runSelf(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const program = process.argv[1];
  if (program === undefined) throw new Error('The program does not know its own path.');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { env: { ...env }, stdio: 'inherit' });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      resolve(code ?? (signal === 'SIGTERM' ? 143 : 130));
    });
  });
}
