import type { JsonObject } from '../core/json.ts';
import type { Buckets } from './arm/budgets.ts';
import type { GraphState } from './graph/state.ts';
import type { Faults } from './scenarios/faults.ts';
import type { RegionQuota, SecurityGroup, VirtualNetwork } from './network-state.ts';
import type { Random } from './random.ts';
import type { Settings } from './settings.ts';

/** Everything that the simulated Azure remembers. Time is asked for, never kept by timers. */
export interface World {
  now(): number;
  readonly settings: Settings;
  readonly random: Random;
  readonly buckets: Buckets;
  readonly faults: Faults;
  /** By lower-case id. */
  readonly subscriptions: Map<string, Subscription>;
  readonly operations: Map<string, Operation>;
  /** Those of them that have not ended yet. */
  readonly running: Set<Operation>;
  readonly commands: Map<string, RunCommand>;
  /** By lower-case id. The one without a parent is the tenant's root. */
  readonly managementGroups: Map<string, ManagementGroup>;
  readonly graph: GraphState;
  /** By lower-case id. */
  readonly networks: Map<string, VirtualNetwork>;
  readonly securityGroups: Map<string, SecurityGroup>;
  /** By lower-case `subscription/location`; where there is none, the settings hold. */
  readonly quotas: Map<string, RegionQuota>;
  /** What the signatures of tokens and operation URLs are made with. */
  readonly signingKey: string;
  /** The base of every absolute URL handed out; known late where a port is chosen by the system. */
  origin: string;
  runCommand(command: string): CommandOutcome;
}

export interface Subscription {
  readonly id: string;
  readonly name: string;
  readonly tenantId: string;
  /** Tenants that it is delegated to (Azure Lighthouse): a caller of theirs sees it as one of another tenant. */
  readonly managedByTenants?: readonly string[];
  readonly state: string;
  /** By lower-case `namespace/feature`. */
  readonly features: Map<string, Feature>;
  /** By lower-case namespace. */
  readonly providers: Map<string, Provider>;
  /** By lower-case name. */
  readonly groups: Map<string, { readonly name: string; readonly location: string }>;
  /** By lower-case `group/cluster`. */
  readonly clusters: Map<string, Cluster>;
}

export interface ManagementGroup {
  readonly id: string;
  readonly displayName: string;
  readonly parent: string | undefined;
  /** Lower-case ids of those that hang on it directly. */
  readonly subscriptions: Set<string>;
}

/** `state` holds until `until`, then `next` does. */
export interface Feature {
  readonly namespace: string;
  readonly name: string;
  state: string;
  next: { readonly state: string; readonly at: number } | undefined;
  /** When it last became Registered. */
  registeredAt: number;
}

export interface Provider {
  readonly namespace: string;
  readonly data: JsonObject;
  state: string;
  next: { readonly state: string; readonly at: number } | undefined;
  /** When `register` was last carried out: a feature takes effect from there on. */
  refreshedAt: number;
}

export interface Cluster {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
  readonly location: string;
  /** As ARM returns it, without `agentPoolProfiles`. */
  resource: JsonObject;
  readonly pools: Map<string, Pool>;
  readonly maintenance: Map<string, JsonObject>;
  /** A running operation on the cluster itself. */
  operation: Operation | undefined;
}

export interface Pool {
  readonly name: string;
  /** As ARM returns them, `eTag` included. */
  properties: JsonObject;
  operation: Operation | undefined;
  /** Whether any operation has ever ended on it. */
  hadOperation: boolean;
  /** How many node reimages were completed, ever. */
  reimagedNodes: number;
}

export type Outcome = 'Succeeded' | 'Failed' | 'Canceled';

export interface Operation {
  readonly id: string;
  /** The provisioningState while it runs. */
  readonly kind: string;
  readonly subscriptionId: string;
  readonly cluster: Cluster;
  readonly pool: Pool | undefined;
  /** The object id of the caller; only that one may read its status. */
  readonly caller: string;
  readonly start: number;
  /** Infinity for one that never ends. */
  readonly end: number;
  /** What the status reads as from each time on, in order of time. */
  readonly texts: readonly { readonly from: number; readonly text: string }[];
  readonly outcome: Outcome;
  readonly error: JsonObject | undefined;
  /** Nodes that have been reimaged when it ends. */
  readonly reimages: number;
  /** What else happens to the pool's properties when it ends. */
  readonly finish: ((properties: JsonObject) => JsonObject) | undefined;
  /** Whether the pool, or the cluster where there is none, is gone when it ends. */
  readonly removes: boolean;
  ended: { readonly at: number; readonly outcome: Outcome; readonly error: JsonObject | undefined } | undefined;
}

export interface CommandOutcome {
  readonly exitCode: number;
  readonly logs: string;
  /** Set where the pod could not run: the command then reads Failed. */
  readonly reason?: string;
}

export interface RunCommand {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly outcome: CommandOutcome;
}
