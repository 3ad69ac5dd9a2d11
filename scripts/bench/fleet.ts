import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { createSimulator, serveSimulator, type RequestLogEntry } from '../../src/simulator/index.ts';
import { runNode } from './child.ts';
import { amountFigure, countFigure, type Bench, type Figure } from './figure.ts';

/** Milliseconds before each answer. */
export const fleetLatency = 50;

/** At 10,000 clusters with three pools each. `growth`: time per cluster, relative to 1,000 clusters. */
export const fleetLimits = { seconds: 15, megabytes: 400, graphRequests: 12, growth: 1.5 } as const;

const sizes = [1000, 3000, 10_000] as const;
const mostRounds = 3;

interface Run {
  readonly seconds: number;
  readonly megabytes: number;
  readonly requests: number;
  readonly graph: number;
  readonly skus: number;
  readonly regions: number;
}

function isGraph({ method, path: at }: RequestLogEntry): boolean {
  return method === 'POST' && at === '/providers/Microsoft.ResourceGraph/resources';
}

/** `check` of a whole fleet with an empty cache, as a report for reviewers. */
async function measure({ root, node }: Bench, clusters: number, rounds: number): Promise<readonly Run[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'aks-localdns-bench-'));
  const [cacheDir, caFile] = [path.join(folder, 'cache'), path.join(folder, 'ca.pem')];
  let seen: RequestLogEntry[] = [];
  const simulator = createSimulator({ clock: systemClock, clusters, seed: 7 });
  const served = await serveSimulator(simulator, {
    latencyMilliseconds: fleetLatency,
    caFile,
    onRequest: (request) => seen.push(request),
  });
  const env = {
    ...process.env,
    ...served.environment,
    AKS_LOCALDNS_CACHE_DIR: cacheDir,
    AZURE_CONFIG_DIR: path.join(folder, 'azure'),
  };
  const args = [
    'check',
    '--all-subscriptions',
    '--fail-on',
    'none',
    '--report',
    `json=${path.join(folder, 'report.json')}`,
    '-o',
    'json',
    '--query',
    'counts',
  ];
  const runs: Run[] = [];
  try {
    await writeFile(caFile, served.caPem);
    for (let round = 0; round < rounds; round += 1) {
      await rm(cacheDir, { recursive: true, force: true });
      seen = [];
      const result = await runNode([path.join(root, 'bin/aks-localdns.js'), ...args], {
        node,
        env,
        usage: path.join(root, 'scripts/bench/usage.cjs'),
      });
      // 11: some pools of a fleet cannot be evaluated.
      if (result.exitCode !== 0 && result.exitCode !== 11)
        throw new Error(
          `check of ${String(clusters)} clusters ended with ${String(result.exitCode)}: ${result.stderr}`,
        );
      runs.push({
        seconds: result.wallMilliseconds / 1000,
        megabytes: result.maxRssKilobytes / 1024,
        requests: seen.length,
        graph: seen.filter(isGraph).length,
        skus: seen.filter(({ path: at }) => at.endsWith('/providers/Microsoft.Compute/skus')).length,
        regions: new Set(simulator.fleet?.clusters.map(({ location }) => location)).size,
      });
    }
    return runs;
  } finally {
    await served.close();
    await rm(folder, { recursive: true, force: true });
  }
}

export async function checkOfFleets(bench: Bench): Promise<readonly Figure[]> {
  const rounds = Math.min(bench.runs, mostRounds);
  const figures: Figure[] = [];
  let first: readonly Run[] | undefined;
  for (const clusters of sizes) {
    const runs = await measure(bench, clusters, rounds);
    first ??= runs;
    const largest = clusters === sizes[sizes.length - 1];
    const title = `check of ${clusters.toLocaleString('en')} clusters`;
    const id = `fleet-${String(clusters)}`;
    const each = (key: keyof Run): readonly number[] => runs.map((run) => run[key]);
    const limited = (limit: number): { readonly limit?: number } => (largest ? { limit } : {});
    figures.push(
      amountFigure(
        { id: `${id}-time`, title: `${title}, whole process`, ...limited(fleetLimits.seconds) },
        's',
        each('seconds'),
      ),
      amountFigure(
        { id: `${id}-memory`, title: `${title}, most memory`, ...limited(fleetLimits.megabytes) },
        'MB',
        each('megabytes'),
      ),
      countFigure({ id: `${id}-requests`, title: `${title}, all requests` }, each('requests')),
      countFigure(
        { id: `${id}-graph`, title: `${title}, requests to Resource Graph`, ...limited(fleetLimits.graphRequests) },
        each('graph'),
      ),
      countFigure(
        { id: `${id}-skus`, title: `${title}, requests for VM sizes`, limit: runs[0]?.regions ?? 0 },
        each('skus'),
      ),
    );
    if (largest) {
      const growth = runs.map(
        ({ seconds }, round) => seconds / clusters / ((first?.[round]?.seconds ?? Number.NaN) / sizes[0]),
      );
      figures.push(
        amountFigure(
          {
            id: 'fleet-growth',
            title: `${title}, time a cluster against ${String(sizes[0])} clusters`,
            limit: fleetLimits.growth,
          },
          'x',
          growth,
        ),
      );
    }
  }
  return figures;
}
