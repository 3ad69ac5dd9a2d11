import type { ChildProcess } from 'node:child_process';

export type Kill = (signal: 'SIGTERM' | 'SIGKILL') => void;

/** What an ending child gets to clean up, and pipes that it leaves behind to run empty. */
export const graceMilliseconds = 2000;

/** Asks a child to end, and after a while ends it. Returns what cancels the latter. */
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

/** The child does not outlive this process. */
export function endWithUs(child: ChildProcess, kill: Kill): void {
  if (running.size === 0) process.on('exit', endAll);
  running.add(kill);
  child.on('close', () => {
    running.delete(kill);
    if (running.size === 0) process.off('exit', endAll);
  });
}
