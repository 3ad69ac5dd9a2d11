import type { OverrideMap } from '../../../model/profile.ts';
import type { Destination } from '../render/upstreams.ts';
import type { CorefileTemplate } from '../render/corefile.ts';
import type { Note } from './notes.ts';

export const dnsPolicies = ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'] as const;
export type DnsPolicy = (typeof dnsPolicies)[number];

/** The name to look up and the pod that looks it up. */
export interface LookupInput {
  /** The name in the program in the pod; a trailing dot disables the search path. */
  readonly name: string;
  readonly dnsPolicy?: DnsPolicy | undefined;
  readonly hostNetwork?: boolean | undefined;
  readonly namespace?: string | undefined;
  readonly type?: string | undefined;
  /** Defaults to 5, or 1 for a pod with the node's resolv.conf. */
  readonly ndots?: number | undefined;
  readonly vnetDnsServers?: readonly string[] | undefined;
  readonly coreDnsServiceIp?: string | undefined;
  readonly clusterDomain?: string | undefined;
  /**
   * The search domain of the node, such as `xyz.bx.internal.cloudapp.net`; empty if it has none. Defaults to a typical
   * one.
   */
  readonly nodeSuffix?: string | undefined;
  readonly template?: CorefileTemplate | undefined;
  readonly hostsPlugin?: boolean | undefined;
  /** The names in the node's hosts file; absent if unknown. */
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
  /** Whether the search domain of the node is a default. */
  readonly nodeSuffixAssumed: boolean;
}

export interface ForwardPlan {
  readonly destination: Destination;
  readonly why: string;
  /** After the node has replaced Azure DNS with the VNet's servers. */
  readonly upstreams: readonly string[];
  readonly policy: string;
  readonly policyEffect: string;
  /** `as-client`: the protocol of the client. */
  readonly protocol: 'tcp' | 'udp' | 'as-client';
  readonly protocolEffect: string;
  /** The protocol of refreshes in the background; null if there are none. */
  readonly refreshProtocol: 'tcp' | 'udp' | null;
  /** The effect of `healthCheck`; null if the zone has none. */
  readonly healthCheckEffect: string | null;
  /** The maximum number of concurrent queries in this block; null for no limit. */
  readonly maxConcurrent: number | null;
  readonly concurrencyEffect: string;
}

export interface TtlRange {
  readonly least: number;
  readonly most: number;
}

export interface StalePlan {
  readonly mode: 'Immediate' | 'Verify' | 'Disable';
  /** How long after its expiry an answer can be served, with TTL 0. */
  readonly windowSeconds: number;
  /** The maximum age of an answer since it left the upstream server. */
  readonly worstAgeSeconds: { readonly upstreamHealthy: number; readonly upstreamDown: number };
  readonly effect: string;
}

export interface CachePlan {
  /** In seconds; the range depends on the upstream TTLs. */
  readonly positiveTtl: TtlRange;
  readonly negativeTtl: TtlRange;
  readonly why: readonly string[];
  readonly stale: StalePlan;
}

export interface FailurePlan {
  /** For a name with a cached answer in the stale window. */
  readonly knownName: string;
  readonly newName: string;
}

/** `possible`: the names in the file are unknown, or it is a reverse lookup. */
export type HostsHit = 'no' | 'possible' | 'yes';

interface Queried {
  /** The full name, in lower case, with the trailing dot. */
  readonly name: string;
  /** The appended search domain; null for the name itself. */
  readonly searchDomain: string | null;
}

interface InBlock extends Queried {
  readonly zone: string;
  /** The NSID in the answer; null if the block does not return one. */
  readonly nsid: string | null;
}

interface TooLong extends Queried {
  readonly answeredBy: 'resolver';
  readonly outcome: string;
}

interface Refused extends Queried {
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
  /** The domain of the template. */
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
  /** Never `yes`, because then the hosts file answers. */
  readonly hosts: Exclude<HostsHit, 'yes'>;
  readonly outcome: string;
  readonly forward: ForwardPlan;
  readonly cache: CachePlan;
  readonly upstreamDown: FailurePlan;
}

/** A name that the pod's resolver queries, and what the node does with it. */
export type Candidate = TooLong | Refused | HealthCheck | Guarded | FromHosts | Forwarded;

export interface LookupExplanation {
  /** The name as given. */
  readonly name: string;
  readonly type: string;
  readonly dnsPolicy: DnsPolicy;
  readonly hostNetwork: boolean;
  /** Null if the lookup never reaches LocalDNS; then there are no candidates. */
  readonly listener: ListenerChoice | null;
  /** Why the lookup does not reach LocalDNS; null if it does. */
  readonly bypass: string | null;
  readonly search: SearchPath | null;
  /** In the order in which they are queried until one has an answer. */
  readonly candidates: readonly Candidate[];
  readonly notes: readonly Note[];
}
