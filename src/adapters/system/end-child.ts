import type { ChildProcess } from 'node:child_process';

export type Kill = (signal: 'SIGTERM' | 'SIGKILL') => void;

/** The time that a child has to clean up, and that its pipes have to drain. */
export const graceMilliseconds = 2000;

/** Asks a child to exit, and kills it after the grace period. Returns a function that cancels the latter. */
export function endLate(kill: Kill): () => void {
  kill('SIGTERM');
  const timer = setTimeout(() => {
    kill('SIGKILL');
  }, graceMilliseconds);
  return () => {
    clearTimeout(timer);
  };
}

const running = new Set<Kill>();

function endAll(): void {
  for (const kill of running) kill('SIGKILL');
}

/** Makes sure that the child does not outlive this process. */
export function endWithUs(child: ChildProcess, kill: Kill): void {
  if (running.size === 0) process.on('exit', endAll);
  running.add(kill);
  child.on('close', () => {
    running.delete(kill);
    if (running.size === 0) process.off('exit', endAll);
  });
}
