import { endsInClusterLocal } from '../../defaults.ts';
import type { Hit } from '../../rules/rule.ts';
import { quoted } from '../../text.ts';
import type { LintRule } from '../rule.ts';
import type { LintView, LintZone } from '../view.ts';
import { isWithin, namesOf, servesStale, toCoreDns } from '../view.ts';

/** The maximum TTL of CoreDNS up to 1.14.3, regardless of the profile, and that of the cluster's CoreDNS. */
const maxTtl = 3600;
const maxClusterTtl = 30;
const longStaleSeconds = 300;
const daySeconds = 86_400;
/** How long the node has no DNS while CoreDNS or LocalDNS restarts. */
const restartSeconds = 60;

/** Zones whose records change during a failover. Sources: Azure documentation, Traffic Manager and failover groups. */
const failover = ['trafficmanager.net', 'database.windows.net'] as const;

/** Rules for the lifetime of answers and for stale answers. */
export const cachingRules: readonly LintRule[] = [
  {
    id: 'L030',
    severity: 'info',
    trigger: 'cacheDurationInSeconds is more than 3600',
    reason: 'CoreDNS up to 1.14.3 caps the TTL of every answer at 3600 seconds, so a higher value has no effect',
    source: 'CoreDNS, pull request 8134 (1.14.4)',
    judge: (view) =>
      withCache(view, (seconds) => seconds > maxTtl).map(([zone, seconds]) => ({
        ...cacheHit(zone, seconds),
        instead: String(maxTtl),
      })),
  },
  {
    id: 'L031',
    severity: 'warn',
    trigger: 'cacheDurationInSeconds is less than 5, or less than 30 with serveStale Disable',
    reason: 'almost every query is sent upstream again, so the cache hardly reduces the load',
    source:
      'CoreDNS, plugin/cache: the minimum of 5 seconds applies to upstream TTLs, not to this cap; AKS documentation, ' +
      'localdns-custom',
    judge: (view) =>
      withCache(
        view,
        (seconds, zone) => seconds > 0 && seconds < (zone.settings.serveStale === 'Disable' ? 30 : 5),
      ).map(([zone, seconds]) => cacheHit(zone, seconds)),
  },
  {
    id: 'L032',
    severity: 'info',
    trigger: 'A zone of kubeDNSOverrides with ClusterCoreDNS is cached for more than 30 seconds',
    reason: "the cluster's CoreDNS returns TTLs of at most 30 seconds, so a higher value has no effect",
    source: "AKS's CoreDNS configuration: cache 30; AKS support article on LocalDNS",
    judge: (view) => {
      const affected = withCache(
        view,
        (seconds, zone) => seconds > maxClusterTtl && zone.map === 'kubeDNSOverrides' && toCoreDns(zone),
      ).map(([zone]) => zone);
      return once(affected, 'cacheDurationInSeconds', (names) => `cacheDurationInSeconds is more than 30 for ${names}`);
    },
  },
  {
    id: 'L040',
    severity: 'warn',
    trigger:
      'serveStale Immediate for more than 300 seconds on names whose records change: private endpoints, failover ' +
      "names, and the cluster's own names (info only)",
    reason: 'the first answer after a change is the old one, no matter how long ago it was cached',
    source: 'CoreDNS, plugin/cache, serve_stale; deckhouse, pull request 3428, moved to verify',
    judge: (view) => staleOfChanging(view),
  },
  {
    id: 'L041',
    severity: 'info',
    trigger: 'serveStale Immediate',
    reason: 'a name that was queried before it existed gets one more NXDOMAIN answer after it exists',
    source: 'CoreDNS, plugin/cache: stale entries of the negative cache are served first',
    judge: ({ zones }) => {
      const affected = zones.filter(
        ({ settings }) => settings.serveStale === 'Immediate' && settings.serveStaleDurationInSeconds !== 0,
      );
      return once(affected, 'serveStale', (names) => `serveStale is Immediate for ${names}`);
    },
  },
  {
    id: 'L042',
    severity: 'warn',
    trigger: 'serveStale Verify',
    reason:
      'if the upstream server does not answer, each query waits 2 to 6 seconds before it gets the stale answer; only ' +
      'failfastAllUnhealthyUpstreams shortens this',
    source: 'CoreDNS, plugin/forward: read timeout 2 s, deadline 5 s, failfast_all_unhealthy_upstreams',
    judge: ({ zones }) =>
      zones
        .filter(
          ({ settings, newer }) =>
            settings.serveStale === 'Verify' && newer.value.failfastAllUnhealthyUpstreams !== true,
        )
        .map((zone) => ({
          place: zone.at('serveStale'),
          what: `serveStale is Verify for ${quoted(zone.name)} of ${zone.map}`,
        })),
  },
  {
    id: 'L043',
    severity: 'warn',
    trigger: 'serveStale Disable, or serveStaleDurationInSeconds 0',
    reason:
      'if the upstream server fails, lookups fail with SERVFAIL as soon as the TTL ends, so LocalDNS does not bridge ' +
      'outages',
    source: 'AKS documentation, localdns-custom; CoreDNS, plugin/cache',
    judge: ({ zones }) => zones.flatMap((zone) => unprotected(zone)),
  },
  {
    id: 'L044',
    severity: 'warn',
    trigger: 'serveStaleDurationInSeconds is more than a day',
    reason:
      'stale answers may contain addresses that now belong to someone else; the standard recommends a limit of one ' +
      'to three days',
    source: 'RFC 8767, section 5',
    judge: (view) =>
      withStale(
        view,
        (seconds) => seconds > daySeconds,
        (zone) => String(changes(zone) ? longStaleSeconds : daySeconds),
      ),
  },
  {
    id: 'L045',
    severity: 'info',
    trigger: 'serveStaleDurationInSeconds is less than 60',
    reason: 'this is shorter than a restart of CoreDNS or LocalDNS, which takes up to 85 seconds',
    source: 'AgentBaker, localdns.sh: the watchdog restarts after 60 seconds without an answer',
    judge: (view) => withStale(view, (seconds) => seconds > 0 && seconds < restartSeconds),
  },
  {
    id: 'L046',
    severity: 'warn',
    trigger: 'healthCheck without a duration',
    reason: 'without a duration, the node configures no health check, and its other settings have no effect',
    source: 'AgentBaker, pull request 9379: localdns Corefile template',
    judge: ({ zones }) =>
      zones
        .filter(({ newer }) => newer.value.healthCheck !== undefined && !newer.value.healthCheck.duration)
        .map((zone) => ({
          place: zone.newer.places.get('healthCheck') ?? zone.place,
          what: `healthCheck of ${quoted(zone.name)} of ${zone.map} has no duration`,
          instead: '"duration": "1s"',
        })),
  },
];

