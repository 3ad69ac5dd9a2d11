import type { JsonObject } from '../core/json.ts';
import type { Cluster } from './cluster.ts';
import type {
  ClusterPage,
  ClusterScope,
  ClusterSource,
  SecurityRule,
  Subnet,
  Usage,
  VirtualNetwork,
} from './inventory.ts';
import type { ClusterRef, PoolRef } from './ids.ts';
import type { ClusterAccess } from './kubernetes.ts';
import type { NodePool } from './node-pool.ts';
import type { OperationHandle, OperationStatus } from './operation.ts';
import type { FeatureState, Principal, ProviderState, Subscription } from './registration.ts';

/** What the use cases need from Azure. Every method rejects with AzureError (class, hints) or InterruptedError. */

export interface SubscriptionOptions {
  /** An ID that is not in the Azure CLI's profile is used without a request; its name is then the ID. */
  readonly unread?: boolean;
}

export interface Accounts {
  /**
   * By ID or name (case-insensitive); defaults to the Azure CLI's active subscription. Rejects with CliError
   * `no-subscription`, `subscription-not-found`, `subscription-ambiguous`.
   */
  subscription(idOrName: string | undefined, options?: SubscriptionOptions): Promise<Subscription>;
  /** The identity that sends the requests for this subscription. */
  principal(subscriptionId: string): Promise<Principal>;
}

export interface PutOptions {
  /** The eTag that was read: rejected with 412 (`precondition-failed`) if the pool has changed since. */
  readonly ifMatch?: string;
  /** Only create: 412 if the pool exists. */
  readonly ifNoneMatch?: '*';
}

/**
 * `lost`: the request was sent but no trustworthy answer came; read the pool to find out whether Azure processed it.
 * The adapter never sends it again.
 */
export type Submission =
  | {
      readonly kind: 'accepted';
      readonly created: boolean;
      readonly pool: NodePool | undefined;
      readonly operation: OperationHandle | undefined;
    }
  | { readonly kind: 'lost'; readonly reason: string };

export interface ObserveOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds since the epoch; observing stops then, possibly without a terminal reading. */
  readonly deadline?: number | undefined;
  /** Emits `running` readings even if the text is unchanged, so that callers can report progress. */
}

export interface NodePools {
  /** The cluster with its pools: one read, counted against the cluster's own budget. */
  readCluster(ref: ClusterRef): Promise<Cluster>;
  listPools(ref: ClusterRef): Promise<readonly NodePool[]>;
  readPool(ref: PoolRef): Promise<NodePool>;
  /**
   * From here on a subscription's clusters and pools are read and written with an API version that supports the newer
   * settings of a zone. @throws CliError `api-version-missing` if its cloud has none.
   */
  useNewerSettings(subscriptionId: string): Promise<void>;
  /** One PUT, never repeated. `properties` is the whole body's `properties`. */
  putPool(ref: PoolRef, properties: JsonObject, options: PutOptions): Promise<Submission>;
  /** One POST, never repeated. */
  upgradeNodeImage(ref: PoolRef): Promise<Submission>;
  /** The newest node image for the pool, if Azure reports it. */
  latestNodeImage(ref: PoolRef): Promise<string | undefined>;
  /** `nothing-running`: there was no operation, or it had just ended. */
  abort(ref: PoolRef): Promise<Submission | { readonly kind: 'nothing-running' }>;
  /**
   * Readings of an operation until it ends: from its status URL; from the cluster if that URL is refused, gone or
   * missing; or from the pool if the cluster cannot be read. Shares Azure's budgets with every other observer in the
   * process. The last reading is terminal unless the deadline passed.
   */
  observe(
    ref: PoolRef,
    operation: OperationHandle | undefined,
    options: ObserveOptions,
  ): AsyncIterable<OperationStatus>;
}

export interface VmSize {
  readonly name: string;
  /** Usable vCPUs: `vCPUsAvailable`, else `vCPUs`. */
  readonly vCpus: number;
  readonly family: string | undefined;
}

export interface Inventory {
  /**
   * The sizes that the region lists, by name in lower case; a missing size is not listed. Cached on disk for days,
   * unless `refresh` is set.
   */
  vmSizes(
    subscriptionId: string,
    location: string,
    options?: { readonly refresh?: boolean },
  ): Promise<ReadonlyMap<string, VmSize>>;
}

/** Reads across many subscriptions. The adapter chooses the sources and keeps the budgets. */
export interface Fleet {
  /** Every subscription that the account can see, including disabled ones. */
  subscriptions(): Promise<readonly Subscription[]>;
  /** Those below a management group, at any depth. */
  subscriptionsUnder(managementGroup: string): Promise<readonly Subscription[]>;
  /**
   * The clusters of a scope with their pools, one page at a time. Never rejects because of a part of the scope: that is
   * a problem on a page.
   */
  clusters(
    scope: ClusterScope,
    options: { readonly source: ClusterSource; readonly signal?: AbortSignal },
  ): AsyncIterable<ClusterPage>;
  usages(subscriptionId: string, location: string): Promise<readonly Usage[]>;
  subnet(id: string): Promise<Subnet>;
  virtualNetwork(id: string): Promise<VirtualNetwork>;
  securityRules(networkSecurityGroupId: string): Promise<readonly SecurityRule[]>;
}

export interface Registration {
  feature(subscriptionId: string): Promise<FeatureState>;
  registerFeature(subscriptionId: string): Promise<FeatureState>;
  unregisterFeature(subscriptionId: string): Promise<FeatureState>;
  provider(subscriptionId: string): Promise<ProviderState>;
  registerProvider(subscriptionId: string): Promise<ProviderState>;
}

/**
 * Remembers provider refreshes on this machine, because Azure does not report whether one followed the feature
 * registration. If it is lost, one harmless extra refresh is sent. No method rejects.
 */
export interface RefreshMemory {
  refreshed(subscriptionId: string): Promise<boolean>;
  remember(subscriptionId: string): Promise<void>;
  forget(subscriptionId: string): Promise<void>;
}

export interface Azure {
  readonly accounts: Accounts;
  readonly nodePools: NodePools;
  readonly inventory: Inventory;
  readonly fleet: Fleet;
  readonly registration: Registration;
  readonly clusterAccess: ClusterAccess;
}
