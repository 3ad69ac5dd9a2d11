import { UsageError } from '../../../core/errors.ts';
import { oneLine } from '../../../core/text.ts';
import { azureDnsAddress, checkedAddress, defaultCoreDnsServiceIp } from '../render/addresses.ts';
import type { CorefileTemplate } from '../render/corefile.ts';
import { checkedServers } from '../render/upstreams.ts';
import { checkedDomain, checkedName } from './names.ts';
import { defaultCoreDnsVersion } from './ttl.ts';
import type { DnsPolicy, LookupInput } from './lookup-explanation.ts';

/** A validated lookup with all defaults filled in. */
export interface Lookup {
  readonly name: string;
  readonly type: string;
  readonly dnsPolicy: DnsPolicy;
  readonly hostNetwork: boolean;
  readonly namespace: string;
  readonly ndots: number | undefined;
  readonly vnetDnsServers: readonly string[];
  readonly coreDnsServiceIp: string;
  readonly clusterDomain: string;
  readonly nodeSuffix: { readonly domain: string; readonly assumed: boolean };
  readonly template: CorefileTemplate;
  readonly hostsPlugin: boolean;
  /** In lower case, without a trailing dot. */
  readonly criticalFqdns: ReadonlySet<string> | undefined;
  readonly coreDnsVersion: string;
}

/** @throws UsageError for an invalid DNS name, address, type or ndots value. */
export function checkedLookup(input: LookupInput): Lookup {
  const vnetDnsServers = checkedServers(input.vnetDnsServers ?? []);
  return {
    name: checkedName(input.name),
    type: checkedType(input.type ?? 'A'),
    dnsPolicy: input.dnsPolicy ?? 'ClusterFirst',
    hostNetwork: input.hostNetwork ?? false,
    namespace: checkedDomain(input.namespace ?? 'default', 'namespace'),
    ndots: checkedNdots(input.ndots),
    vnetDnsServers,
    coreDnsServiceIp: checkedAddress(input.coreDnsServiceIp ?? defaultCoreDnsServiceIp, 'DNS service of the cluster'),
    clusterDomain: checkedDomain(input.clusterDomain ?? 'cluster.local', 'cluster domain'),
    nodeSuffix: nodeSuffix(input.nodeSuffix, vnetDnsServers),
    template: input.template ?? 'current',
    hostsPlugin: input.hostsPlugin ?? false,
    criticalFqdns:
      input.criticalFqdns === undefined
        ? undefined
        : new Set(input.criticalFqdns.map((name) => name.toLowerCase().replace(/\.$/, ''))),
    coreDnsVersion: input.coreDnsVersion ?? defaultCoreDnsVersion,
  };
}

/**
 * Azure gives a VNet with Azure DNS its own domain, and a VNet with custom DNS servers `reddog.microsoft.com`. Source:
 * Azure documentation, name resolution for VMs.
 */
function nodeSuffix(given: string | undefined, servers: readonly string[]): Lookup['nodeSuffix'] {
  if (given !== undefined)
    return { domain: given === '' ? '' : checkedDomain(given, "node's search domain"), assumed: false };
  const azure = servers.every((server) => server === azureDnsAddress);
  return { domain: azure ? 'id.location.internal.cloudapp.net' : 'reddog.microsoft.com', assumed: true };
}

function checkedType(type: string): string {
  if (!/^[A-Za-z][A-Za-z0-9-]{0,15}$/.test(type))
    throw new UsageError(`'${oneLine(type)}' is not a DNS record type.`, ['Use a type such as A, AAAA, SRV or TXT.']);
  return type.toUpperCase();
}

/** Source: glibc, RES_MAXNDOTS. */
const maxNdots = 15;

function checkedNdots(ndots: number | undefined): number | undefined {
  if (ndots === undefined || (Number.isInteger(ndots) && ndots >= 0 && ndots <= maxNdots)) return ndots;
  throw new UsageError(`ndots must be a whole number from 0 to ${String(maxNdots)}, but is ${String(ndots)}.`);
}
