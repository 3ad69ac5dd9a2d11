import { quotaKey } from './arm/quota.ts';
import type { ClusterPlanRecord, Effect, Expected, FleetPlan, PoolPlanRecord, Ruleset } from './fleet-plan.ts';

export type TruthEligibility = 'eligible' | 'enabled' | 'blocked' | 'skipped' | 'unknown';

/** What one pool must be found to be. */
export interface PoolTruth {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly cluster: string;
  readonly pool: string;
  readonly location: string;
  readonly team: string | undefined;
  readonly environment: string | undefined;
  /** The generator's name for the pool's trouble, and for its cluster's and network's. */
  readonly kind: string;
  readonly clusterKind: string;
  readonly network: string;
  readonly nodes: number;
  readonly minor: number;
  readonly eligibility: Readonly<Record<Ruleset, TruthEligibility>>;
  /** Ids of checks, sorted; as the client's report has them. */
  readonly blockedBy: Readonly<Record<Ruleset, readonly string[]>>;
  readonly forecast: ForecastTruth;
}

/**
 * The first of these that holds of a pool, in this order, when Kubernetes reaches the version that turns LocalDNS on by
 * itself.
 */
export const forecastOrder = [
  'already-on',
  'excluded',
  'explicit-profile',
  'own-cni',
  'policy-engine',
  'other-tier',
  'fails-prerequisite',
  'will-enable',
] as const;
export type ForecastTruth = (typeof forecastOrder)[number];

type Counts = Readonly<Record<string, number>>;

/** Rows of a report by check and status; passing rows are not counted. */
export type FindingCounts = Readonly<
  Record<string, Readonly<Partial<Record<'fail' | 'warn' | 'unknown' | 'skip', number>>>>
>;

/** The generator's own counts. Clusters of disabled subscriptions are counted in `disabled` alone. */
export interface FleetTruth {
  readonly clusters: number;
  readonly pools: number;
  readonly nodes: number;
  readonly subscriptions: number;
  readonly subscriptionStates: Counts;
  readonly tenants: Counts;
  readonly managementGroups: Counts;
  readonly featureNotRegistered: number;
  readonly disabled: { readonly subscriptions: number; readonly clusters: number; readonly pools: number };
  /**
   * Clusters by region, `team` and `environment` tag (`none` without), `1.33`, tier, mark of an owner, trouble and
   * network.
   */
  readonly locations: Counts;
  readonly teams: Counts;
  readonly environments: Counts;
  readonly versions: Counts;
  readonly tiers: Counts;
  readonly owners: Counts;
  readonly clusterKinds: Counts;
  readonly networks: Counts;
  /** Pools by trouble. */
  readonly poolKinds: Counts;
  readonly eligibility: Readonly<Record<Ruleset, Readonly<Record<TruthEligibility, number>>>>;
  /** Pools that a check blocks (or leaves unknown, or passes over), by its id. */
  readonly blockedBy: Readonly<Record<Ruleset, Counts>>;
  readonly findings: Readonly<Record<Ruleset, FindingCounts>>;
  readonly forecast: Readonly<Record<ForecastTruth, number>>;
  /** Pools counted here have nodes to reimage by surge: not passed over, not on already, not spot, surge allowed. */
  readonly capacity: {
    readonly regions: number;
    readonly regionsWithoutCores: number;
    readonly poolsWithoutCores: number;
    readonly regionsWithoutFamily: number;
    readonly poolsWithoutFamily: number;
    readonly fullSubnets: number;
    readonly poolsInFullSubnets: number;
  };
  /** DNS servers of the network's own; `blocked`: a security group denies TCP 53 to them. */
  readonly dns: {
    readonly clustersWithOwnServers: number;
    readonly clustersBlocked: number;
    readonly poolsWithOwnServers: number;
    readonly poolsBlocked: number;
  };
  /** Each pool, in the order of making. */
  readonly details: readonly PoolTruth[];
}

function both(check: string, effect: Effect, ga: Effect = effect): Expected {
  return { check, preview: effect, ga };
}

/**
 * What the kinds do not say by themselves: version, power of a stopped cluster, owners; nothing to disrupt where there
 * are no nodes.
 */
function expectedOf(pool: PoolPlanRecord): readonly Expected[] {
  if (pool.excluded !== undefined) return [];
  const { cluster } = pool;
  const kept = pool.expects.filter(({ check }) => pool.nodes > 0 || (check !== 'surge' && check !== 'single-node'));
  const stopped = cluster.kind === 'stopped' && !kept.some(({ check }) => check === 'pool-power');
  return [
    ...kept,
    ...(pool.minor < 31 ? [both('kubernetes-version', 'fail')] : []),
    ...(stopped ? [both('pool-power', 'fail')] : []),
    ...(pool.owner !== undefined || cluster.owner !== undefined ? [both('owner', 'warn')] : []),
  ];
}

