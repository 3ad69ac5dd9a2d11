import type { FullOverride } from '../defaults.ts';
import type { Destination } from '../render/upstreams.ts';
import { cachedTtl, isNewerThan } from './ttl.ts';
import type { CachePlan, StalePlan, TtlRange } from './lookup-explanation.ts';

/**
 * The cluster's CoreDNS has `cache 30`, including negative answers, and returns the remaining TTL. Source: AKS
 * documentation, coredns-custom.
 */
const clusterCacheSeconds = 30;

/** The `ttl 5` of the hosts plugin. Source: AgentBaker, localdns Corefile template. */
const hostsTtlSeconds = 5;

/** The maximum TTL in DNS. Source: RFC 2181, 8. */
const maxTtl = 2_147_483_647;

export type AnswerSource = Destination | 'hosts';

const maxUpstreamTtl: Readonly<Record<AnswerSource, number>> = {
  ClusterCoreDNS: clusterCacheSeconds,
  VnetDNS: maxTtl,
  hosts: hostsTtlSeconds,
};

/** How many seconds after its expiry an answer can be served; 0 if stale answers are off. */
export function staleWindow(override: FullOverride): number {
  return override.serveStale === 'Immediate' || override.serveStale === 'Verify'
    ? override.serveStaleDurationInSeconds
    : 0;
}

/** How long the block caches answers from this source. Source: CoreDNS, plugin/cache. */
export function cachePlan(override: FullOverride, source: AnswerSource, coreDnsVersion: string): CachePlan {
  const range = (answer: 'answer' | 'negative'): TtlRange => ({
    least: cachedTtl({
      upstreamTtl: source === 'hosts' ? hostsTtlSeconds : 0,
      cacheDuration: override.cacheDurationInSeconds,
      answer,
      coreDnsVersion,
    }),
    most: cachedTtl({
      upstreamTtl: maxUpstreamTtl[source],
      cacheDuration: override.cacheDurationInSeconds,
      answer,
      coreDnsVersion,
    }),
  });
  const positiveTtl = range('answer');
  return {
    positiveTtl,
    negativeTtl: range('negative'),
    why: reasons(override, source, coreDnsVersion),
    stale: stalePlan(override, positiveTtl.most),
  };
}

function reasons(override: FullOverride, source: AnswerSource, coreDnsVersion: string): readonly string[] {
  const duration = override.cacheDurationInSeconds;
  const capped = duration > 3600 && !isNewerThan(coreDnsVersion, [1, 14, 3]);
  return [
    ...(source === 'ClusterCoreDNS' && duration > clusterCacheSeconds
      ? [`the cluster's CoreDNS caches for ${String(clusterCacheSeconds)} s and returns the remaining TTL`]
      : []),
    ...(source === 'hosts' ? [`the hosts file answers with TTL ${String(hostsTtlSeconds)}`] : []),
    ...(capped
      ? [`CoreDNS ${coreDnsVersion} caches nothing longer than 3600 s, so ${String(duration)} has no effect`]
      : [`cacheDurationInSeconds is ${String(duration)}`]),
    ...(duration >= 5 ? ['an upstream TTL below 5 s counts as 5 s'] : []),
  ];
}

/** Source: CoreDNS, plugin/cache/handler.go. */
function stalePlan(override: FullOverride, ttl: number): StalePlan {
  const windowSeconds = staleWindow(override);
  if (windowSeconds === 0) {
    return {
      mode: 'Disable',
      windowSeconds,
      worstAgeSeconds: { upstreamHealthy: ttl, upstreamDown: ttl },
      effect:
        override.serveStale === 'Immediate' || override.serveStale === 'Verify'
          ? 'no stale answers: serveStaleDurationInSeconds is 0'
          : 'no stale answers',
    };
  }
  if (override.serveStale === 'Verify') {
    return {
      mode: 'Verify',
      windowSeconds,
      worstAgeSeconds: { upstreamHealthy: ttl, upstreamDown: ttl + windowSeconds },
      effect:
        'after the TTL, the name is resolved upstream first; if that fails, the stale answer is served with TTL 0',
    };
  }
  return {
    mode: 'Immediate',
    windowSeconds,
    worstAgeSeconds: { upstreamHealthy: ttl + windowSeconds, upstreamDown: ttl + windowSeconds },
    effect:
      'the first query after the TTL gets the stale answer immediately, with TTL 0, and starts a refresh in the background',
  };
}
