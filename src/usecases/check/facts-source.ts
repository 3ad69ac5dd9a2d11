import type { ReadFrom, ScopeProblem } from '../../model/inventory.ts';
import type { NodePool } from '../../model/node-pool.ts';
import type { Subscription } from '../../model/registration.ts';
import type { ClusterFacts } from '../../domain/checks/index.ts';

/** A cluster and those of its pools that are judged. */
export interface GatheredCluster {
  readonly facts: ClusterFacts;
  readonly pools: readonly NodePool[];
  /** The user named the pools. */
  readonly named: boolean;
}

/** Facts of some clusters; each page is discarded after it is judged. */
export interface FactsPage {
  readonly clusters: readonly GatheredCluster[];
  readonly problems: readonly ScopeProblem[];
  /** The total number of clusters, if known. */
  readonly total: number | undefined;
  readonly from?: ReadFrom | undefined;
}

/** A source of facts: Azure, or a facts file. */
export interface FactsSource {
  /** A description of the scope. */
  readonly scope: string;
  /** `one`: a single cluster, reported with all of its rows. */
  readonly breadth: 'one' | 'many';
  readonly subscriptions: readonly Subscription[];
  /** When reading began, `2026-11-25T09:31:00Z`. Missing in facts of earlier versions. */
  readonly gatheredAt?: string | undefined;
  readonly pages: () => AsyncIterable<FactsPage>;
}
