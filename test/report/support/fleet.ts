import type { CheckRow, CheckStatus } from '../../../src/model/check.ts';
import type {
  Eligibility,
  Forecast,
  IgnoredSummary,
  PoolSummary,
  PrerequisiteReport,
  SubscriptionSummary,
} from '../../../src/model/report.ts';

/**
 * A generated fleet: the same seed, the same report. Its numbers are counted here, during generation,
 * by other code than that of the reports.
 */
export interface Fleet {
  readonly report: PrerequisiteReport;
  readonly pools: Readonly<Record<Eligibility, number>>;
  readonly rows: Readonly<Record<CheckStatus, number>>;
}

export interface FleetOptions {
  readonly clusters: number;
  readonly seed?: number;
  readonly detail?: 'all' | 'findings';
  readonly partial?: string;
}

function random(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

interface Kind {
  readonly id: string;
  readonly level: 'cluster' | 'pool';
  readonly status: CheckStatus;
  readonly title: string;
  readonly problem: string;
  readonly observed: string;
  readonly required: string;
  readonly reason: string;
  readonly fix?: (place: string) => string;
  readonly note?: string;
}

const kinds: readonly Kind[] = [
  {
    id: 'vm-vcpus',
    level: 'pool',
    status: 'fail',
    title: 'Every VM size of the pool has at least 4 vCPUs',
    problem: 'VM size with fewer than 4 vCPUs',
    observed: 'Standard_D2s_v5 with 2 vCPUs',
    required: 'at least 4 vCPUs',
    reason: 'Standard_D2s_v5 has 2 usable vCPUs, and LocalDNS needs 4.',
    fix: (place) => `aks-localdns nodepool add ${place}2 --node-vm-size Standard_D4s_v5`,
  },
  {
    id: 'os-sku',
    level: 'pool',
    status: 'fail',
    title: 'The node image is Azure Linux or Ubuntu 22.04 and newer',
    problem: 'OS without LocalDNS support',
    observed: 'Ubuntu 20.04',
    required: 'Azure Linux, or Ubuntu 22.04 and newer',
    reason: 'Ubuntu 20.04 is too old for LocalDNS.',
    fix: (place) => `az aks nodepool update ${place} --os-sku AzureLinux`,
  },
  {
    id: 'kubernetes-version',
    level: 'cluster',
    status: 'fail',
    title: 'The cluster runs Kubernetes 1.31 or newer',
    problem: 'Kubernetes older than 1.31',
    observed: '1.29.7',
    required: '1.31 or newer',
    reason: 'Kubernetes 1.29.7 is older than LocalDNS asks for.',
    fix: (place) => `az aks upgrade ${place} --kubernetes-version 1.31`,
  },
  {
    id: 'node-autoprovisioning',
    level: 'cluster',
    status: 'fail',
    title: 'Node autoprovisioning is off',
    problem: 'Node autoprovisioning enabled',
    observed: 'mode Auto',
    required: 'mode Manual',
    reason: 'The cluster provisions its nodes itself.',
    note: 'Required only by the rules of the 2025 preview; the rules since general availability in November 2025 do not require it. Use --ruleset ga.',
  },
  {
    id: 'cluster-running',
    level: 'cluster',
    status: 'unknown',
    title: 'The cluster is running',
    problem: 'Cluster stopped',
    observed: 'not known',
    required: 'power state Running',
    reason:
      'The cluster cannot be read: the permission Microsoft.ContainerService/managedClusters/read is missing on it.',
  },
  {
    id: 'surge',
    level: 'pool',
    status: 'warn',
    title: 'The pool surges while its nodes are replaced',
    problem: 'Reduced capacity while nodes are reimaged',
    observed: 'max surge 1',
    required: 'max surge 33%',
    reason: 'With a surge of one node, replacing the nodes takes long.',
    fix: (place) => `az aks nodepool update ${place} --max-surge 33%`,
  },
  {
    id: 'owner',
    level: 'pool',
    status: 'warn',
    title: 'Nothing else owns the pool',
    problem: 'Pool managed by another tool',
    observed: 'terraform, by the tag managed-by',
    required: 'no mark of an owner',
    reason: 'Terraform may undo a change that is made beside it.',
  },
];

/** A trait of a cluster or a pool, how often it occurs, and its effect on a pool, which is not computed from rows. */
interface Drawn {
  readonly share: number;
  readonly hits: readonly string[];
  readonly eligibility: Eligibility;
  readonly blockedBy: readonly string[];
}

const nothing: Drawn = { share: 0, hits: [], eligibility: 'eligible', blockedBy: [] };

function blocked(share: number, hits: readonly string[], blockedBy = hits): Drawn {
  return { share, hits, eligibility: 'blocked', blockedBy };
}

/** They hold for all pools of the cluster. */
const troublesOfClusters: readonly Drawn[] = [
  blocked(0.07, ['kubernetes-version']),
  blocked(0.07, ['node-autoprovisioning']),
  blocked(0.01, ['kubernetes-version', 'node-autoprovisioning']),
  blocked(0.01, ['kubernetes-version', 'cluster-running'], ['kubernetes-version']),
  { share: 0.03, hits: ['cluster-running'], eligibility: 'unknown', blockedBy: ['cluster-running'] },
];
const skipped: Drawn = { share: 0.04, hits: [], eligibility: 'skipped', blockedBy: ['os-sku'] };
const enabled: Drawn = { share: 0.14, hits: [], eligibility: 'enabled', blockedBy: [] };
const troublesOfPools: readonly Drawn[] = [
  blocked(0.09, ['vm-vcpus']),
  blocked(0.09, ['os-sku']),
  blocked(0.01, ['vm-vcpus', 'os-sku']),
];

const outcomes: readonly Forecast['outcome'][] = ['will-enable', 'will-not', 'pinned', 'already-on', 'unknown'];
const regions = ['eastus2', 'westeurope', 'northeurope', 'southeastasia', 'germanywestcentral'];
const teams = ['payments', 'search', 'data-platform', 'web', undefined];

function guid(index: number): string {
  return `${(0xc0ffee00 + index * 7919).toString(16).padStart(8, '0')}-1111-4222-8333-${String(index).padStart(12, '0')}`;
}

class Maker {
  readonly pools: PoolSummary[] = [];
  readonly rows: CheckRow[] = [];
  readonly counts: Record<CheckStatus, number> = { fail: 0, unknown: 0, warn: 0, skip: 0, pass: 0 };
  readonly eligibility: Record<Eligibility, number> = { eligible: 0, enabled: 0, blocked: 0, unknown: 0, skipped: 0 };
  ignored = 0;
  readonly #next: () => number;
  readonly #detail: 'all' | 'findings';

  constructor(seed: number, detail: 'all' | 'findings') {
    this.#next = random(seed);
    this.#detail = detail;
  }

  pick<T>(from: readonly T[]): T {
    const found = from[Math.floor(this.#next() * from.length)];
    if (found === undefined) return from[0] as T;
    return found;
  }

  chance(share: number): boolean {
    return this.#next() < share;
  }

  /** The first with the given probability, otherwise the second. */
  draw(from: readonly Drawn[], other = nothing): Drawn {
    let left = this.#next();
    for (const drawn of from) {
      if (left < drawn.share) return drawn;
      left -= drawn.share;
    }
    return other;
  }

  row(kind: Kind, target: string, resourceId: string, place: string, status = kind.status): void {
    const ignored = kind.id === 'owner' && this.chance(0.3);
    if (ignored) this.ignored += 1;
    else this.counts[status] += 1;
    if (this.#detail === 'findings' && (status === 'pass' || status === 'skip')) return;
    this.rows.push({
      id: kind.id,
      level: kind.level,
      title: kind.title,
      ...(status === 'pass' || status === 'skip' ? {} : { problem: kind.problem }),
      target,
      resourceId,
      link: 'https://learn.microsoft.com/azure/aks/localdns-custom',
      status,
      observed: kind.observed,
      required: kind.required,
      reason: kind.reason,
      ignored,
      ...(kind.fix === undefined || status === 'pass' ? {} : { fix: kind.fix(place) }),
      ...(kind.note === undefined ? {} : { rulesetNote: kind.note }),
    });
  }

  cluster(index: number, subscriptionId: string): void {
    const group = `rg-${this.pick(['shop', 'bank', 'media', 'core'])}-${String(index % 97)}`;
    const cluster = `aks-${String(index).padStart(5, '0')}`;
    const id = `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/Microsoft.ContainerService/managedClusters/${cluster}`;
    const drawn = this.draw(troublesOfClusters);
    for (const kind of kinds.filter(({ level }) => level === 'cluster'))
      this.row(
        kind,
        `${group}/${cluster}`,
        id,
        `-g ${group} -n ${cluster} --subscription ${subscriptionId}`,
        drawn.hits.includes(kind.id) ? kind.status : 'pass',
      );
    const location = this.pick(regions);
    for (const pool of ['system', 'user1', 'user2'])
      this.pool({ subscriptionId, group, cluster, id, location, pool, ofCluster: drawn });
  }

  pool({
    subscriptionId,
    group,
    cluster,
    id,
    location,
    pool,
    ofCluster,
  }: {
    readonly subscriptionId: string;
    readonly group: string;
    readonly cluster: string;
    readonly id: string;
    readonly location: string;
    readonly pool: string;
    readonly ofCluster: Drawn;
  }): void {
    const resourceId = `${id}/agentPools/${pool}`;
    const troubles = ofCluster === nothing ? troublesOfPools : [];
    const drawn = this.draw([skipped, enabled, ...troubles], ofCluster);
    const { eligibility, blockedBy } = drawn;
    for (const kind of kinds.filter(({ level }) => level === 'pool')) {
      const hit = drawn.hits.includes(kind.id) || (kind.status === 'warn' && drawn !== skipped && this.chance(0.15));
      this.row(
        kind,
        `${group}/${cluster}/${pool}`,
        resourceId,
        `-g ${group} --cluster-name ${cluster} -n ${pool} --subscription ${subscriptionId}`,
        hit ? kind.status : drawn === skipped ? 'skip' : 'pass',
      );
    }
    this.eligibility[eligibility] += 1;
    const group_ = this.pick(teams);
    const outcome = drawn === enabled ? 'already-on' : this.pick(outcomes);
    this.pools.push({
      resourceId,
      subscriptionId,
      resourceGroup: group,
      cluster,
      pool,
      eligibility,
      blockedBy,
      location,
      kubernetesVersion: this.pick(['1.29.7', '1.31.4', '1.33.2', '1.34.0']),
      localDnsMode: drawn === enabled ? 'Required' : this.chance(0.1) ? 'Preferred' : '-',
      localDnsState: drawn === enabled ? 'Enabled' : '-',
      nodes: this.chance(0.02) ? undefined : 1 + Math.floor(this.#next() * 40),
      ...(group_ === undefined ? {} : { group: group_ }),
      forecast: {
        version: '1.37',
        outcome,
        reason:
          outcome === 'will-enable'
            ? 'No explicit profile, and Kubernetes 1.37 turns LocalDNS on for it.'
            : 'The pool has a profile of its own, or is not of the kind.',
        ...(outcome === 'will-enable'
          ? { pin: `aks-localdns nodepool disable -g ${group} --cluster-name ${cluster} -n ${pool}` }
          : {}),
      },
    });
  }
}

export function fleet({ clusters, seed = 7, detail = 'findings', partial }: FleetOptions): Fleet {
  const maker = new Maker(seed, detail);
  const amount = Math.max(1, Math.min(400, Math.ceil(clusters / 25)));
  const held = new Map<string, number>();
  for (let index = 0; index < clusters; index += 1) {
    const id = guid(Math.floor((index * amount) / clusters));
    held.set(id, (held.get(id) ?? 0) + 1);
    maker.cluster(index, id);
  }
  const subscriptions: SubscriptionSummary[] = [...held].map(([subscriptionId, found], index) => ({
    subscriptionId,
    name: `Contoso ${['Production', 'Test', 'Sandbox'][index % 3] ?? ''} ${String(index)}`,
    reading: index % 9 === 8 ? 'partial' : 'read',
    clusters: found,
    pools: found * 3,
  }));
  const dark: SubscriptionSummary[] = [
    { subscriptionId: guid(9001), name: 'Contoso Mergers', reading: 'not-readable', clusters: 0, pools: 0 },
    { subscriptionId: guid(9002), name: 'Contoso Retired', reading: 'disabled', clusters: 0, pools: 0 },
  ];
  const notReached: readonly SubscriptionSummary[] =
    partial === undefined
      ? []
      : [{ subscriptionId: guid(9003), name: 'Contoso Unreached', reading: 'not-checked', clusters: 0, pools: 0 }];
  for (const { subscriptionId, reading } of dark) {
    maker.counts.unknown += 1;
    maker.rows.unshift({
      id: 'subscription-readable',
      level: 'subscription',
      title: 'The subscription can be read',
      target: subscriptionId,
      resourceId: `/subscriptions/${subscriptionId}`,
      link: 'https://learn.microsoft.com/azure/role-based-access-control/overview',
      status: 'unknown',
      observed: reading,
      required: 'Reader on the subscription',
      reason: 'Nothing of this subscription could be read.',
      ignored: false,
    });
  }
  const ignored: readonly IgnoredSummary[] = [
    {
      id: 'owner',
      rows: maker.ignored,
      scope: '*/managedClusters/*',
      owner: 'team-platform',
      reason: 'The pipeline of the platform team sets it.',
      expires: '2027-01-31',
    },
  ];
  return {
    pools: maker.eligibility,
    rows: maker.counts,
    report: {
      schemaVersion: '1.0',
      ruleset: 'preview',
      scope: 'management group contoso',
      pools: maker.pools,
      rows: maker.rows,
      detail,
      counts: maker.counts,
      ignored,
      subscriptions: [...dark, ...notReached, ...subscriptions],
      clusters,
      groupBy: 'team',
      ...(partial === undefined ? {} : { partial }),
    },
  };
}

export function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, amount) => total + amount, 0);
}
