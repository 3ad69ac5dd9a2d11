import path from 'node:path';
import { interleave, runNode } from './child.ts';
import { ratioFigure, type Bench, type Figure } from './figure.ts';

/** Whole-process time of commands that do not use Azure. */
export const startUpLimit = 2;

export async function startUp({ root, node, runs }: Bench): Promise<readonly Figure[]> {
  const program = path.join(root, 'bin/aks-localdns.js');
  const samples = await interleave(runs, {
    baseline: async () => runNode(['-e', '0'], { node }),
    help: async () => runNode([program, '--help'], { node }),
    version: async () => runNode([program, '--version'], { node }),
  });
  const wall = (name: keyof typeof samples): readonly number[] =>
    samples[name].map((sample) => sample.wallMilliseconds);
  return [
    ratioFigure({ id: 'help', title: '--help, whole process', limit: startUpLimit }, wall('help'), wall('baseline')),
    ratioFigure(
      { id: 'version', title: '--version, whole process', limit: startUpLimit },
      wall('version'),
      wall('baseline'),
    ),
  ];
}
