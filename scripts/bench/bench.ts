import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { checkOfOnePool, latency } from './check.ts';
import { configFiles } from './config.ts';
import type { Bench, Figure } from './figure.ts';
import { checkOfFleets, fleetLatency } from './fleet.ts';
import { startUp } from './start-up.ts';
import { table } from './table.ts';

export interface BenchProcess {
  readonly root: string;
  readonly node: string;
  readonly args: readonly string[];
  readonly write: (text: string) => void;
  readonly say: (text: string) => void;
}

/** Each returns some figures; a new benchmark is a new file and a line here. */
const benches: Readonly<Record<string, (bench: Bench) => Promise<readonly Figure[]>>> = {
  'start-up': startUp,
  config: configFiles,
  check: checkOfOnePool,
  fleet: checkOfFleets,
};

const method = `What is measured: the built program (dist/) as child processes of this Node, compared with \`node -e 0\`. Each round runs the baseline and
every case once, one after the other; a ratio compares neighbours in the same round, and its median must be within the limit.
"Whole process" is from start to end of the process. "Own CPU time" is the user and system time of only the process, without the simulator.
Requests go over HTTPS to the simulator, which answers after ${String(latency)} ms, for a fleet after ${String(fleetLatency)} ms; the sign-in is not counted.
A fleet has three pools per cluster, and nothing is cached between runs; the simulator runs on the same machine, and its memory is not counted.`;

/** Measures and reports; the exit code is 0 if every figure is within its limit. */
export async function bench({ root, node, args, write, say }: BenchProcess): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      runs: { type: 'string', default: '21' },
      only: { type: 'string' },
    },
  });
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) {
    say('--runs must be a whole number from 1.\n');
    return 2;
  }
  const chosen = values.only === undefined ? Object.values(benches) : [benches[values.only]];
  const figures: Figure[] = [];
  for (const measure of chosen) {
    if (measure === undefined) {
      say(`--only must be one of ${Object.keys(benches).join(', ')}.\n`);
      return 2;
    }
    figures.push(...(await measure({ root, node, runs })));
  }
  const lost = figures.filter((figure) => !figure.held);
  const machine = { node: process.version, platform: `${process.platform}-${process.arch}`, cpus: cpus().length };
  if (values.json) write(`${JSON.stringify({ ...machine, figures, held: lost.length === 0 }, undefined, 2)}\n`);
  else {
    write(
      `Node ${machine.node.slice(1)} on ${machine.platform}, ${String(machine.cpus)} CPUs\n\n${method}\n\n${table(figures)}\n\n`,
    );
    write(
      lost.length === 0
        ? 'Every figure is within its limit.\n'
        : `Over the limit: ${lost.map((figure) => figure.title).join('; ')}.\n`,
    );
  }
  return lost.length === 0 ? 0 : 1;
}
