import type { JsonObject } from '../core/json.ts';
import type { KubernetesState } from './kubernetes/store.ts';
import type { Random } from './random.ts';
import type { Settings } from './settings.ts';

/** Everything that the simulated Azure remembers. There are no timers: what is due is settled on each request. */
export interface World {
  now(): number;
  readonly settings: Settings;
  readonly random: Random;
  /** By lower-case id. */
  readonly subscriptions: Map<string, Subscription>;
  readonly operations: Map<string, Operation>;
  /** The operations that have not ended yet. */
  readonly running: Set<Operation>;
  readonly commands: Map<string, RunCommand>;
  /** By lower-case id. The one without a parent is the tenant's root. */
  readonly managementGroups: Map<string, ManagementGroup>;
  /** By lower-case id. */
  readonly networks: Map<string, VirtualNetwork>;
  readonly securityGroups: Map<string, SecurityGroup>;
  /** By lower-case id. */
  readonly locks: Map<string, Lock>;
  readonly policies: Map<string, PolicyAssignment>;
  /** What was written, oldest first. */
  readonly activity: ActivityEntry[];
  /** By lower-case `subscription/location`; the settings apply to regions without one. */
  readonly quotas: Map<string, RegionQuota>;
  /** Compute SKUs that were loaded, as ARM lists them; they stand before the simulator's own. */
  readonly skus: JsonObject[];
  /** What is left of each request limit. */
  readonly buckets: Map<string, { readonly tokens: number; readonly at: number }>;
  readonly graph: GraphState;
  /** The Kubernetes API of each cluster that was asked for it, by `subscription/group/cluster` in lower case. */
  readonly kubernetes: Map<string, KubernetesState>;
  /** The key that signs tokens and operation URLs. */
  readonly signingKey: string;
  /** The base of every absolute URL handed out; set when the port is known. */
  origin: string;
  /** The certificate of the CA that the server's was signed by; undefined if nothing serves this world. */
  caPem: string | undefined;
  runCommand: RunsCommand;
}

/** @param files a zip archive in base64; empty if none */
type RunsCommand = (command: string, files: string, cluster: Cluster) => CommandOutcome | Promise<CommandOutcome>;

export interface Subscription {
  readonly id: string;
  readonly name: string;
  readonly tenantId: string;
  /** Tenants that it is delegated to (Azure Lighthouse); their callers see that it belongs to another tenant. */
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
  /** Lower-case ids of the subscriptions directly below it. */
  readonly subscriptions: Set<string>;
}

/** `state` lasts until `next.at`, then it is `next.state`. */
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
  /** When `register` was last carried out: a feature takes effect from then on. */
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
  /** Whether any operation has ever ended on the cluster itself. */
  hadOperation: boolean;
  /** While it is stopped: the nodes that its pools get back, by lower-case name. */
  nodesAtStop: ReadonlyMap<string, number>;
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
  /** Made when something asks for them, and before the pool first changes. */
  nodes?: PoolNodes;
}

export interface PoolNodes {
  readonly list: PoolNode[];
  /** Grows with every change. */
  version: number;
}

/** What a node has, which is what its pool asked for when the node was last imaged. */
export interface PoolNode {
  readonly number: number;
  readonly created: number;
  reimaged: number;
  localDns: boolean;
  image: string;
  /** The operation that last reimaged it; empty if none has. */
  operation: string;
}

type Outcome = 'Succeeded' | 'Failed' | 'Canceled';

export interface Operation {
  readonly id: string;
  /** The provisioningState while it runs. */
  readonly kind: string;
  readonly subscriptionId: string;
  readonly cluster: Cluster;
  readonly pool: Pool | undefined;
  /** The object id of the caller, who alone may read its status. */
  readonly caller: string;
  readonly start: number;
  /** Infinity if it never ends. */
  readonly end: number;
  /** What the status reads from each time on, in order of time. */
  readonly texts: readonly { readonly from: number; readonly text: string }[];
  readonly outcome: Outcome;
  readonly error: JsonObject | undefined;
  /** Nodes that have been reimaged when it ends. */
  readonly reimages: number;
  /** What else happens to the pool's properties when it ends. */
  readonly finish: ((properties: JsonObject) => JsonObject) | undefined;
  /** The pools that an operation on the cluster takes along: they are in its state while it runs. */
  readonly along: readonly Pool[];
  /** What an operation on the cluster changes when it ends. */
  readonly finishCluster: ((outcome: Outcome) => void) | undefined;
  /** Whether it deletes the pool, or the cluster if there is no pool. */
  readonly removes: boolean;
  ended: { readonly at: number; readonly outcome: Outcome; readonly error: JsonObject | undefined } | undefined;
}

