import { quotaKey } from '../../src/simulator/arm/quota.ts';
import type { Fleet } from '../../src/simulator/sample/fleet.ts';

/*
 * The expected results for a generated fleet. They are derived from the kinds that the generator chose, not from the
 * resources in the simulator, and share no code with the program.
 */

type FleetCluster = Fleet['clusters'][number];
type FleetPool = Fleet['pools'][number];
type Ruleset = 'preview' | 'ga';

/** The status of a finding under each rule set; `off` if there is none. */
type Effect = 'fail' | 'warn' | 'unknown' | 'off';

/** A finding, by the id of its check. */
interface Expected {
  readonly check: string;
  readonly preview: Effect;
  readonly ga: Effect;
}

type TruthEligibility = 'eligible' | 'enabled' | 'blocked' | 'skipped' | 'unknown';

/** The expected result for one pool. */
interface PoolTruth {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly cluster: string;
  readonly pool: string;
  readonly location: string;
  readonly team: string | undefined;
  readonly environment: string | undefined;
  /** The generator's kind of the pool, of its cluster and of its network. */
  readonly kind: string;
  readonly clusterKind: string;
  readonly network: string;
  readonly nodes: number;
  readonly minor: number;
  readonly eligibility: Readonly<Record<Ruleset, TruthEligibility>>;
  /** Sorted IDs of checks, as in the report. */
  readonly blockedBy: Readonly<Record<Ruleset, readonly string[]>>;
  readonly forecast: ForecastTruth;
}

/** The first that applies to a pool at the Kubernetes version that turns LocalDNS on automatically. */
export const forecastOrder = [
  'already-on',
  'excluded',
  'explicit-profile',
  'own-cni',
  'policy-engine',
  'fails-prerequisite',
  'will-enable',
] as const;
type ForecastTruth = (typeof forecastOrder)[number];

type Counts = Readonly<Record<string, number>>;

/** Number of report rows by check and status, without passing ones. */
type FindingCounts = Readonly<Record<string, Readonly<Partial<Record<'fail' | 'warn' | 'unknown' | 'skip', number>>>>>;

/** Clusters of disabled subscriptions are counted only in `disabled`. */
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
   * Clusters by region, `team` and `environment` tag (`none` without), `1.33`, tier, owner's tag, kind and network.
   */
  readonly locations: Counts;
  readonly teams: Counts;
  readonly environments: Counts;
  readonly versions: Counts;
  readonly tiers: Counts;
  readonly owners: Counts;
  readonly clusterKinds: Counts;
  readonly networks: Counts;
  /** Pools by kind. */
  readonly poolKinds: Counts;
  readonly eligibility: Readonly<Record<Ruleset, Readonly<Record<TruthEligibility, number>>>>;
  /** Pools that a check blocks, leaves unknown or skips, by its ID. */
  readonly blockedBy: Readonly<Record<Ruleset, Counts>>;
  readonly findings: Readonly<Record<Ruleset, FindingCounts>>;
  readonly forecast: Readonly<Record<ForecastTruth, number>>;
  /** Pools counted here have nodes to reimage by surge: not skipped, not on already, not spot, surge allowed. */
  readonly capacity: {
    readonly regions: number;
    readonly regionsWithoutCores: number;
    readonly poolsWithoutCores: number;
    readonly regionsWithoutFamily: number;
    readonly poolsWithoutFamily: number;
    readonly fullSubnets: number;
    readonly poolsInFullSubnets: number;
  };
  /** Custom DNS servers of the network; `blocked` if a security group denies TCP 53 to them. */
  readonly dns: {
    readonly clustersWithOwnServers: number;
    readonly clustersBlocked: number;
    readonly poolsWithOwnServers: number;
    readonly poolsBlocked: number;
  };
  /** Each pool, in the order of generation. */
  readonly details: readonly PoolTruth[];
}

function finding(check: string, effect: Effect, ga: Effect = effect): Expected {
  return { check, preview: effect, ga };
}

const clusterFindings: Readonly<Record<string, readonly Expected[]>> = {
  stopped: [finding('cluster-running', 'fail')],
  autoprovisioning: [finding('node-autoprovisioning', 'fail', 'warn')],
  automatic: [finding('node-autoprovisioning', 'fail', 'warn')],
  cilium: [finding('network-plugin', 'warn')],
  calico: [finding('network-plugin', 'warn')],
  'own-cni': [finding('network-plugin', 'warn')],
  failed: [finding('cluster-state', 'warn')],
  updating: [finding('cluster-state', 'warn')],
};

const poolFindings: Readonly<Record<string, readonly Expected[]>> = {
  'small-size': [finding('vm-vcpus', 'fail')],
  'constrained-size': [finding('vm-vcpus', 'fail')],
  'retired-size': [finding('vm-vcpus', 'unknown')],
  'old-image': [finding('node-image', 'fail')],
  'single-node': [finding('single-node', 'warn')],
  'azure-linux-2': [finding('os-sku', 'fail'), finding('known-bad-image', 'warn')],
  'ubuntu-2004': [finding('os-sku', 'fail'), finding('node-image', 'warn'), finding('known-bad-image', 'warn')],
  fips: [finding('node-image', 'warn')],
  spot: [finding('spot', 'warn')],
  failed: [finding('pool-state', 'warn')],
  'stopped-pool': [finding('pool-power', 'fail')],
  'no-surge': [finding('surge', 'warn')],
  'virtual-machines': [finding('pool-type', 'fail', 'warn')],
  'container-linux': [finding('os-sku', 'unknown')],
};

