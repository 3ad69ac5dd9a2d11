import type { EffectiveProfile, OverrideMap } from '../../../model/profile.ts';
import { azureDnsAddress, checkedAddress, defaultCoreDnsServiceIp, healthCheckZone, listeners } from './addresses.ts';
import { blockLines, type Rendering } from './block.ts';

/**
 * The template of node images as they are built now, or before 2026-08-12, when `PreferUDP` was not written. Source:
 * AgentBaker, pull request 9164.
 */
export const corefileTemplates = ['current', 'pre-2026-08'] as const;
export type CorefileTemplate = (typeof corefileTemplates)[number];

export interface RenderOptions {
  readonly template?: CorefileTemplate | undefined;
  /** The variant that asks /etc/localdns/hosts first. */
  readonly hostsPlugin?: boolean | undefined;
  /** The cluster's DNS service; 10.0.0.10 where absent. */
  readonly coreDnsServiceIp?: string | undefined;
}

const rule = `# ${'*'.repeat(83)}`;

const head = [
  rule,
  '# WARNING: Changes to this file will be overwritten and not persisted.',
  rule,
  '# whoami (used for health check of DNS)',
  `${healthCheckZone}:53 {`,
  `    bind ${listeners.vnetDNSOverrides.address} ${listeners.kubeDNSOverrides.address}`,
  '    whoami',
  '}',
] as const;

const remarks: Readonly<Record<OverrideMap, string>> = {
  vnetDNSOverrides:
    '# VnetDNS overrides apply to DNS traffic from pods with dnsPolicy:default or kubelet (referred to as VnetDNS traffic).',
  kubeDNSOverrides:
    '# KubeDNS overrides apply to DNS traffic from pods with dnsPolicy:ClusterFirst (referred to as KubeDNS traffic).',
};

/**
 * The Corefile as the node gets it, before the node puts the VNet's DNS servers in (`effectiveCorefile`). Byte for byte
 * the template of AgentBaker, pkg/agent/baker.go. A profile without zones gives the health check alone.
 * @throws UsageError for a service address that is none
 */
export function renderCorefile(profile: EffectiveProfile, options: RenderOptions = {}): string {
  const rendering: Rendering = {
    writesPreferUdp: options.template !== 'pre-2026-08',
    hostsPlugin: options.hostsPlugin ?? false,
    addresses: {
      VnetDNS: azureDnsAddress,
      ClusterCoreDNS: checkedAddress(options.coreDnsServiceIp ?? defaultCoreDnsServiceIp, 'DNS service of the cluster'),
    },
  };
  const lines = [
    ...(options.template === 'pre-2026-08' ? [''] : []),
    ...head,
    remarks.vnetDNSOverrides,
    ...mapLines(profile, 'vnetDNSOverrides', rendering),
    remarks.kubeDNSOverrides,
    ...mapLines(profile, 'kubeDNSOverrides', rendering),
  ];
  return `${lines.join('\n')}\n`;
}

/** Go sorts the zones by their bytes; they are ASCII here, so JavaScript's order is the same. */
function mapLines(profile: EffectiveProfile, map: OverrideMap, rendering: Rendering): readonly string[] {
  return Object.entries(profile[map])
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([zone, override]) => blockLines(map, zone, override, rendering));
}
