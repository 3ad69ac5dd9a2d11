import type { ReadFrom, ScopeProblem } from '../../model/inventory.ts';
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
  readonly problems: readonly ScopeProblem[];
  /** How many clusters there are in all, where it is known. */
  readonly total: number | undefined;
  readonly from?: ReadFrom | undefined;
}

/** Where facts come from: Azure, or a file that holds what was gathered there. */
export interface FactsSource {
  /** What was asked for, in words. */
  readonly scope: string;
  /** `one`: a cluster, all of whose rows are of interest. */
  readonly breadth: 'one' | 'many';
  readonly subscriptions: readonly Subscription[];
  /** When reading began, `2026-11-25T09:31:00Z`. Facts of earlier versions do not say. */
  readonly gatheredAt?: string | undefined;
  readonly pages: () => AsyncIterable<FactsPage>;
}
