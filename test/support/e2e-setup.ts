import { spawnSync } from 'node:child_process';
import { ownProgram, program, root } from './e2e-program.ts';

/** Once before all tests: what is built is as new as its source. */
export default function setup(): void {
  if (program !== ownProgram) return;
  const { status } = spawnSync(process.execPath, ['scripts/ready.mjs'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('The program could not be built.');
}
