import { endsInClusterLocal } from '../../defaults.ts';
import type { Hit } from '../../rules/rule.ts';
import { quoted } from '../../text.ts';
import type { LintRule } from '../rule.ts';
import type { LintView, LintZone } from '../view.ts';
import { isWithin, namesOf, servesStale, toCoreDns } from '../view.ts';

/** CoreDNS caps every TTL at this, whatever the profile says, up to 1.14.3; the cluster's own CoreDNS at the second. */
const longestTtl = 3600;
const clusterTtl = 30;
const longStale = 300;
const day = 86_400;
/** How long the node has no DNS while CoreDNS or LocalDNS restarts. */
const restart = 60;

/**
 * Zones whose records change when something fails over. Sources: Azure documentation, Traffic Manager and failover
 * groups.
 */
const failover = ['trafficmanager.net', 'database.windows.net'] as const;

/** How long answers live, and what is given when they are too old. */
export const cachingRules: readonly LintRule[] = [
  {
    id: 'L030',
    severity: 'info',
    trigger: 'cacheDurationInSeconds is more than 3600',
    reason: 'CoreDNS up to 1.14.3 caps the TTL of every answer at 3600 seconds, so that more changes nothing',
    source: 'CoreDNS, pull request 8134 (1.14.4)',
    judge: (view) =>
      withCache(view, (seconds) => seconds > longestTtl).map(([zone, seconds]) => ({
        ...cacheHit(zone, seconds),
        instead: String(longestTtl),
      })),
  },
  {
    id: 'L031',
    severity: 'warn',
    trigger: 'cacheDurationInSeconds is less than 5, or less than 30 where nothing stale is served',
    reason: 'nearly every query goes upstream again, so that the cache takes little load away',
    source:
      'CoreDNS, plugin/cache: the floor of 5 seconds is for TTLs from upstream, not for this cap; AKS documentation, localdns-custom',
    judge: (view) =>
      withCache(
        view,
        (seconds, zone) => seconds > 0 && seconds < (zone.settings.serveStale === 'Disable' ? 30 : 5),
      ).map(([zone, seconds]) => cacheHit(zone, seconds)),
  },
  {
    id: 'L032',
    severity: 'info',
    trigger: 'A zone of kubeDNSOverrides that goes to ClusterCoreDNS is cached for more than 30 seconds',
    reason: "the cluster's CoreDNS gives out TTLs of at most 30 seconds, so that more changes nothing",
    source: "AKS's CoreDNS configuration: cache 30; AKS support article on LocalDNS",
    judge: (view) => {
      const concerned = withCache(
        view,
        (seconds, zone) => seconds > clusterTtl && zone.map === 'kubeDNSOverrides' && toCoreDns(zone),
      ).map(([zone]) => zone);
      return once(
        concerned,
        'cacheDurationInSeconds',
        (names) => `cacheDurationInSeconds is more than 30 for ${names}`,
      );
    },
  },
  {
    id: 'L040',
    severity: 'warn',
    trigger:
      'serveStale Immediate for longer than 300 seconds on names whose records change: of the cluster (as information), of private endpoints, of fail-over',
    reason: 'the first answer after a change is the old one, however long ago it was asked for',
    source: 'CoreDNS, plugin/cache, serve_stale; deckhouse, pull request 3428, moved to verify',
    judge: (view) => staleOfChanging(view),
  },
  {
    id: 'L041',
    severity: 'info',
    trigger: 'serveStale Immediate',
    reason: 'a name that was asked for before it existed is answered with NXDOMAIN once more after it exists',
    source: 'CoreDNS, plugin/cache: stale entries of the negative cache are served first',
    judge: ({ zones }) => {
      const concerned = zones.filter(
        ({ settings }) => settings.serveStale === 'Immediate' && settings.serveStaleDurationInSeconds !== 0,
      );
      return once(concerned, 'serveStale', (names) => `serveStale is Immediate for ${names}`);
    },
  },
  {
    id: 'L042',
    severity: 'warn',
    trigger: 'serveStale Verify',
    reason:
      'where upstream does not answer at all, each query waits 2 to 6 seconds for it before the old answer is given; only failfastAllUnhealthyUpstreams shortens that',
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
      'where upstream fails, names fail with SERVFAIL as soon as their TTL ends, so that LocalDNS bridges no outage',
    source: 'AKS documentation, localdns-custom; CoreDNS, plugin/cache',
    judge: ({ zones }) => zones.flatMap((zone) => unprotected(zone)),
  },
  {
    id: 'L044',
    severity: 'warn',
    trigger: 'serveStaleDurationInSeconds is more than a day',
    reason:
      'answers may be given whose addresses belong to others by now; the standard advises a limit of one to three days',
    source: 'RFC 8767, section 5',
    judge: (view) =>
      withStale(
        view,
        (seconds) => seconds > day,
        (zone) => String(changes(zone) ? longStale : day),
      ),
  },
  {
    id: 'L045',
    severity: 'info',
    trigger: 'serveStaleDurationInSeconds is less than 60',
    reason: 'that is shorter than a restart of CoreDNS or of LocalDNS, which takes up to 85 seconds',
    source: 'AgentBaker, localdns.sh: the watchdog restarts after 60 seconds without an answer',
    judge: (view) => withStale(view, (seconds) => seconds > 0 && seconds < restart),
  },
  {
    id: 'L046',
    severity: 'warn',
    trigger: 'healthCheck without a duration',
    reason: 'the node writes no check without one, and the rest of it does nothing',
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
  concerns: (seconds: number, zone: LintZone) => boolean,
): readonly (readonly [LintZone, number])[] {
  return zones.flatMap((zone) => {
    const seconds = zone.settings.cacheDurationInSeconds;
    return seconds !== undefined && concerns(seconds, zone) ? [[zone, seconds] as const] : [];
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
  concerns: (seconds: number) => boolean,
  instead?: (zone: LintZone) => string,
): readonly Hit[] {
  return zones.flatMap((zone) => {
    const seconds = zone.settings.serveStaleDurationInSeconds;
    if (seconds === undefined || !concerns(seconds) || !servesStale(zone)) return [];
    return [
      {
        place: zone.at('serveStaleDurationInSeconds'),
        what: `serveStaleDurationInSeconds is ${String(seconds)} for ${quoted(zone.name)} of ${zone.map}`,
        ...(instead === undefined ? {} : { instead: instead(zone) }),
      },
    ];
  });
}

/** One finding for all zones that a default alone may bring into it. */
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
    ({ settings }) => settings.serveStale === 'Immediate' && (settings.serveStaleDurationInSeconds ?? 0) > longStale,
  );
  const cluster = long.filter(({ name }) => endsInClusterLocal(name));
  const outside = long.filter((zone) => !cluster.includes(zone) && changes(zone));
  return [
    ...once(
      cluster,
      'serveStale',
      (names) => `Answers for headless services may be old, with serveStale Immediate for ${names}`,
    ).map((hit) => ({
      ...hit,
      severity: 'info' as const,
    })),
    ...outside.map((zone) => ({
      place: zone.at('serveStaleDurationInSeconds'),
      what: `serveStale is Immediate for ${quoted(zone.name)} of ${zone.map}, for ${String(zone.settings.serveStaleDurationInSeconds)} seconds`,
      instead: String(longStale),
    })),
  ];
}

function changes({ normal }: LintZone): boolean {
  return normal.split('.').includes('privatelink') || failover.some((zone) => isWithin(normal, zone));
}

function unprotected(zone: LintZone): readonly Hit[] {
  const { serveStale, serveStaleDurationInSeconds } = zone.settings;
  const of = `for ${quoted(zone.name)} of ${zone.map}`;
  if (serveStale === 'Disable') return [{ place: zone.at('serveStale'), what: `serveStale is Disable ${of}` }];
  if (serveStaleDurationInSeconds !== 0 || serveStale === undefined) return [];
  return [{ place: zone.at('serveStaleDurationInSeconds'), what: `serveStaleDurationInSeconds is 0 ${of}` }];
}