/** Kinds that never support LocalDNS, with the check for which a report skips them. */
const excludedKinds: Readonly<Record<string, string>> = { windows: 'os-sku', gateway: 'pool-mode' };
/** Kinds whose profile is mode Required and Enabled. */
const kindsOn: ReadonlySet<string> = new Set(['enabled', 'preset']);
/** Kinds with a profile that keeps LocalDNS off; mode Preferred leaves it to AKS, like no profile. */
const pinnedKinds: ReadonlySet<string> = new Set(['disabled']);

function isOn({ kind }: FleetPool): boolean {
  return kindsOn.has(kind);
}

/**
 * The findings of the pool's kind, and those of its version, stopped cluster and owners; no disruption if there are no
 * nodes.
 */
function expectedOf(pool: FleetPool): readonly Expected[] {
  if (excludedKinds[pool.kind] !== undefined) return [];
  const { cluster } = pool;
  const own = poolFindings[pool.kind] ?? [];
  const kept = own.filter(({ check }) => pool.nodes > 0 || (check !== 'surge' && check !== 'single-node'));
  const stopped = cluster.kind === 'stopped' && !kept.some(({ check }) => check === 'pool-power');
  return [
    ...kept,
    ...(pool.minor < 31 ? [finding('kubernetes-version', 'fail')] : []),
    ...(stopped ? [finding('pool-power', 'fail')] : []),
    ...(pool.kind === 'owned' || cluster.owner !== undefined ? [finding('owner', 'warn')] : []),
  ];
}

function findingsOfCluster({ kind }: FleetCluster): readonly Expected[] {
  return clusterFindings[kind] ?? [];
}

