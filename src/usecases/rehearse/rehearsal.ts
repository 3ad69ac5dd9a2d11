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
  /** Queried as they are, without a search path. */
  readonly names: readonly string[];
  /** How long the upstreams do not answer. */
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
 * When a question was asked: `first`, with an empty cache; `again`, immediately and over TCP; `outage`, after the
 * answers expired during the outage; `outage-end`; `recovered`, right after the outage; `settled`, a moment later and
 * over TCP.
 */
const rehearsalSteps = ['first', 'again', 'outage', 'outage-end', 'recovered', 'settled'] as const;
export type RehearsalStep = (typeof rehearsalSteps)[number];

export interface RehearsedAsk {
  readonly step: RehearsalStep;
  readonly transport: Transport;
  /** Time since the first question. */
  readonly atSeconds: number;
  /** Null if no answer arrived in time. */
  readonly rcode: string | null;
  readonly source: AnswerSource;
  /** The address, on the node, of the upstream that returned the records; null if it was the node itself. */
  readonly upstream: string | null;
  readonly upstreamTransport: Transport | null;
  readonly ttl: number | null;
  /** Time since the upstream answered. */
  readonly ageSeconds: number | null;
  readonly nsid: string | null;
  readonly milliseconds: number;
}

export interface RehearsedName {
  readonly name: string;
  readonly type: string;
  readonly map: OverrideMap;
  /** The address of the listener on the node. */
  readonly listener: string;
  /**
   * The block of the upstream port that was asked; if the node answers itself, the block that handles the name. Null if
   * no block does.
   */
  readonly zone: string | null;
  readonly asks: readonly RehearsedAsk[];
}

export interface CacheCount {
  readonly map: OverrideMap;
  readonly listener: string;
  readonly asked: number;
  readonly bySource: Readonly<Record<AnswerSource, number>>;
  /** The share of cacheable answers that came from the cache; null if there were none. */
  readonly hitRatio: number | null;
}

/** A difference between `config explain` and CoreDNS. */
export interface RehearsalDifference extends Problem {
  readonly name: string;
  readonly map: OverrideMap;
  readonly step: RehearsalStep;
}

export interface RehearsalReport {
  readonly schemaVersion: 1;
  readonly coreDns: { readonly path: string; readonly version: string };
  /** The generation of the node's template, and the order in which it returns several addresses. */
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
