import type { OverrideMap } from '../../../model/profile.ts';
import type { FullOverride } from '../defaults.ts';
import { azureDnsAddress } from '../render/addresses.ts';
import { generationOf } from '../render/corefile.ts';
import { destinationOf, withVnetServers } from '../render/upstreams.ts';
import type { Lookup } from './lookup.ts';
import { staleWindow } from './caching.ts';
import type { FailurePlan, ForwardPlan } from './lookup-explanation.ts';

/** How the block forwards a query that neither its cache nor the node answers. Source: CoreDNS, plugin/forward. */
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
        ? 'no limit; each concurrent query takes about 2 KB of the memory of LocalDNS'
        : `more than ${String(override.maxConcurrent)} concurrent upstream queries for this zone are answered with REFUSED; answers from the cache do not count`,
  };
}

function destinationReason(map: OverrideMap, zone: string, override: FullOverride): string {
  const destination = destinationOf(map, zone, override);
  const setting = `forwardDestination is ${override.forwardDestination}`;
  if (destination === override.forwardDestination) return setting;
  const always =
    map === 'vnetDNSOverrides' && zone === '.'
      ? "the root zone of the VNet map is forwarded to the VNet's servers"
      : "a zone that ends with cluster.local is forwarded to the cluster's CoreDNS";
  return `${always}, although ${setting}`;
}

function policyEffect(override: FullOverride, servers: number): string {
  if (servers === 1) return 'no effect: there is only one upstream server';
  const failover =
    'the next one is queried only after a network error; SERVFAIL, NXDOMAIN and REFUSED count as answers';
  if (override.forwardPolicy === 'RoundRobin') return `each query starts with the next server; ${failover}`;
  if (override.forwardPolicy === 'Random') return `each query starts with a random server; ${failover}`;
  return `always the first server; ${failover}`;
}

type Protocols = Pick<ForwardPlan, 'protocol' | 'protocolEffect' | 'refreshProtocol'>;

/** A refresh in the background uses TCP unless `prefer_udp` is set. Source: CoreDNS, plugin/cache, prefetchAddr. */
function protocols(override: FullOverride, lookup: Lookup): Protocols {
  const refreshes = override.serveStale === 'Immediate' && staleWindow(override) > 0;
  if (override.protocol === 'ForceTCP') {
    return {
      protocol: 'tcp',
      protocolEffect: 'always TCP; connections are kept for 10 s and reused',
      refreshProtocol: refreshes ? 'tcp' : null,
    };
  }
  if (override.protocol === 'PreferUDP' && generationOf(lookup.template).writesPreferUdp) {
    return {
      protocol: 'udp',
      protocolEffect: 'UDP, then TCP if the answer is truncated',
      refreshProtocol: refreshes ? 'udp' : null,
    };
  }
  return {
    protocol: 'as-client',
    protocolEffect: 'the protocol of the client: node images before 2026-08-12 do not write PreferUDP',
    refreshProtocol: refreshes ? 'tcp' : null,
  };
}

/**
 * CoreDNS waits 2 s for a server, 5 s in total, until probes every 0.5 s have failed more than twice; then it tries
 * once per query. Source: CoreDNS, plugin/forward, plugin/pkg/proxy; measured with 1.14.3 and 1.12.1, which agree.
 */
const waitsByDefault =
  'after about 6 s for the first queries and 2 s later if the upstream server does not respond, or after about 1 s ' +
  'and immediately later if it refuses connections';

/** Source: CoreDNS 1.12.1, plugin/forward, failfast_all_unhealthy_upstreams. */
const waitsWithFailfast =
  'for the first queries after about 6 s if the upstream server does not respond and about 1 s if it refuses ' +
  'connections, and immediately later, because failfastAllUnhealthyUpstreams is true';

/** Null if the node configures no health check. Source: CoreDNS, plugin/forward, health_check. */
function healthCheckEffect({ healthCheck }: FullOverride, lookup: Lookup): string | null {
  const { duration, noRecursion, domain } = healthCheck ?? {};
  if (duration === undefined || duration === '') return null;
  if (!generationOf(lookup.template).watchesUpstreams)
    return 'no effect: node images before 2026-08-12 do not support it';
  return `a failed upstream server is probed with ${domain ?? '.'} every ${duration}${noRecursion === true ? ' without recursion' : ''} until it answers`;
}

export function failurePlan(override: FullOverride, lookup: Lookup): FailurePlan {
  const failfast = override.failfastAllUnhealthyUpstreams === true && generationOf(lookup.template).watchesUpstreams;
  const waits = failfast ? waitsWithFailfast : waitsByDefault;
  const newName = `SERVFAIL, ${waits}`;
  if (staleWindow(override) === 0)
    return { knownName: `answered from the cache until the TTL expires, then ${newName}`, newName };
  const within = `for ${String(staleWindow(override))} s after the TTL expires, with TTL 0; then ${newName}`;
  return override.serveStale === 'Verify'
    ? { knownName: `the stale answer, ${waits}, ${within}`, newName }
    : { knownName: `the stale answer immediately ${within}`, newName };
}
