import type { Cluster } from '../../model/cluster.ts';
import type { ClusterRef } from '../../model/ids.ts';
import type { SecurityRule, Subnet, Usage, VirtualNetwork } from '../../model/inventory.ts';
import type { Known } from '../../model/known.ts';
import type { NodePool } from '../../model/node-pool.ts';
import type { VmSize } from '../../model/ports.ts';
import type { FeatureState, ProviderState } from '../../model/registration.ts';

export interface SubscriptionFacts {
  readonly id: string;
  readonly name: string | undefined;
  readonly feature: Known<FeatureState>;
  readonly provider: Known<ProviderState>;
}

/** What reading a localdnsconfig.json gave: its findings as lines, ready to print. */
export interface ConfigFacts {
  readonly file: string;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  /** Where the file is something else, which explains its errors. */
  readonly foreign?: ForeignFile | undefined;
}

export interface ForeignFile {
  /** A sentence without its full stop: which file looks like what. */
  readonly what: string;
  /** The command that takes the profile out of it. */
  readonly fix: string;
}

/** What the subnets of a cluster's pools lie in. All keys are lower-case resource ids. */
export interface NetworkFacts {
  readonly subnets: ReadonlyMap<string, Known<Subnet>>;
  /** Absent unless the report asks about DNS servers and security groups. */
  readonly dns?: {
    readonly virtualNetworks: ReadonlyMap<string, Known<VirtualNetwork>>;
    /** By the id of the network security group. */
    readonly securityRules: ReadonlyMap<string, Known<readonly SecurityRule[]>>;
  };
}

export interface ClusterFacts {
  readonly subscription: SubscriptionFacts;
  readonly clusterRef: ClusterRef;
  readonly cluster: Known<Cluster>;
  /** The sizes of the cluster's region by lower-case name. */
  readonly vmSizes: Known<ReadonlyMap<string, VmSize>>;
  readonly config?: ConfigFacts | undefined;
  /** The quotas of the cluster's region. Absent unless the report asks about capacity. */
  readonly usages?: Known<readonly Usage[]> | undefined;
  /** Absent unless the report asks about capacity or networks. */
  readonly network?: NetworkFacts | undefined;
}

export interface PoolFacts extends ClusterFacts {
  /** As it is, or as it is wanted. */
  readonly pool: NodePool;
  /** The pool was asked for by name: where it can never have LocalDNS that is a failure, not a pool to pass over. */
  readonly named: boolean;
  /** The pool does not exist yet. */
  readonly isNew: boolean;
  /** The options that ask for a new pool, each with its values, as they are to be typed again. */
  readonly given?: readonly (readonly string[])[] | undefined;
}

/** `state` is Azure's own word for whether it is on; `mode` is what was asked for. */
export function isOn(facts: PoolFacts): boolean {
  const profile = facts.pool.localDns;
  if (facts.isNew || profile === undefined) return false;
  return profile.state === undefined ? profile.mode === 'Required' : profile.state.toLowerCase() === 'enabled';
}

/** The pool's real Kubernetes version; a new pool without one takes its cluster's. */
export function poolVersion(facts: PoolFacts): string | undefined {
  const { kubernetesVersion, properties } = facts.pool;
  const wanted = properties['orchestratorVersion'];
  const candidates = [kubernetesVersion, typeof wanted === 'string' ? wanted : undefined];
  if (facts.isNew && facts.cluster.known) candidates.push(facts.cluster.value.kubernetesVersion);
  return candidates.find((version) => version !== undefined && version !== '');
}