function withCache(
  { zones }: LintView,
  matches: (seconds: number, zone: LintZone) => boolean,
): readonly (readonly [LintZone, number])[] {
  return zones.flatMap((zone) => {
    const seconds = zone.settings.cacheDurationInSeconds;
    return seconds !== undefined && matches(seconds, zone) ? [[zone, seconds] as const] : [];
  });
}

function cacheHit(zone: LintZone, seconds: number): Hit {
  return {
    place: zone.at('cacheDurationInSeconds'),
    what: `cacheDurationInSeconds is ${String(seconds)} for ${quoted(zone.name)} of ${zone.map}`,
  };
}

function withStale(
  { zones }: LintView,
  matches: (seconds: number) => boolean,
  instead?: (zone: LintZone) => string,
): readonly Hit[] {
  return zones.flatMap((zone) => {
    const seconds = zone.settings.serveStaleDurationInSeconds;
    if (seconds === undefined || !matches(seconds) || !servesStale(zone)) return [];
    return [
      {
        place: zone.at('serveStaleDurationInSeconds'),
        what: `serveStaleDurationInSeconds is ${String(seconds)} for ${quoted(zone.name)} of ${zone.map}`,
        ...(instead === undefined ? {} : { instead: instead(zone) }),
      },
    ];
  });
}

/** One finding for several zones, because the defaults may already match. */
function once(
  zones: readonly LintZone[],
  setting: 'serveStale' | 'cacheDurationInSeconds',
  what: (names: string) => string,
): readonly Hit[] {
  const [first] = zones;
  return first === undefined ? [] : [{ place: first.at(setting), what: what(namesOf(zones)) }];
}

function staleOfChanging({ zones }: LintView): readonly Hit[] {
  const long = zones.filter(
    ({ settings }) =>
      settings.serveStale === 'Immediate' && (settings.serveStaleDurationInSeconds ?? 0) > longStaleSeconds,
  );
  const cluster = long.filter(({ name }) => endsInClusterLocal(name));
  const outside = long.filter((zone) => !cluster.includes(zone) && changes(zone));
  return [
    ...once(
      cluster,
      'serveStale',
      (names) => `Answers for headless services may be outdated with serveStale Immediate for ${names}`,
    ).map((hit) => ({
      ...hit,
      severity: 'info' as const,
    })),
    ...outside.map((zone) => ({
      place: zone.at('serveStaleDurationInSeconds'),
      what: `serveStale is Immediate with ${String(zone.settings.serveStaleDurationInSeconds)} seconds for ${quoted(zone.name)} of ${zone.map}`,
      instead: String(longStaleSeconds),
    })),
  ];
}

function changes({ normal }: LintZone): boolean {
  return normal.split('.').includes('privatelink') || failover.some((zone) => isWithin(normal, zone));
}

function unprotected(zone: LintZone): readonly Hit[] {
  const { serveStale, serveStaleDurationInSeconds } = zone.settings;
  const target = `for ${quoted(zone.name)} of ${zone.map}`;
  if (serveStale === 'Disable') return [{ place: zone.at('serveStale'), what: `serveStale is Disable ${target}` }];
  if (serveStaleDurationInSeconds !== 0 || serveStale === undefined) return [];
  return [{ place: zone.at('serveStaleDurationInSeconds'), what: `serveStaleDurationInSeconds is 0 ${target}` }];
}
