import type { Clock } from '../../core/ports.ts';
import type { Emit } from '../../core/events.ts';
import type { CorefileTemplate, TemplateGeneration } from '../../domain/localdns/render/index.ts';
import type { EffectiveProfile, OverrideMap } from '../../model/profile.ts';
import type { CoreDnsRunner, DnsClient, StubUpstreams, Transport } from '../../model/rehearsal.ts';
import type { AnswerSource } from './ask.ts';
import type { Problem } from './problem.ts';

export interface RehearsalPorts {
  readonly coreDns: CoreDnsRunner;
  readonly stubs: StubUpstreams;
  readonly client: DnsClient;
}

export interface RehearsalOptions {
  readonly profile: EffectiveProfile;
  /** Asked for as they are, without a search path. */
  readonly names: readonly string[];
  /** The upstreams are silent for this long, and come back. */
  readonly outageSeconds?: number | undefined;
  readonly upstreamLatencyMs?: number | undefined;
  readonly coreDnsPath?: string | undefined;
  readonly template?: CorefileTemplate | undefined;
  readonly hostsPlugin?: boolean | undefined;
  readonly vnetDnsServers?: readonly string[] | undefined;
  readonly coreDnsServiceIp?: string | undefined;
}

export interface RehearsalDeps {
  readonly clock: Clock;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/**
 * When it was asked: `first`, with nothing in the cache; `again`, at once and over TCP; `outage`, the upstreams silent
 * and the answers expired; `outage-end`; `recovered`, the upstreams just back; `settled`, a moment later and over TCP.
 */
const rehearsalSteps = ['first', 'again', 'outage', 'outage-end', 'recovered', 'settled'] as const;
export type RehearsalStep = (typeof rehearsalSteps)[number];

export interface RehearsedAsk {
  readonly step: RehearsalStep;
  readonly transport: Transport;
  /** Since the first question. */
  readonly atSeconds: number;
  /** Null: no answer in time. */
  readonly rcode: string | null;
  readonly source: AnswerSource;
  /** The address, on the node, of who gave the answer's records; null if it was the node itself. */
  readonly upstream: string | null;
  readonly upstreamTransport: Transport | null;
  readonly ttl: number | null;
  /** Since the upstream gave the answer. */
  readonly ageSeconds: number | null;
  readonly nsid: string | null;
  readonly milliseconds: number;
}

export interface RehearsedName {
  readonly name: string;
  readonly type: string;
  readonly map: OverrideMap;
  /** Of the listener, on the node. */
  readonly listener: string;
  /**
   * The block that its upstream's port belongs to; for what the node answers itself, the block that takes it. Null:
   * none does.
   */
  readonly zone: string | null;
  readonly asks: readonly RehearsedAsk[];
}

export interface CacheCount {
  readonly map: OverrideMap;
  readonly listener: string;
  readonly asked: number;
  readonly bySource: Readonly<Record<AnswerSource, number>>;
  /** Of what could have come from the cache, how much did; null if nothing could. */
  readonly hitRatio: number | null;
}

/** Where `config explain` and CoreDNS do not agree. */
export interface RehearsalDifference extends Problem {
  readonly name: string;
  readonly map: OverrideMap;
  readonly step: RehearsalStep;
}

export interface RehearsalReport {
  readonly schemaVersion: 1;
  readonly coreDns: { readonly path: string; readonly version: string };
  /** Generation of the node's template, and in which order it gives several addresses. */
  readonly template: { readonly generation: TemplateGeneration; readonly addressOrder: 'changing' | 'as upstream' };
  readonly outageSeconds: number | null;
  readonly upstreamLatencyMs: number;
  /** The stub upstreams, and the TTL of their answers. */
  readonly upstreams: readonly {
    readonly address: string;
    readonly standsFor: 'cluster DNS' | 'VNet DNS';
    readonly ttl: number;
  }[];
  readonly names: readonly RehearsedName[];
  readonly cache: readonly CacheCount[];
  readonly differences: readonly RehearsalDifference[];
}
