import type { OverrideMap } from '../../../model/profile.ts';
import type { Destination } from '../render/upstreams.ts';
import type { CorefileTemplate } from '../render/corefile.ts';
import type { Note } from './notes.ts';

export const dnsPolicies = ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'] as const;
export type DnsPolicy = (typeof dnsPolicies)[number];

/** What is asked, by whom. */
export interface LookupInput {
  /** As the program in the pod has it; a final dot switches the search path off. */
  readonly name: string;
  readonly dnsPolicy?: DnsPolicy | undefined;
  readonly hostNetwork?: boolean | undefined;
  readonly namespace?: string | undefined;
  readonly type?: string | undefined;
  /** Where absent 5, or 1 for a pod with the node's resolv.conf. */
  readonly ndots?: number | undefined;
  readonly vnetDnsServers?: readonly string[] | undefined;
  readonly coreDnsServiceIp?: string | undefined;
  readonly clusterDomain?: string | undefined;
  /**
   * The node's own search domain, such as `xyz.bx.internal.cloudapp.net`; empty if it has none. Where absent, the
   * usual one is assumed.
   */
  readonly nodeSuffix?: string | undefined;
  readonly template?: CorefileTemplate | undefined;
  readonly hostsPlugin?: boolean | undefined;
  /** The names in the node's hosts file. Where absent they are not known. */
  readonly criticalFqdns?: readonly string[] | undefined;
  readonly coreDnsVersion?: string | undefined;
}

export interface ListenerChoice {
  readonly address: string;
  readonly map: OverrideMap;
  readonly nsid: string;
  readonly why: string;
}

export interface SearchPath {
  readonly ndots: number;
  readonly domains: readonly string[];
  /** The node's search domain was not given. */
  readonly nodeSuffixAssumed: boolean;
}

export interface ForwardPlan {
  readonly destination: Destination;
  readonly why: string;
  /** After the node put the VNet's servers in the place of Azure's. */
  readonly upstreams: readonly string[];
  readonly policy: string;
  readonly policyEffect: string;
  /** `as-client`: the protocol that the client used. */
  readonly protocol: 'tcp' | 'udp' | 'as-client';
  readonly protocolEffect: string;
  /** Of refreshes in the background; null if there are none. */
  readonly refreshProtocol: 'tcp' | 'udp' | null;
  /** Of `healthCheck`; null if the zone has none. */
  readonly healthCheckEffect: string | null;
  /** Queries under way at once in this block; null: no limit. */
  readonly maxConcurrent: number | null;
  readonly concurrencyEffect: string;
}

export interface TtlRange {
  readonly least: number;
  readonly most: number;
}

export interface StalePlan {
  readonly mode: 'Immediate' | 'Verify' | 'Disable';
  /** For how long after its expiry an answer may still be given, with TTL 0. */
  readonly windowSeconds: number;
  /** An answer that the node gives left its upstream less than this ago. */
  readonly worstAgeSeconds: { readonly upstreamHealthy: number; readonly upstreamDown: number };
  readonly effect: string;
}

export interface CachePlan {
  /** In seconds, by what the upstream's own TTLs leave open. */
  readonly positiveTtl: TtlRange;
  readonly negativeTtl: TtlRange;
  readonly why: readonly string[];
  readonly stale: StalePlan;
}

export interface FailurePlan {
  /** For a name that was asked before, while its answer is in the window. */
  readonly knownName: string;
  readonly newName: string;
}

/** `possible`: its names are not known, or the query is for a name by its address. */
export type HostsHit = 'no' | 'possible' | 'yes';

interface Asked {
  /** Whole, in lower case, with its final dot. */
  readonly name: string;
  /** The search domain that was put behind it; null for the name itself. */
  readonly searchDomain: string | null;
}

interface InBlock extends Asked {
  readonly zone: string;
  /** What the answer's NSID says; null if the block does not answer one. */
  readonly nsid: string | null;
}

interface TooLong extends Asked {
  readonly answeredBy: 'resolver';
  readonly outcome: string;
}

interface Refused extends Asked {
  readonly answeredBy: 'listener';
  readonly rcode: 'REFUSED';
  readonly outcome: string;
}

interface HealthCheck extends InBlock {
  readonly answeredBy: 'health-check';
  readonly rcode: 'NOERROR';
  readonly outcome: string;
}

interface Guarded extends InBlock {
  readonly answeredBy: 'guard';
  readonly rcode: 'NXDOMAIN';
  /** Of which template. */
  readonly guard: string;
  readonly outcome: string;
}

interface FromHosts extends InBlock {
  readonly answeredBy: 'hosts';
  readonly rcode: 'NOERROR';
  readonly outcome: string;
  readonly cache: CachePlan;
}

export interface Forwarded extends InBlock {
  readonly answeredBy: 'upstream';
  /** `yes` is never here: then the hosts file answers. */
  readonly hosts: Exclude<HostsHit, 'yes'>;
  readonly outcome: string;
  readonly forward: ForwardPlan;
  readonly cache: CachePlan;
  readonly upstreamDown: FailurePlan;
}

/** One name that the pod's resolver asks for, and what the node does with it. */
export type Candidate = TooLong | Refused | HealthCheck | Guarded | FromHosts | Forwarded;

export interface LookupExplanation {
  /** As it was asked. */
  readonly name: string;
  readonly type: string;
  readonly dnsPolicy: DnsPolicy;
  readonly hostNetwork: boolean;
  /** Null: the lookup never comes to LocalDNS, and there are no candidates. */
  readonly listener: ListenerChoice | null;
  /** Why it does not, where it does not. */
  readonly bypass: string | null;
  readonly search: SearchPath | null;
  /** In the order in which they are asked, until one has an answer. */
  readonly candidates: readonly Candidate[];
  readonly notes: readonly Note[];
}
