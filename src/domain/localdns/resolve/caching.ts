import type { FullOverride } from '../defaults.ts';
import type { Destination } from '../render/upstreams.ts';
import { cachedTtl, isNewerThan } from './ttl.ts';
import type { CachePlan, StalePlan, TtlRange } from './types.ts';

/**
 * The cluster's own CoreDNS has `cache 30`, for denials too, and hands out what remains. Source: AKS documentation,
 * coredns-custom.
 */
const clusterCacheSeconds = 30;

/** The hosts plugin's `ttl 5`. Source: AgentBaker, localdns Corefile template. */
const hostsTtlSeconds = 5;

/** The greatest TTL that DNS has. Source: RFC 2181, 8. */
const greatestTtl = 2_147_483_647;

export type AnswerSource = Destination | 'hosts';

const longestUpstreamTtl: Readonly<Record<AnswerSource, number>> = {
  ClusterCoreDNS: clusterCacheSeconds,
  VnetDNS: greatestTtl,
  hosts: hostsTtlSeconds,
};

/** For how many seconds after its expiry an answer may be given; 0 if stale answers are off. */
export function staleWindow(override: FullOverride): number {
  return override.serveStale === 'Immediate' || override.serveStale === 'Verify'
    ? override.serveStaleDurationInSeconds
    : 0;
}

/** For how long the block keeps answers of this source. Source: CoreDNS, plugin/cache. */
export function cachePlan(override: FullOverride, source: AnswerSource, coreDnsVersion: string): CachePlan {
  const range = (answer: 'answer' | 'negative'): TtlRange => ({
    least: cachedTtl({
      upstreamTtl: source === 'hosts' ? hostsTtlSeconds : 0,
      cacheDuration: override.cacheDurationInSeconds,
      answer,
      coreDnsVersion,
    }),
    most: cachedTtl({
      upstreamTtl: longestUpstreamTtl[source],
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
      ? [`the cluster's CoreDNS caches for ${String(clusterCacheSeconds)} s and gives what remains`]
      : []),
    ...(source === 'hosts' ? [`the hosts file answers with TTL ${String(hostsTtlSeconds)}`] : []),
    ...(capped
      ? [`CoreDNS ${coreDnsVersion} keeps nothing longer than 3600 s, so that ${String(duration)} does nothing`]
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
          ? 'no old answers: the window is 0'
          : 'no old answers',
    };
  }
  if (override.serveStale === 'Verify') {
    return {
      mode: 'Verify',
      windowSeconds,
      worstAgeSeconds: { upstreamHealthy: ttl, upstreamDown: ttl + windowSeconds },
      effect: 'after its TTL an answer is asked for anew first; the old one, with TTL 0, is given where that fails',
    };
  }
  return {
    mode: 'Immediate',
    windowSeconds,
    worstAgeSeconds: { upstreamHealthy: ttl + windowSeconds, upstreamDown: ttl + windowSeconds },
    effect: 'the first query after its TTL gets the old answer at once, with TTL 0, and starts a refresh behind it',
  };
}
