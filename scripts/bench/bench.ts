import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { checkOfOnePool, latency } from './check.ts';
import { configFiles } from './config.ts';
import type { Bench, Figure } from './figure.ts';
import { startUp } from './start-up.ts';
import { table } from './table.ts';

export interface BenchProcess {
  readonly root: string;
  readonly node: string;
  readonly args: readonly string[];
  readonly write: (text: string) => void;
  readonly say: (text: string) => void;
}

/** Each gives some figures; a new bench is a new file and a line. */
const benches: readonly ((bench: Bench) => Promise<readonly Figure[]>)[] = [startUp, configFiles, checkOfOnePool];

const method = `What is measured: the built program (dist/) as child processes of this Node, beside \`node -e 0\`. Each round runs the baseline and
every case once, one after the other; a ratio is that of neighbours in the same round, and its median is held to the limit.
"Whole process" is from start to end of the process. "Own CPU time" is user and system time of the process alone, without the simulator.
Requests go to the simulator over HTTPS, which answers each after ${String(latency)} ms; the sign-in is not counted.`;

/** Measures, reports, and says by the exit code whether every figure is held. */
export async function bench({ root, node, args, write, say }: BenchProcess): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false }, runs: { type: 'string', default: '21' } } });
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) {
    say('--runs takes a whole number from 1 on.\n');
    return 2;
  }
  const figures: Figure[] = [];
  for (const measure of benches) figures.push(...(await measure({ root, node, runs })));
  const lost = figures.filter((figure) => !figure.held);
  const machine = { node: process.version, platform: `${process.platform}-${process.arch}`, cpus: cpus().length };
  if (values.json) write(`${JSON.stringify({ ...machine, figures, held: lost.length === 0 }, undefined, 2)}\n`);
  else {
    write(`Node ${machine.node.slice(1)} on ${machine.platform}, ${String(machine.cpus)} CPUs\n\n${method}\n\n${table(figures)}\n\n`);
    write(lost.length === 0 ? 'Every figure is held.\n' : `Not held: ${lost.map((figure) => figure.title).join('; ')}.\n`);
  }
  return lost.length === 0 ? 0 : 1;
}
