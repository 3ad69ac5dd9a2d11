import { setTimeout as delay } from 'node:timers/promises';

export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Whether the process ends soon. */
export async function gone(pid: number): Promise<boolean> {
  for (let time = 0; time < 1200 && alive(pid); time += 1) await delay(50);
  return !alive(pid);
}