function sharedOf(cluster: ClusterPlanRecord): readonly Expected[] {
  return [
    ...cluster.expects,
    ...(cluster.subscription.featureRegistered ? [] : [both('feature-registered', 'fail', 'off')]),
  ];
}

function judge(
  pool: PoolPlanRecord,
  ruleset: Ruleset,
): { readonly eligibility: TruthEligibility; readonly blockedBy: readonly string[] } {
  if (pool.profile === 'on') return { eligibility: 'enabled', blockedBy: [] };
  if (pool.excluded !== undefined) return { eligibility: 'skipped', blockedBy: [pool.excluded] };
  const all = [...expectedOf(pool), ...sharedOf(pool.cluster)];
  const idsOf = (effect: Effect): readonly string[] =>
    all
      .filter((one) => one[ruleset] === effect)
      .map(({ check }) => check)
      .sort();
  const fails = idsOf('fail');
  if (fails.length > 0) return { eligibility: 'blocked', blockedBy: fails };
  const unknowns = idsOf('unknown');
  return unknowns.length > 0
    ? { eligibility: 'unknown', blockedBy: unknowns }
    : { eligibility: 'eligible', blockedBy: [] };
}

function forecastOf(pool: PoolPlanRecord): ForecastTruth {
  const { kind, tier } = pool.cluster;
  if (pool.profile === 'on') return 'already-on';
  if (pool.excluded !== undefined) return 'excluded';
  if (pool.profile === 'explicit') return 'explicit-profile';
  if (kind === 'own-cni') return 'own-cni';
  if (kind === 'cilium' || kind === 'calico') return 'policy-engine';
  if (tier !== 'Standard') return 'other-tier';
  return pool.expects.some(({ check, ga }) => ['vm-vcpus', 'os-sku'].includes(check) && ga !== 'off')
    ? 'fails-prerequisite'
    : 'will-enable';
}

function detail(pool: PoolPlanRecord): PoolTruth {
  const { cluster, name, kind, nodes, minor } = pool;
  const [preview, ga] = [judge(pool, 'preview'), judge(pool, 'ga')];
  return {
    subscriptionId: cluster.subscription.id,
    resourceGroup: cluster.resourceGroup,
    cluster: cluster.name,
    pool: name,
    location: cluster.location,
    team: cluster.team,
    environment: cluster.environment,
    kind,
    clusterKind: cluster.kind,
    network: cluster.network,
    nodes,
    minor,
    eligibility: { preview: preview.eligibility, ga: ga.eligibility },
    blockedBy: { preview: preview.blockedBy, ga: ga.blockedBy },
    forecast: forecastOf(pool),
  };
}

