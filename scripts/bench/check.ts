import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { createSimulator, sample, serveSimulator } from '../../src/simulator/index.ts';
import { interleave, runNode, type Sample } from './child.ts';
import { depth, type Interval } from './depth.ts';
import { countFigure, depthFigure, ratioFigure, type Bench, type Figure } from './figure.ts';

/** Real time before each answer, so that concurrent requests overlap even on a busy machine. */
export const latency = 100;

export const checkLimits = { cold: { requests: 4, depth: 2 }, warm: { requests: 3, depth: 2 }, cpu: 6 } as const;

interface Seen {
  readonly requests: number;
  readonly depth: number;
}

/** `check` of one pool against the simulator over HTTPS, signed in through its managed identity endpoint. */
export async function checkOfOnePool({ root, node, runs }: Bench): Promise<readonly Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'aks-localdns-bench-'));
  const cacheDir = path.join(folder, 'cache');
  const caFile = path.join(folder, 'ca.pem');
  let intervals: Interval[] = [];
  const simulator = createSimulator({ clock: systemClock });
  const served = await serveSimulator(simulator, {
    latencyMilliseconds: latency,
    caFile,
    onRequest: ({ time }) => {
      // The log has the time of the answer.
      intervals.push({ start: Date.parse(time) - latency, end: Date.parse(time) });
    },
  });
  const seen: Record<'cold' | 'warm', Seen[]> = { cold: [], warm: [] };
  const usage = path.join(root, 'scripts/bench/usage.cjs');
  const env = {
    ...process.env,
    ...served.environment,
    AKS_LOCALDNS_CACHE_DIR: cacheDir,
    AZURE_CONFIG_DIR: path.join(folder, 'azure'),
  };
  const args = [
    'check',
    '-g',
    sample.resourceGroup,
    '--cluster-name',
    sample.cluster,
    '-n',
    sample.pools.eligible,
    '--subscription',
    sample.subscriptionId,
    '--fail-on',
    'none',
    '-o',
    'json',
  ];
  const check = async (kind: 'cold' | 'warm'): Promise<Sample> => {
    intervals = [];
    const result = await runNode([path.join(root, 'bin/aks-localdns.js'), ...args], { node, env, usage });
    seen[kind].push({ requests: intervals.length, depth: depth(intervals) });
    return result;
  };
  try {
    await writeFile(caFile, served.caPem);
    const samples = await interleave(runs, {
      baseline: async () => runNode(['-e', '0'], { node, usage }),
      cold: async () => {
        await rm(cacheDir, { recursive: true, force: true });
        return check('cold');
      },
      warm: async () => check('warm'),
    });
    const cpu = (name: keyof typeof samples): readonly number[] =>
      samples[name].map((sample) => sample.cpuMilliseconds);
    const counts = (kind: 'cold' | 'warm', key: keyof Seen): readonly number[] => seen[kind].map((item) => item[key]);
    return [
      countFigure(
        { id: 'check-requests', title: 'check of one pool, requests to ARM', limit: checkLimits.cold.requests },
        counts('cold', 'requests'),
      ),
      depthFigure(
        { id: 'check-depth', title: 'check of one pool, requests one after the other', limit: checkLimits.cold.depth },
        counts('cold', 'depth'),
      ),
      countFigure(
        {
          id: 'check-requests-cached',
          title: 'the same with cached VM sizes, requests',
          limit: checkLimits.warm.requests,
        },
        counts('warm', 'requests'),
      ),
      depthFigure(
        {
          id: 'check-depth-cached',
          title: 'the same with cached VM sizes, one after the other',
          limit: checkLimits.warm.depth,
        },
        counts('warm', 'depth'),
      ),
      ratioFigure(
        { id: 'check-cpu', title: 'check of one pool, own CPU time', limit: checkLimits.cpu },
        cpu('cold'),
        cpu('baseline'),
      ),
      ratioFigure(
        { id: 'check-cpu-cached', title: 'the same with cached VM sizes, own CPU time', limit: checkLimits.cpu },
        cpu('warm'),
        cpu('baseline'),
      ),
    ];
  } finally {
    await served.close();
    await rm(folder, { recursive: true, force: true });
  }
}
