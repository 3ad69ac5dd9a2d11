import { count } from '../../../../core/text.ts';
import type { EffectiveProfile, OverrideMap } from '../../../../model/profile.ts';
import { overrideMaps } from '../../../../model/profile.ts';
import { defaultOverride, documentedDefault, type FullOverride } from '../../defaults.ts';
import { renderCorefile } from '../../render/corefile.ts';
import type { Hit } from '../../rules/rule.ts';
import { settingNames } from '../../settings.ts';
import { quoted } from '../../text.ts';
import { nameProblem } from '../../zone-names.ts';
import type { LintRule } from '../rule.ts';
import type { LintView, LintZone } from '../view.ts';

/** The memory limit of LocalDNS on a node. Source: AgentBaker, localdns.slice, MemoryMax. */
const memoryLimit = 128 * 1024 * 1024;
/** Source: CoreDNS, plugin/forward: about 2 KB per concurrent query. */
const bytesPerQuery = 2_000;
/**
 * Source: CoreDNS, scaling guide: a full cache of 10,000 entries takes about 30 MB; each zone in each map has its own.
 */
const bytesPerCache = 30_000_000;
/** Above this share, the queries are the problem; the defaults stay far below it. */
const queryMemoryThreshold = memoryLimit / 4;

/** The limit of Linux for an environment string is 128 KiB (base64 here); this leaves a reserve. */
const maxBase64Length = 120 * 1024;
/** With fewer zones, the Corefile cannot reach that limit, whatever the length of the names. */
const minZonesForLength = 100;

/** Rules for the resources that LocalDNS needs on the node. */
export const loadRules: readonly LintRule[] = [
  {
    id: 'L050',
    severity: 'warn',
    trigger: 'maxConcurrent is 0',
    reason:
      '0 means no limit, but LocalDNS may use only 128 MiB: a flood of queries, at about 2 KB each, makes it run out of memory',
    source: 'CoreDNS, plugin/forward, max_concurrent; AgentBaker, localdns.slice',
    judge: (view) => concurrency(view, (limit) => limit === 0).map((hit) => ({ ...hit, instead: '1000' })),
  },
  {
    id: 'L051',
    severity: 'warn',
    trigger: 'maxConcurrent is less than 100',
    reason: 'queries above the limit are answered with REFUSED immediately, and a burst of uncached names can reach it',
    source: 'CoreDNS, plugin/forward, max_concurrent',
    judge: (view) => concurrency(view, (limit) => limit > 0 && limit < 100),
  },
  {
    id: 'L052',
    severity: 'warn',
    trigger:
      'Full caches of all zones and all concurrent queries would need more than 128 MiB (info if the number of zones ' +
      'alone exceeds it)',
    reason:
      'at that limit the kernel kills LocalDNS, and its cache is lost; a node that looks up few distinct names stays ' +
      'far below it',
    source: 'CoreDNS, plugin/forward and scaling guide; kubekey, pull request 3246; AgentBaker, localdns.slice',
    judge: (view) => memory(view),
  },
  {
    id: 'L060',
    severity: 'warn',
    trigger: 'queryLogging is Log',
    reason:
      "every query writes a line to the node's journal, which costs CPU and disk space, and errors are no longer " +
      'logged for the zone',
    source: 'AgentBaker, localdns Corefile template: log replaces errors',
    judge: ({ zones }) =>
      zones
        .filter(({ settings }) => settings.queryLogging === 'Log')
        .map((zone) => ({
          place: zone.at('queryLogging'),
          what: `queryLogging is Log for ${quoted(zone.name)} of ${zone.map}`,
          instead: 'Error',
        })),
  },
  {
    id: 'L079',
    severity: 'warn',
    trigger: 'The Corefile is longer than 120 KiB in base64',
    reason:
      'the node passes it as a single environment string, which Linux limits to 128 KiB, so LocalDNS would not start',
    source: 'AgentBaker, /etc/localdns/environment; Linux, MAX_ARG_STRLEN',
    judge: (view) => tooLong(view),
  },
];

function concurrency({ zones }: LintView, matches: (limit: number) => boolean): readonly Hit[] {
  return zones.flatMap((zone) => {
    const limit = zone.settings.maxConcurrent;
    if (limit === undefined || !matches(limit)) return [];
    return [
      {
        place: zone.at('maxConcurrent'),
        what: `maxConcurrent is ${String(limit)} for ${quoted(zone.name)} of ${zone.map}`,
      },
    ];
  });
}

function memory({ place, zones, maps }: LintView): readonly Hit[] {
  if (zones.length === 0) return [];
  const limits = [
    ...zones.map(({ settings }) => settings.maxConcurrent ?? 0),
    // A map that is not in the file has its defaults.
    ...overrideMaps
      .filter((map) => !maps.includes(map))
      .flatMap((map) => Object.values(documentedDefault()[map]).map(({ maxConcurrent }) => maxConcurrent)),
  ];
  const queries = limits.reduce((sum, limit) => sum + limit, 0);
  const bytes = queries * bytesPerQuery + limits.length * bytesPerCache;
  if (bytes <= memoryLimit) return [];
  const what = `Full caches of ${count(limits.length, 'zone')} and ${String(queries)} concurrent queries would need about ${String(Math.round(bytes / 1e6))} MB, but LocalDNS may use only 134 MB`;
  return [{ place, what, ...(queries * bytesPerQuery > queryMemoryThreshold ? {} : { severity: 'info' as const }) }];
}

function tooLong(view: LintView): readonly Hit[] {
  const { place, zones } = view;
  if (zones.length < minZonesForLength || zones.some(({ name }) => nameProblem(name) !== undefined)) return [];
  // The variant with the hosts plugin is the longer one.
  const length =
    Math.ceil(new TextEncoder().encode(renderCorefile(profileOf(view), { hostsPlugin: true })).length / 3) * 4;
  return length > maxBase64Length
    ? [{ place, what: `The Corefile has ${count(Math.round(length / 1024), 'KiB', 'KiB')} in base64` }]
    : [];
}

/** The profile with its effective zones; an invalid value is replaced by its default, which has a similar length. */
function profileOf({ mode, zones }: LintView): EffectiveProfile {
  const map = (name: OverrideMap): Readonly<Record<string, FullOverride>> =>
    Object.fromEntries(zones.filter((zone) => zone.map === name).map((zone) => [zone.name, filled(zone)]));
  return {
    mode: mode ?? 'Required',
    vnetDNSOverrides: map('vnetDNSOverrides'),
    kubeDNSOverrides: map('kubeDNSOverrides'),
  };
}

function filled({ map, name, settings }: LintZone): FullOverride {
  const defaults = defaultOverride(map, name);
  const usable = settingNames.filter((setting) => {
    const value = settings[setting];
    return typeof value === 'string' || Number.isSafeInteger(value);
  });
  return { ...defaults, ...Object.fromEntries(usable.map((setting) => [setting, settings[setting]])) };
}
