import type { OverrideMap } from '../../../model/profile.ts';
import type { FullOverride } from '../defaults.ts';
import { listeners } from './addresses.ts';
import { destinationOf, type Destination } from './upstreams.ts';

export interface Rendering {
  readonly writesPreferUdp: boolean;
  /** `health_check` and `failfast_all_unhealthy_upstreams`. */
  readonly watchesUpstreams: boolean;
  readonly loadBalances: boolean;
  readonly hostsPlugin: boolean;
  readonly addresses: Readonly<Record<Destination, string>>;
}

/**
 * The zone names that are safe in the head of a block: they cannot end it, begin another one, or be read as a quote, a
 * comment or a variable.
 */
const harmlessZone = /^[A-Za-z0-9._*:/-]+$/;

const hostsLines = [
  '    # Check /etc/localdns/hosts first for critical AKS FQDNs (mcr.microsoft.com, packages.aks.azure.com, etc.)',
  '    hosts /etc/localdns/hosts {',
  '        ttl 5',
  '        reload 5s',
  '        fallthrough',
  '    }',
] as const;

/** Answers NXDOMAIN on the node for dead ends of the search path. */
const guardLines = [
  '    template ANY ANY internal.cloudapp.net {',
  String.raw`        match "^(?:[^.]+\.){4,}internal\.cloudapp\.net\.$"`,
  '        rcode NXDOMAIN',
  '        fallthrough',
  '    }',
  '    template ANY ANY reddog.microsoft.com {',
  '        rcode NXDOMAIN',
  '    }',
] as const;

const queryLogging: Readonly<Record<string, readonly string[]>> = { Error: ['    errors'], Log: ['    log'] };
const policies: Readonly<Record<string, string>> = { RoundRobin: 'round_robin', Random: 'random' };
const staleModes: Readonly<Record<string, string>> = { Verify: 'verify', Immediate: 'immediate' };

/** The template ignores unknown values, which a newer service may have stored. */
function word<Value>(words: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(words, key) ? words[key] : undefined;
}

/** The lines of a server block. The reader rejects zones and numbers that could become another directive. */
export function blockLines(
  map: OverrideMap,
  zone: string,
  override: FullOverride,
  rendering: Rendering,
): readonly string[] {
  if (!harmlessZone.test(zone)) throw new Error(`This zone is not valid in a Corefile: ${JSON.stringify(zone)}`);
  const { address, nsid } = listeners[map];
  const root = zone === '.';
  return [
    `${zone}:53 {`,
    ...(word(queryLogging, override.queryLogging) ?? []),
    `    bind ${address}`,
    ...(root && rendering.hostsPlugin ? hostsLines : []),
    `    forward . ${rendering.addresses[destinationOf(map, zone, override)]} {`,
    ...protocolLines(override, rendering),
    `        policy ${word(policies, override.forwardPolicy) ?? 'sequential'}`,
    `        max_concurrent ${whole(override.maxConcurrent)}`,
    ...(rendering.watchesUpstreams ? watchingLines(override) : []),
    '    }',
    `    ready ${address}:8181`,
    `    cache ${whole(override.cacheDurationInSeconds)} {`,
    '        success 9984',
    '        denial 9984',
    ...staleLines(override),
    '        servfail 0',
    '    }',
    ...(rendering.loadBalances ? ['    loadbalance'] : []),
    '    loop',
    `    nsid ${nsid}`,
    '    prometheus :9253',
    ...(root ? guardLines : []),
    '}',
  ];
}

function protocolLines(override: FullOverride, rendering: Rendering): readonly string[] {
  if (override.protocol === 'ForceTCP') return ['        force_tcp'];
  return override.protocol === 'PreferUDP' && rendering.writesPreferUdp ? ['        prefer_udp'] : [];
}

/** Without a duration, the template writes no health check. Source: AgentBaker, pull request 9379. */
function watchingLines({ healthCheck = {}, failfastAllUnhealthyUpstreams }: FullOverride): readonly string[] {
  const { duration = '', noRecursion, domain = '' } = healthCheck;
  if (!/^[0-9a-z.]*$/.test(duration) || (domain !== '' && !harmlessZone.test(domain)))
    throw new Error(`This health check is not valid in a Corefile: ${JSON.stringify(healthCheck)}`);
  const options = `${noRecursion === true ? ' no_rec' : ''}${domain === '' ? '' : ` domain ${domain}`}`;
  return [
    ...(duration === '' ? [] : [`        health_check ${duration}${options}`]),
    ...(failfastAllUnhealthyUpstreams === true ? ['        failfast_all_unhealthy_upstreams'] : []),
  ];
}

function staleLines(override: FullOverride): readonly string[] {
  const mode = word(staleModes, override.serveStale);
  return mode === undefined ? [] : [`        serve_stale ${whole(override.serveStaleDurationInSeconds)}s ${mode}`];
}

function whole(value: number): string {
  if (!Number.isSafeInteger(value)) throw new Error(`This number is not valid in a Corefile: ${String(value)}`);
  return String(value);
}