function tally<T>(items: Iterable<T>, keysOf: (item: T) => string | readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) {
    const keys = keysOf(item);
    for (const key of typeof keys === 'string' ? [keys] : keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/**
 * Failures of what is on already only warn; of a cluster or a subscription, where all of its pools that can be are on.
 */
function softened(effect: Effect, on: boolean): Effect {
  return effect === 'fail' && on ? 'warn' : effect;
}

interface Finding {
  readonly check: string;
  readonly status: 'fail' | 'warn' | 'unknown' | 'skip';
}

function findingsOf(
  plan: FleetPlan,
  pools: ReadonlyMap<ClusterPlanRecord, readonly PoolPlanRecord[]>,
  ruleset: Ruleset,
): FindingCounts {
  const found: Finding[] = [];
  const add = (check: string, effect: Effect): void => {
    if (effect !== 'off') found.push({ check, status: effect });
  };
  const worst = new Map<string, Effect>();
  for (const [cluster, members] of pools) {
    const able = members.filter(({ excluded }) => excluded === undefined);
    const on = able.length > 0 && able.every(({ profile }) => profile === 'on');
    for (const one of cluster.expects) add(one.check, softened(one[ruleset], on));
    if (!cluster.subscription.featureRegistered && ruleset === 'preview') {
      const { id } = cluster.subscription;
      worst.set(id, worst.get(id) === 'fail' ? 'fail' : softened('fail', on));
    }
    for (const pool of members) {
      if (pool.excluded !== undefined) found.push({ check: pool.excluded, status: 'skip' });
      for (const one of expectedOf(pool)) add(one.check, softened(one[ruleset], pool.profile === 'on'));
    }
  }
  for (const effect of worst.values()) add('feature-registered', effect);
  // The rules of today ask for no feature: one row a subscription says so.
  const asked = new Set(plan.clusters.map(({ subscription }) => subscription.id)).size;
  if (ruleset === 'ga')
    for (let index = 0; index < asked; index += 1) found.push({ check: 'feature-registered', status: 'skip' });
  const checks = [...new Set(found.map(({ check }) => check))].sort();
  return Object.fromEntries(
    checks.map((check) => [
      check,
      tally(
        found.filter((one) => one.check === check),
        ({ status }) => status,
      ),
    ]),
  );
}

function surges(pool: PoolPlanRecord): boolean {
  return (
    pool.excluded === undefined && pool.profile !== 'on' && !pool.spot && pool.nodes > 0 && pool.kind !== 'no-surge'
  );
}

function capacityOf(plan: FleetPlan): FleetTruth['capacity'] {
  const keyOf = ({ subscription, location }: ClusterPlanRecord): string => quotaKey(subscription.id, location);
  const regions = new Set(plan.clusters.map(keyOf));
  const moved = plan.pools.filter(surges);
  const inUse = (keys: ReadonlySet<string>): number => [...keys].filter((key) => regions.has(key)).length;
  return {
    regions: regions.size,
    regionsWithoutCores: inUse(plan.regionsWithoutCores),
    poolsWithoutCores: moved.filter(({ cluster }) => plan.regionsWithoutCores.has(keyOf(cluster))).length,
    regionsWithoutFamily: inUse(plan.regionsWithoutFamily),
    poolsWithoutFamily: moved.filter(
      ({ cluster, vmSize }) => vmSize === 'Standard_D4ds_v5' && plan.regionsWithoutFamily.has(keyOf(cluster)),
    ).length,
    fullSubnets: plan.clusters.filter(({ network }) => network === 'full').length,
    poolsInFullSubnets: moved.filter(({ cluster }) => cluster.network === 'full').length,
  };
}

/** Counts what the generator meant, by code that the client's does not share. */
export function truthOf(plan: FleetPlan): FleetTruth {
  const details = plan.pools.map(detail);
  const byCluster = new Map<ClusterPlanRecord, PoolPlanRecord[]>(plan.clusters.map((cluster) => [cluster, []]));
  for (const pool of plan.pools) byCluster.get(pool.cluster)?.push(pool);
  const disabled = plan.subscriptions.filter(({ state }) => state === 'Disabled').length;
  const ownDns = (network: string): boolean => network.startsWith('dns-');
  const forEach = <T>(value: (ruleset: Ruleset) => T): Record<Ruleset, T> => ({
    preview: value('preview'),
    ga: value('ga'),
  });
  const none = { eligible: 0, enabled: 0, blocked: 0, skipped: 0, unknown: 0 };
  return {
    clusters: plan.clusters.length,
    pools: plan.pools.length,
    nodes: plan.pools.reduce((sum, { nodes }) => sum + nodes, 0),
    subscriptions: plan.subscriptions.length,
    subscriptionStates: tally(plan.subscriptions, ({ state }) => state),
    tenants: tally(plan.subscriptions, ({ tenantId }) => tenantId),
    managementGroups: tally(plan.subscriptions, ({ managementGroup }) => managementGroup),
    featureNotRegistered: plan.subscriptions.filter(
      ({ state, featureRegistered }) => state !== 'Disabled' && !featureRegistered,
    ).length,
    disabled: { subscriptions: disabled, clusters: plan.disabledClusters, pools: plan.disabledClusters * 3 },
    locations: tally(plan.clusters, ({ location }) => location),
    teams: tally(plan.clusters, ({ team }) => team ?? 'none'),
    environments: tally(plan.clusters, ({ environment }) => environment ?? 'none'),
    versions: tally(plan.clusters, ({ minor }) => `1.${String(minor)}`),
    tiers: tally(plan.clusters, ({ tier }) => tier),
    owners: tally(plan.clusters, ({ owner }) => owner ?? 'none'),
    clusterKinds: tally(plan.clusters, ({ kind }) => kind),
    networks: tally(plan.clusters, ({ network }) => network),
    poolKinds: tally(plan.pools, ({ kind }) => kind),
    eligibility: forEach((ruleset) => ({ ...none, ...tally(details, ({ eligibility }) => eligibility[ruleset]) })),
    blockedBy: forEach((ruleset) => tally(details, ({ blockedBy }) => blockedBy[ruleset])),
    findings: forEach((ruleset) => findingsOf(plan, byCluster, ruleset)),
    forecast: {
      ...(Object.fromEntries(forecastOrder.map((outcome) => [outcome, 0])) as Record<ForecastTruth, number>),
      ...tally(details, ({ forecast }) => forecast),
    },
    capacity: capacityOf(plan),
    dns: {
      clustersWithOwnServers: plan.clusters.filter(({ network }) => ownDns(network)).length,
      clustersBlocked: plan.clusters.filter(({ network }) => network === 'dns-blocked').length,
      poolsWithOwnServers: plan.pools.filter(({ cluster }) => ownDns(cluster.network)).length,
      poolsBlocked: plan.pools.filter(({ cluster }) => cluster.network === 'dns-blocked').length,
    },
    details,
  };
}
