import { spawnSync } from 'node:child_process';
import type { TestProject } from 'vitest/node';
import { ownProgram, program, root } from './e2e-program.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Whether the program was built; if not, only the tests that need it fail. */
    readonly programBuilt: boolean;
  }
}

/** Runs once before all tests, so that the build is as new as its source. */
export default function setup(project: TestProject): void {
  const built =
    program !== ownProgram ||
    spawnSync(process.execPath, ['scripts/ready.mjs'], { cwd: root, stdio: 'inherit' }).status === 0;
  project.provide('programBuilt', built);
}