/** How an operation differs from one that goes well. */
export interface OperationShape {
  readonly outcome?: Exclude<Outcome, 'Succeeded'>;
  /** Nodes that are done before it ends; defaults to all. */
  readonly afterNodes?: number;
  /** Seconds on top of what the nodes take. */
  readonly seconds?: number;
  /** Ends when the drain timeout of the pool has passed. */
  readonly waitsForDrain?: boolean;
  readonly never?: boolean;
  readonly error?: (subject: {
    readonly pool: string;
    readonly cluster: string;
    readonly laterOperation: string;
  }) => JsonObject;
  /** What else has happened to the pool by its end. */
  readonly finish?: (properties: JsonObject) => JsonObject;
  readonly texts?: readonly string[];
}

export interface CommandOutcome {
  readonly exitCode: number;
  readonly logs: string;
  /** Why the pod could not run: the command then reads Failed. */
  readonly reason?: string;
}

export interface RunCommand {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  /** Undefined while it runs. */
  outcome: CommandOutcome | undefined;
}

/** A virtual network that somebody made; networks that AKS makes in node resource groups are derived from their clusters. */
export interface VirtualNetwork {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
  readonly location: string;
  readonly prefixes: readonly string[];
  /** Empty: Azure's own DNS. */
  readonly dnsServers: readonly string[];
  /** By lower-case name. */
  readonly subnets: Map<string, Subnet>;
}

export interface Subnet {
  readonly name: string;
  readonly prefixes: readonly string[];
  /** The id of its network security group. */
  readonly securityGroup: string | undefined;
  /** IP configurations that do not belong to node pools. */
  readonly others: number;
}

export interface SecurityGroup {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
  readonly location: string;
  /** The `properties` of each rule, by name. */
  readonly rules: Readonly<Record<string, JsonObject>>;
}

export interface Lock {
  /** A subscription, a resource group or a resource. */
  readonly scope: string;
  readonly name: string;
  readonly level: 'ReadOnly' | 'CanNotDelete';
  readonly notes?: string | undefined;
}

/** A policy that denies one type of resources. */
export interface PolicyAssignment {
  readonly scope: string;
  readonly name: string;
  readonly displayName: string;
  readonly definition: { readonly name: string; readonly displayName: string };
  /** `namespace/type` */
  readonly denies: string;
}

/** A write, as the activity log tells of it. */
export interface ActivityEntry {
  readonly at: number;
  readonly subscriptionId: string;
  readonly resourceGroup: string | undefined;
  readonly resourceId: string;
  readonly action: string;
  readonly caller: string;
  readonly tenantId: string;
  readonly method: string;
  readonly correlationId: string;
  readonly status: number;
  readonly body: string;
  /** The id of the operation that it started. */
  readonly operation: string | undefined;
}

/** The vCPU quota of one region of one subscription. */
export interface RegionQuota {
  readonly cores: QuotaLine;
  readonly lowPriority: QuotaLine;
  /** By family; missing ones are unused, with the limit of `cores`. */
  readonly families: ReadonlyMap<string, QuotaLine>;
}

export interface QuotaLine {
  readonly used: number;
  readonly limit: number;
}

/** What Resource Graph keeps between requests. */
interface GraphState {
  /** By id, oldest first. */
  readonly snapshots: Map<string, GraphSnapshot>;
  /** By caller: when the window of its quota began, and what was taken from it. */
  readonly windows: Map<string, { readonly start: number; readonly taken: number }>;
  /** The clusters at an earlier time; if set, queries see these. */
  frozen: readonly ClusterRow[] | undefined;
}

/** The result of a query that did not fit one page. */
export interface GraphSnapshot {
  /** Query, scope and caller: a token is only valid for the same ones. */
  readonly key: string;
  readonly rows: readonly JsonObject[];
  /** More than there are rows if the result was cut off. */
  readonly total: number;
  readonly pages: boolean;
}

/** A cluster's row in Resource Graph, and the subscription whose readers see it. */
export interface ClusterRow {
  readonly subscriptionId: string;
  readonly row: JsonObject;
}
