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
import type { NodePool } from './node-pool.ts';
import type { OperationHandle, OperationStatus } from './operation.ts';
import type { FeatureState, Principal, ProviderState, Subscription } from './registration.ts';

/** What the use cases need from Azure. Every method rejects with AzureError (class, hints) or InterruptedError. */

export interface SubscriptionOptions {
  /** An id that the Azure CLI's profile does not have is taken as it is, without a request: its name is then the id. */
  readonly unread?: boolean;
}

export interface Accounts {
  /**
   * By id or name (case-insensitive); without one, the Azure CLI's active subscription. Rejects with CliError
   * `no-subscription`, `subscription-not-found`, `subscription-ambiguous`.
   */
  subscription(idOrName: string | undefined, options?: SubscriptionOptions): Promise<Subscription>;
  /** Who the requests for this subscription are sent as. */
  principal(subscriptionId: string): Promise<Principal>;
}

export interface PutOptions {
  /** The eTag that was read: refused with 412 (`precondition-failed`) where the pool changed since. */
  readonly ifMatch?: string;
  /** Only create: 412 where the pool exists. */
  readonly ifNoneMatch?: '*';
}

/**
 * `lost`: the request left, no trustworthy answer came; whether Azure carries it out must be read. Never sent again by
 * the adapter.
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
  /** Milliseconds since the epoch; the readings end there without a terminal one. */
  readonly deadline?: number | undefined;
  /** Emits `running` readings with unchanged text as well, so that callers can speak. */
}

export interface NodePools {
  /** The cluster with its pools: one read, from a budget of the cluster's own. */
  readCluster(ref: ClusterRef): Promise<Cluster>;
  listPools(ref: ClusterRef): Promise<readonly NodePool[]>;
  readPool(ref: PoolRef): Promise<NodePool>;
  /** One PUT, never repeated. `properties` is the whole body's `properties`. */
  putPool(ref: PoolRef, properties: JsonObject, options: PutOptions): Promise<Submission>;
  /** One POST, never repeated. */
  upgradeNodeImage(ref: PoolRef): Promise<Submission>;
  /** The newest node image for the pool, where Azure says it. */
  latestNodeImage(ref: PoolRef): Promise<string | undefined>;
  /** `nothing-running`: there was no operation, or it had just ended. */
  abort(ref: PoolRef): Promise<Submission | { readonly kind: 'nothing-running' }>;
  /**
   * Readings of an operation until it ends: from its status URL, and where that is refused, gone or not given, from the
   * cluster, and where that may not be read, from the pool. Shares Azure's budgets with every other observer of the
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
   * The sizes that the region lists, by lower-case name; a size that is missing is not listed. Cached on disk for days,
   * unless `refresh`.
   */
  vmSizes(
    subscriptionId: string,
    location: string,
    options?: { readonly refresh?: boolean },
  ): Promise<ReadonlyMap<string, VmSize>>;
}

/** Reads over many subscriptions. Sources and budgets are the adapter's. */
export interface Fleet {
  /** Every subscription that the account sees, disabled ones too. */
  subscriptions(): Promise<readonly Subscription[]>;
  /** Those below a management group, however deep. */
  subscriptionsUnder(managementGroup: string): Promise<readonly Subscription[]>;
  /**
   * The clusters of a scope with their pools, a page at a time. Never rejects for a part of the scope: that is a
   * trouble of a page.
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
 * What this machine remembers of the refreshes of the provider: Azure does not tell whether one came after the feature
 * was registered. Forgetting costs one harmless refresh; nothing here ever rejects.
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
}
