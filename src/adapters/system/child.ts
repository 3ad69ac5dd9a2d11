import { spawn } from 'node:child_process';

/**
 * Runs this program again as a child process on the same terminal and resolves with its exit code. If a signal ended
 * the child, that is 128 plus the signal number, as in shells. `env` is the complete environment.
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