function judge(
  pool: FleetPool,
  ruleset: Ruleset,
): { readonly eligibility: TruthEligibility; readonly blockedBy: readonly string[] } {
  const { cluster, kind } = pool;
  if (isOn(pool)) return { eligibility: 'enabled', blockedBy: [] };
  const excluded = excludedKinds[kind];
  if (excluded !== undefined) return { eligibility: 'skipped', blockedBy: [excluded] };
  const all = [
    ...expectedOf(pool),
    ...findingsOfCluster(cluster),
    ...(cluster.subscription.featureRegistered ? [] : [finding('feature-registered', 'fail', 'off')]),
  ];
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

function forecastOf(pool: FleetPool): ForecastTruth {
  const { kind } = pool.cluster;
  if (isOn(pool)) return 'already-on';
  if (excludedKinds[pool.kind] !== undefined) return 'excluded';
  if (pinnedKinds.has(pool.kind)) return 'explicit-profile';
  if (kind === 'own-cni') return 'own-cni';
  if (kind === 'cilium' || kind === 'calico') return 'policy-engine';
  return (poolFindings[pool.kind] ?? []).some(({ check, ga }) => ['vm-vcpus', 'os-sku'].includes(check) && ga !== 'off')
    ? 'fails-prerequisite'
    : 'will-enable';
}

function detail(pool: FleetPool): PoolTruth {
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

/** A failure only warns if LocalDNS is on already: in the pool, or in all pools that can have it. */
function softened(effect: Effect, on: boolean): Effect {
  return effect === 'fail' && on ? 'warn' : effect;
}

interface Finding {
  readonly check: string;
  readonly status: 'fail' | 'warn' | 'unknown' | 'skip';
}

function findingsOf(
  fleet: Fleet,
  pools: ReadonlyMap<FleetCluster, readonly FleetPool[]>,
  ruleset: Ruleset,
): FindingCounts {
  const found: Finding[] = [];
  const add = (check: string, effect: Effect): void => {
    if (effect !== 'off') found.push({ check, status: effect });
  };
  const worst = new Map<string, Effect>();
  for (const [cluster, members] of pools) {
    const able = members.filter(({ kind }) => excludedKinds[kind] === undefined);
    const on = able.length > 0 && able.every(isOn);
    for (const one of findingsOfCluster(cluster)) add(one.check, softened(one[ruleset], on));
    if (!cluster.subscription.featureRegistered && ruleset === 'preview') {
      const { id } = cluster.subscription;
      worst.set(id, worst.get(id) === 'fail' ? 'fail' : softened('fail', on));
    }
    for (const pool of members) {
      const excluded = excludedKinds[pool.kind];
      if (excluded !== undefined) found.push({ check: excluded, status: 'skip' });
      for (const one of expectedOf(pool)) add(one.check, softened(one[ruleset], isOn(pool)));
    }
  }
  for (const effect of worst.values()) add('feature-registered', effect);
  // Rule set ga needs no feature, which is one row for each subscription.
  const asked = new Set(fleet.clusters.map(({ subscription }) => subscription.id)).size;
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

function surges(pool: FleetPool): boolean {
  const { kind, nodes } = pool;
  return excludedKinds[kind] === undefined && !isOn(pool) && kind !== 'spot' && nodes > 0 && kind !== 'no-surge';
}

function capacityOf(fleet: Fleet): FleetTruth['capacity'] {
  const keyOf = ({ subscription, location }: FleetCluster): string => quotaKey(subscription.id, location);
  const regions = new Set(fleet.clusters.map(keyOf));
  const moved = fleet.pools.filter(surges);
  const inUse = (keys: ReadonlySet<string>): number => [...keys].filter((key) => regions.has(key)).length;
  return {
    regions: regions.size,
    regionsWithoutCores: inUse(fleet.regionsWithoutCores),
    poolsWithoutCores: moved.filter(({ cluster }) => fleet.regionsWithoutCores.has(keyOf(cluster))).length,
    regionsWithoutFamily: inUse(fleet.regionsWithoutFamily),
    poolsWithoutFamily: moved.filter(
      ({ cluster, vmSize }) => vmSize === 'Standard_D4ds_v5' && fleet.regionsWithoutFamily.has(keyOf(cluster)),
    ).length,
    fullSubnets: fleet.clusters.filter(({ network }) => network === 'full').length,
    poolsInFullSubnets: moved.filter(({ cluster }) => cluster.network === 'full').length,
  };
}

/** The expected results for the simulator's fleet, before scenarios and later changes. */
export function fleetTruth({ fleet }: { readonly fleet: Fleet | undefined }): FleetTruth {
  if (fleet === undefined) throw new Error('The simulator has no generated fleet: give it `clusters`.');
  const details = fleet.pools.map(detail);
  const byCluster = new Map<FleetCluster, FleetPool[]>(fleet.clusters.map((cluster) => [cluster, []]));
  for (const pool of fleet.pools) byCluster.get(pool.cluster)?.push(pool);
  const disabled = fleet.subscriptions.filter(({ state }) => state === 'Disabled').length;
  const ownDns = (network: string): boolean => network.startsWith('dns-');
  const forEach = <T>(value: (ruleset: Ruleset) => T): Record<Ruleset, T> => ({
    preview: value('preview'),
    ga: value('ga'),
  });
  const none = { eligible: 0, enabled: 0, blocked: 0, skipped: 0, unknown: 0 };
  return {
    clusters: fleet.clusters.length,
    pools: fleet.pools.length,
    nodes: fleet.pools.reduce((sum, { nodes }) => sum + nodes, 0),
    subscriptions: fleet.subscriptions.length,
    subscriptionStates: tally(fleet.subscriptions, ({ state }) => state),
    tenants: tally(fleet.subscriptions, ({ tenantId }) => tenantId),
    managementGroups: tally(fleet.subscriptions, ({ managementGroup }) => managementGroup),
    featureNotRegistered: fleet.subscriptions.filter(
      ({ state, featureRegistered }) => state !== 'Disabled' && !featureRegistered,
    ).length,
    disabled: { subscriptions: disabled, clusters: fleet.disabledClusters, pools: fleet.disabledClusters * 3 },
    locations: tally(fleet.clusters, ({ location }) => location),
    teams: tally(fleet.clusters, ({ team }) => team ?? 'none'),
    environments: tally(fleet.clusters, ({ environment }) => environment ?? 'none'),
    versions: tally(fleet.clusters, ({ minor }) => `1.${String(minor)}`),
    tiers: tally(fleet.clusters, ({ tier }) => tier),
    owners: tally(fleet.clusters, ({ owner }) => owner ?? 'none'),
    clusterKinds: tally(fleet.clusters, ({ kind }) => kind),
    networks: tally(fleet.clusters, ({ network }) => network),
    poolKinds: tally(fleet.pools, ({ kind }) => kind),
    eligibility: forEach((ruleset) => ({ ...none, ...tally(details, ({ eligibility }) => eligibility[ruleset]) })),
    blockedBy: forEach((ruleset) => tally(details, ({ blockedBy }) => blockedBy[ruleset])),
    findings: forEach((ruleset) => findingsOf(fleet, byCluster, ruleset)),
    forecast: {
      ...(Object.fromEntries(forecastOrder.map((outcome) => [outcome, 0])) as Record<ForecastTruth, number>),
      ...tally(details, ({ forecast }) => forecast),
    },
    capacity: capacityOf(fleet),
    dns: {
      clustersWithOwnServers: fleet.clusters.filter(({ network }) => ownDns(network)).length,
      clustersBlocked: fleet.clusters.filter(({ network }) => network === 'dns-blocked').length,
      poolsWithOwnServers: fleet.pools.filter(({ cluster }) => ownDns(cluster.network)).length,
      poolsBlocked: fleet.pools.filter(({ cluster }) => cluster.network === 'dns-blocked').length,
    },
    details,
  };
}
