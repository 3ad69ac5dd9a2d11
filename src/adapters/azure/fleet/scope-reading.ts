import { asString, type JsonObject } from '../../../core/json.ts';
import { AzureError, isAzureError } from '../../../model/azure-error.ts';
import { readCluster, type Cluster } from '../../../model/cluster.ts';
import { parseClusterId, clusterId, type ClusterRef } from '../../../model/ids.ts';
import type { ClusterPage, ClusterScope, ReadFrom, ScopeProblem } from '../../../model/inventory.ts';
import type { Subscription } from '../../../model/registration.ts';
import { scopeFilter } from '../../../model/scope-filter.ts';

/** One reading of a scope. */
export class ScopeReading {
  readonly scope: ClusterScope;
  readonly signal: AbortSignal;
  readonly matches: (cluster: Cluster) => boolean;
  readonly #spelled: ReadonlyMap<string, string>;
  #answered = false;

  constructor(scope: ClusterScope, signal: AbortSignal) {
    this.scope = scope;
    this.signal = signal;
    this.matches = scopeFilter(scope);
    this.#spelled = new Map(scope.subscriptions.map(({ id }) => [id.toLowerCase(), id]));
  }

  /** Azure answered: from now on, a failure concerns only a part of the scope. */
  answered(): void {
    this.#answered = true;
  }

  /**
   * The error of a part of the scope. Throws errors that end the reading: an interrupt, or nothing could be read at
   * all.
   */
  partial(error: unknown): AzureError {
    if (!(error instanceof AzureError)) throw error;
    const unreachable = isAzureError(error, 'connection', 'not-signed-in');
    if (unreachable && !this.#answered) throw error;
    if (!unreachable) this.#answered = true;
    return error;
  }

  /** The subscription ID as the scope spells it, so that every source returns the same. */
  ref(ref: ClusterRef): ClusterRef {
    return { ...ref, subscriptionId: this.#spelled.get(ref.subscriptionId.toLowerCase()) ?? ref.subscriptionId };
  }

  /** Reads a cluster as ARM returns it. Undefined if its ID is not the ID of a cluster. */
  cluster(resource: JsonObject): Cluster | undefined {
    const parsed = parseClusterId(asString(resource['id']) ?? '');
    if (parsed === undefined) return undefined;
    const ref = this.ref(parsed);
    // ARM and Resource Graph spell IDs differently.
    return readCluster(ref, { ...resource, id: clusterId(ref) });
  }
}

export function page(
  clusters: readonly Cluster[],
  problems: readonly ScopeProblem[] = [],
  from?: ReadFrom,
  total?: number,
): ClusterPage {
  return { clusters, problems, from, total };
}

export function byId(left: Subscription, right: Subscription): number {
  const [one, other] = [left.id.toLowerCase(), right.id.toLowerCase()];
  return one < other ? -1 : one > other ? 1 : 0;
}
