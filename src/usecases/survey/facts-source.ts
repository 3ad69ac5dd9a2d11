import type { ScopeTrouble } from '../../model/inventory.ts';
import type { NodePool } from '../../model/node-pool.ts';
import type { Subscription } from '../../model/registration.ts';
import type { ClusterFacts } from '../../domain/checks/index.ts';

/** A cluster with those of its pools that are judged. */
export interface GatheredCluster {
  readonly facts: ClusterFacts;
  readonly pools: readonly NodePool[];
  /** The pools were asked for by name. */
  readonly named: boolean;
}

/** Facts as they come: judged, and forgotten. */
export interface FactsPage {
  readonly clusters: readonly GatheredCluster[];
  readonly troubles: readonly ScopeTrouble[];
  /** How many clusters there are in all, where it is known. */
  readonly total: number | undefined;
}

/** Where facts come from: Azure, or a file that holds what was gathered there. */
export interface FactsSource {
  /** What was asked for, in words. */
  readonly scope: string;
  /** `one`: a cluster, all of whose rows are of interest. */
  readonly breadth: 'one' | 'many';
  readonly subscriptions: readonly Subscription[];
  readonly pages: () => AsyncIterable<FactsPage>;
}
