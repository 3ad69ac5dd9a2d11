import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { documentedDefault, profileForRequest } from '../../src/domain/localdns/index.ts';
import { overrideMaps } from '../../src/model/profile.ts';
import { interleave, runNode } from './child.ts';
import { ratioFigure, type Bench, type Figure } from './figure.ts';
import { startUpLimit } from './start-up.ts';

/** A profile with that many zones in each map, all valid. */
function profileOf(zones: number): string {
  const profile = documentedDefault();
  const custom = Array.from({ length: zones - 2 }, (_, index) => [`zone-${String(index)}.example.com`, {}]);
  const maps = Object.fromEntries(overrideMaps.map((map) => [map, { ...profile[map], ...Object.fromEntries(custom) }]));
  return JSON.stringify(profileForRequest({ mode: 'Required', ...maps }), null, 2);
}

/** One value repeated up to the maximum file size: many findings, all alike. */
function hostile(): string {
  const entry = '"a b":{"serveStale":1},';
  return `{"mode":"Required","vnetDNSOverrides":{${entry.repeat(Math.floor((1_048_576 - 100) / entry.length))}".":{}}}`;
}

/** Whole-process time of the offline commands on a file, as an editor or a pre-commit hook runs them. */
export async function configFiles({ root, node, runs }: Bench): Promise<readonly Figure[]> {
  const program = path.join(root, 'bin/aks-localdns.js');
  const directory = await mkdtemp(path.join(tmpdir(), 'aks-localdns-bench-'));
  try {
    const usual = path.join(directory, 'usual.json');
    const large = path.join(directory, 'large.json');
    const wrong = path.join(directory, 'wrong.json');
    await Promise.all([writeFile(usual, profileOf(2)), writeFile(large, profileOf(100)), writeFile(wrong, hostile())]);
    const samples = await interleave(runs, {
      baseline: async () => runNode(['-e', '0'], { node }),
      validate: async () => runNode([program, 'config', 'validate', usual], { node }),
      render: async () => runNode([program, 'config', 'render', usual], { node }),
      renderLarge: async () => runNode([program, 'config', 'render', large], { node }),
      explain: async () => runNode([program, 'config', 'explain', 'www.example.com', usual], { node }),
      lintWrong: async () => runNode([program, 'config', 'lint', wrong, '--fail-on', 'none'], { node }),
    });
    const wall = (name: keyof typeof samples): readonly number[] =>
      samples[name].map((sample) => sample.wallMilliseconds);
    const held = (id: keyof typeof samples, title: string): Figure =>
      ratioFigure({ id: `config-${id}`, title, limit: startUpLimit }, wall(id), wall('baseline'));
    return [
      held('validate', 'config validate, whole process'),
      held('render', 'config render, whole process'),
      held('renderLarge', 'config render, 100 zones in each map'),
      held('explain', 'config explain, whole process'),
      ratioFigure(
        { id: 'config-lint-wrong', title: 'config lint, 1 MiB of mistakes (reported)' },
        wall('lintWrong'),
        wall('baseline'),
      ),
    ];
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
