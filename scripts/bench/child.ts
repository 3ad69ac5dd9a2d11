import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

export interface Sample {
  readonly exitCode: number | null;
  readonly wallMilliseconds: number;
  /** User and system time of the process itself, in all threads. NaN if it was not measured. */
  readonly cpuMilliseconds: number;
  /** Peak memory of the process itself. NaN if it was not measured. */
  readonly maxRssKilobytes: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ChildOptions {
  readonly node: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /**
   * The script to preload so that the process reports its usage. It has a small cost, so the baseline preloads it too.
   */
  readonly usage?: string;
}

/** Runs Node once; measures from before the process starts until it has ended and its output is read. */
export async function runNode(args: readonly string[], options: ChildOptions): Promise<Sample> {
  const preload = options.usage === undefined ? [] : ['--require', options.usage];
  const before = performance.now();
  const child = spawn(options.node, [...preload, ...args], {
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const [stdout, stderr, usage, [exitCode]] = await Promise.all([
    text(child.stdout as Readable),
    text(child.stderr as Readable),
    text(child.stdio[3] as Readable),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  const wallMilliseconds = performance.now() - before;
  const used =
    usage === ''
      ? { cpuMilliseconds: Number.NaN, maxRssKilobytes: Number.NaN }
      : (JSON.parse(usage) as Pick<Sample, 'cpuMilliseconds' | 'maxRssKilobytes'>);
  return { exitCode, wallMilliseconds, ...used, stdout, stderr };
}

/**
 * A B A B …: each round runs every case once, in the same order. @throws Error if a case ends with another exit code
 * than 0.
 */
export async function interleave<Name extends string>(
  rounds: number,
  cases: Readonly<Record<Name, () => Promise<Sample>>>,
): Promise<Readonly<Record<Name, readonly Sample[]>>> {
  const names = Object.keys(cases) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, [] as Sample[]])) as Record<Name, Sample[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) {
      const sample = await cases[name]();
      if (sample.exitCode !== 0)
        throw new Error(`${name} ended with exit code ${String(sample.exitCode)}: ${sample.stderr}`);
      samples[name].push(sample);
    }
  }
  return samples;
}
