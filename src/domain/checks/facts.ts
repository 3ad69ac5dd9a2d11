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

/** The findings in a localdnsconfig.json, as lines ready to print. */
export interface ConfigFacts {
  readonly file: string;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  /** Where the file is something else, which explains its errors. */
  readonly foreign?: ForeignFile | undefined;
}

export interface ForeignFile {
  /** The format that the file seems to have, as a sentence without the final period. */
  readonly what: string;
  /** The command that extracts the profile from it. */
  readonly fix: string;
}

/** The network of the subnets of a cluster's pools. All keys are lower-case resource IDs. */
export interface NetworkFacts {
  readonly subnets: ReadonlyMap<string, Known<Subnet>>;
  /** Absent unless the report covers DNS servers and security groups. */
  readonly dns?: {
    readonly virtualNetworks: ReadonlyMap<string, Known<VirtualNetwork>>;
    /** By the ID of the network security group. */
    readonly securityRules: ReadonlyMap<string, Known<readonly SecurityRule[]>>;
  };
}

export interface ClusterFacts {
  readonly subscription: SubscriptionFacts;
  readonly clusterRef: ClusterRef;
  readonly cluster: Known<Cluster>;
  /** The VM sizes of the cluster's region, by lower-case name. */
  readonly vmSizes: Known<ReadonlyMap<string, VmSize>>;
  readonly config?: ConfigFacts | undefined;
  /** The quotas of the cluster's region. Absent unless the report covers capacity. */
  readonly usages?: Known<readonly Usage[]> | undefined;
  /** Absent unless the report covers capacity or networks. */
  readonly network?: NetworkFacts | undefined;
}

export interface PoolFacts extends ClusterFacts {
  /** The pool as it is, or as requested if it is new. */
  readonly pool: NodePool;
  /** The user named the pool: if it can never have LocalDNS, the result is a failure instead of a skip. */
  readonly named: boolean;
  /** The pool does not exist yet. */
  readonly isNew: boolean;
  /** The command-line options for a new pool, each with its values, for printing the command again. */
  readonly given?: readonly (readonly string[])[] | undefined;
}

/** `state` is what Azure reports; `mode` is what was requested. */
export function isOn(facts: PoolFacts): boolean {
  const profile = facts.pool.localDns;
  if (facts.isNew || profile === undefined) return false;
  return profile.state === undefined ? profile.mode === 'Required' : profile.state.toLowerCase() === 'enabled';
}

/** The Kubernetes version that the pool runs; a new pool without one uses the version of its cluster. */
export function poolVersion(facts: PoolFacts): string | undefined {
  const { kubernetesVersion, properties } = facts.pool;
  const requested = properties['orchestratorVersion'];
  const candidates = [kubernetesVersion, typeof requested === 'string' ? requested : undefined];
  if (facts.isNew && facts.cluster.known) candidates.push(facts.cluster.value.kubernetesVersion);
  return candidates.find((version) => version !== undefined && version !== '');
}
