/** What the generator of fleets meant: one plan a pool. Never read back from what was stored. */
export type Ruleset = 'preview' | 'ga';

/** How a trouble shows under each rule set; `off` where it does not. */
export type Effect = 'fail' | 'warn' | 'unknown' | 'off';

/** A finding that a kind brings with it, by the id of the client's check. */
export interface Expected {
  readonly check: string;
  readonly preview: Effect;
  readonly ga: Effect;
}

export interface SubscriptionPlan {
  readonly id: string;
  readonly name: string;
  readonly state: 'Enabled' | 'Warned' | 'PastDue' | 'Disabled';
  readonly tenantId: string;
  readonly featureRegistered: boolean;
  readonly managementGroup: string;
}

export interface ClusterPlanRecord {
  readonly subscription: SubscriptionPlan;
  readonly resourceGroup: string;
  readonly name: string;
  readonly location: string;
  /** The minor version: 33 for 1.33. */
  readonly minor: number;
  readonly kind: string;
  readonly network: string;
  readonly tier: string;
  readonly team: string | undefined;
  readonly environment: string | undefined;
  /** The tool whose mark the cluster bears. */
  readonly owner: string | undefined;
  readonly expects: readonly Expected[];
}

export interface PoolPlanRecord {
  readonly cluster: ClusterPlanRecord;
  readonly name: string;
  readonly kind: string;
  readonly minor: number;
  readonly nodes: number;
  readonly vmSize: string;
  readonly spot: boolean;
  /** `on`: mode Required and Enabled; `explicit`: a profile that is not on; `none`: never configured. */
  readonly profile: 'on' | 'explicit' | 'none';
  /** Never takes LocalDNS: passed over in a report. The check that says so. */
  readonly excluded: string | undefined;
  /** The mark of a tool on the pool itself. */
  readonly owner: string | undefined;
  readonly expects: readonly Expected[];
}

export interface FleetPlan {
  readonly subscriptions: readonly SubscriptionPlan[];
  readonly clusters: readonly ClusterPlanRecord[];
  readonly pools: readonly PoolPlanRecord[];
  /** Of the disabled subscriptions, beside the clusters that were asked for. */
  readonly disabledClusters: number;
  /** `subscription/location` pairs with no regional vCPU left, and with none of the most used family. */
  readonly regionsWithoutCores: ReadonlySet<string>;
  readonly regionsWithoutFamily: ReadonlySet<string>;
}
