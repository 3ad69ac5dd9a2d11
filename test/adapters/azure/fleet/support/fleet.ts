import { expect, onTestFinished } from 'vitest';
import type { HttpHandler, HttpRequest } from '../../../../../src/core/http.ts';
import { asString, own, parseJson } from '../../../../../src/core/json.ts';
import type { Cluster } from '../../../../../src/model/cluster.ts';
import type { ClusterScope, ClusterSource, ReadFrom, ScopeProblem } from '../../../../../src/model/inventory.ts';
import type { Fleet } from '../../../../../src/model/ports.ts';
import { createSimulator, type Simulator, type SimulatorOptions } from '../../../../../src/simulator/index.ts';
import type { AzureOptions } from '../../../../../src/adapters/azure/index.ts';
import { rig, type Rig } from '../../support/azure.ts';

export interface Joined extends Rig {
  readonly simulator: Simulator;
  readonly fleet: Fleet;
  /** What was sent, bodies and all. */
  readonly sent: readonly HttpRequest[];
  /** Queries of Resource Graph, by their table and first words. */
  readonly queries: () => readonly string[];
  readonly count: (method: string, path: RegExp) => number;
}

type Options = Partial<Omit<SimulatorOptions, 'clock'>> & {
  readonly azure?: Partial<AzureOptions>;
  readonly between?: (handle: HttpHandler) => HttpHandler;
};

/** The adapter over the simulator, on one clock. `between` stands between the two. */
export function join({ azure = {}, between = (handle) => handle, ...options }: Options = {}): Joined {
  const holder: { simulator?: Simulator } = {};
  const simulatorOf = (): Simulator => {
    if (holder.simulator === undefined) throw new Error('There is no simulator yet.');
    return holder.simulator;
  };
  const sent: HttpRequest[] = [];
  const through = between(async (request) => simulatorOf().handle(request));
  const made = rig(
    async (request) => {
      sent.push(request);
      return through(request);
    },
    { profileText: undefined, credential: () => simulatorOf().issueToken(), ...azure },
  );
  const simulator = createSimulator({ clock: made.clock, ...options });
  holder.simulator = simulator;
  onTestFinished(() => {
    expect(simulator.unknownRoutes).toEqual([]);
  });
  return {
    ...made,
    simulator,
    fleet: made.azure.fleet,
    sent,
    queries: () =>
      sent
        .filter(({ url }) => url.includes('Microsoft.ResourceGraph'))
        .map(({ body }) => asString(own(parseJson(body ?? ''), 'query')) ?? ''),
    count: (method, path) =>
      simulator.requests.filter((request) => request.method === method && path.test(request.path)).length,
  };
}

export const graphPath = /Microsoft\.ResourceGraph/;
export const listPath = /managedClusters$/;
export const getPath = /managedClusters\/[^/]+$/;

export interface Read {
  readonly clusters: readonly Cluster[];
  readonly problems: readonly ScopeProblem[];
  readonly totals: readonly (number | undefined)[];
  /** Clusters of each page. */
  readonly pages: readonly number[];
  /** The source of each page that has clusters. */
  readonly from: readonly (ReadFrom | undefined)[];
}

/** Everything of a scope; without one, of every subscription. */
export async function readAll(
  { fleet }: Pick<Joined, 'fleet'>,
  source: ClusterSource,
  scope: Partial<ClusterScope> = {},
): Promise<Read> {
  const subscriptions = scope.subscriptions ?? (await fleet.subscriptions());
  const clusters: Cluster[] = [];
  const problems: ScopeProblem[] = [];
  const totals: (number | undefined)[] = [];
  const pages: number[] = [];
  const from: (ReadFrom | undefined)[] = [];
  for await (const page of fleet.clusters({ ...scope, subscriptions }, { source })) {
    clusters.push(...page.clusters);
    problems.push(...page.problems);
    totals.push(page.total);
    pages.push(page.clusters.length);
    if (page.clusters.length > 0) from.push(page.from);
  }
  return { clusters, problems, totals, pages, from };
}

export function kinds(problems: readonly ScopeProblem[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { kind } of problems) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
