import type { OverrideMap } from '../../../model/profile.ts';
import type { FullOverride } from '../defaults.ts';
import { azureDnsAddress } from '../render/addresses.ts';
import { generationOf } from '../render/corefile.ts';
import { destinationOf, withVnetServers } from '../render/upstreams.ts';
import type { Lookup } from './lookup.ts';
import { staleWindow } from './caching.ts';
import type { FailurePlan, ForwardPlan } from './types.ts';

/**
 * What the block does with a query that neither its cache nor the node itself answers. Source: CoreDNS, plugin/forward.
 */
export function forwardPlan(map: OverrideMap, zone: string, override: FullOverride, lookup: Lookup): ForwardPlan {
  const destination = destinationOf(map, zone, override);
  const address = destination === 'ClusterCoreDNS' ? lookup.coreDnsServiceIp : azureDnsAddress;
  const upstreams = withVnetServers(address, lookup.vnetDnsServers).split(' ');
  return {
    destination,
    why: destinationReason(map, zone, override),
    upstreams,
    policy: override.forwardPolicy,
    policyEffect: policyEffect(override, upstreams.length),
    ...protocols(override, lookup),
    healthCheckEffect: healthCheckEffect(override, lookup),
    maxConcurrent: override.maxConcurrent === 0 ? null : override.maxConcurrent,
    concurrencyEffect:
      override.maxConcurrent === 0
        ? 'no limit; each query under way takes about 2 KB of the memory of LocalDNS'
        : `more than ${String(override.maxConcurrent)} queries to upstreams of this zone at once are answered REFUSED; answers from the cache do not count`,
  };
}

function destinationReason(map: OverrideMap, zone: string, override: FullOverride): string {
  const destination = destinationOf(map, zone, override);
  const setting = `forwardDestination is ${override.forwardDestination}`;
  if (destination === override.forwardDestination) return setting;
  const always =
    map === 'vnetDNSOverrides' && zone === '.'
      ? "the root zone of the VNet goes to the VNet's servers"
      : "a zone that ends in cluster.local goes to the cluster's CoreDNS";
  return `${always}, although ${setting}`;
}

function policyEffect(override: FullOverride, servers: number): string {
  if (servers === 1) return 'no effect: there is one upstream';
  const failover = 'the next one is asked on a network error alone: SERVFAIL, NXDOMAIN and REFUSED are answers';
  if (override.forwardPolicy === 'RoundRobin') return `each query begins with the next server; ${failover}`;
  if (override.forwardPolicy === 'Random') return `each query begins with any server; ${failover}`;
  return `always the first server; ${failover}`;
}

type Protocols = Pick<ForwardPlan, 'protocol' | 'protocolEffect' | 'refreshProtocol'>;

/**
 * A refresh in the background counts as asked over TCP, so that nothing but `prefer_udp` makes it UDP. Source: CoreDNS,
 * plugin/cache, prefetchAddr.
 */
function protocols(override: FullOverride, lookup: Lookup): Protocols {
  const refreshes = override.serveStale === 'Immediate' && staleWindow(override) > 0;
  if (override.protocol === 'ForceTCP') {
    return {
      protocol: 'tcp',
      protocolEffect: 'always TCP; connections are kept for 10 s and used again',
      refreshProtocol: refreshes ? 'tcp' : null,
    };
  }
  if (override.protocol === 'PreferUDP' && generationOf(lookup.template).writesPreferUdp) {
    return {
      protocol: 'udp',
      protocolEffect: 'UDP, and again over TCP where the answer is truncated',
      refreshProtocol: refreshes ? 'udp' : null,
    };
  }
  return {
    protocol: 'as-client',
    protocolEffect: 'the protocol that the client used: node images from before 2026-08-12 do not write PreferUDP',
    refreshProtocol: refreshes ? 'tcp' : null,
  };
}

/**
 * A server is waited for 2 s at a time, 5 s in all, until probes every 0.5 s have failed more than twice; then it is
 * tried once for each query. Source: CoreDNS, plugin/forward, plugin/pkg/proxy; measured with 1.14.3 and 1.12.1, which
 * agree.
 */
const waitsByDefault =
  'after about 6 s for the first queries and 2 s later where the upstream is silent, after about 1 s and at once later where it refuses connections';

/** Source: CoreDNS 1.12.1, plugin/forward, failfast_all_unhealthy_upstreams. */
const waitsWithFailfast =
  'after about 6 s for the first queries where the upstream is silent and about 1 s where it refuses connections, at once later: failfastAllUnhealthyUpstreams is true';

/** Null if the node writes no check of its own. Source: CoreDNS, plugin/forward, health_check. */
function healthCheckEffect({ healthCheck }: FullOverride, lookup: Lookup): string | null {
  const { duration, noRecursion, domain } = healthCheck ?? {};
  if (duration === undefined || duration === '') return null;
  if (!generationOf(lookup.template).watchesUpstreams)
    return 'not written: node images from before 2026-08-12 do not have it';
  return `an upstream that failed is asked for ${domain ?? '.'} every ${duration}${noRecursion === true ? ' without recursion' : ''}, until it answers`;
}

export function failurePlan(override: FullOverride, lookup: Lookup): FailurePlan {
  const failfast = override.failfastAllUnhealthyUpstreams === true && generationOf(lookup.template).watchesUpstreams;
  const waits = failfast ? waitsWithFailfast : waitsByDefault;
  const newName = `SERVFAIL, ${waits}`;
  if (staleWindow(override) === 0) return { knownName: `cached until its TTL is over, then ${newName}`, newName };
  const within = `for ${String(staleWindow(override))} s after its TTL is over, with TTL 0; then ${newName}`;
  return override.serveStale === 'Verify'
    ? { knownName: `the old answer, ${waits}, ${within}`, newName }
    : { knownName: `the old answer at once ${within}`, newName };
}
