import type { EffectiveProfile, OverrideMap } from '../../../model/profile.ts';
import { azureDnsAddress, checkedAddress, defaultCoreDnsServiceIp, healthCheckZone, listeners } from './addresses.ts';
import { blockLines, type Rendering } from './block.ts';

/** The generations of the node agent's template, newest first. */
export const templateGenerations = ['2026-11', '2026-08', 'pre-2026-08'] as const;
export type TemplateGeneration = (typeof templateGenerations)[number];
/** `current`: the newest. */
export type CorefileTemplate = TemplateGeneration | 'current';

interface Generation {
  /** Whether `PreferUDP` is written. Source: AgentBaker, pull request 9164 of 2026-08-12. */
  readonly writesPreferUdp: boolean;
  /** Source: AgentBaker, pull request 9379. */
  readonly watchesUpstreams: boolean;
  /**
   * Whether the health check block has `reload` and all others have `loadbalance`, which rotates answers with several
   * addresses. The first image with it is not known. Source: AgentBaker, pull requests 9018 and 9468.
   */
  readonly loadBalances: boolean;
  readonly beginsWithEmptyLine: boolean;
}

const generations: Readonly<Record<TemplateGeneration, Generation>> = {
  '2026-11': { writesPreferUdp: true, watchesUpstreams: true, loadBalances: true, beginsWithEmptyLine: false },
  '2026-08': { writesPreferUdp: true, watchesUpstreams: true, loadBalances: false, beginsWithEmptyLine: false },
  'pre-2026-08': { writesPreferUdp: false, watchesUpstreams: false, loadBalances: false, beginsWithEmptyLine: true },
};

/** The features of a template generation; defaults to the newest. */
export function generationOf(template: CorefileTemplate = 'current'): Generation {
  return generations[template === 'current' ? templateGenerations[0] : template];
}

export interface RenderOptions {
  readonly template?: CorefileTemplate | undefined;
  /** The variant that looks up /etc/localdns/hosts first. */
  readonly hostsPlugin?: boolean | undefined;
  /** The cluster's DNS service; defaults to 10.0.0.10. */
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
] as const;

const remarks: Readonly<Record<OverrideMap, string>> = {
  vnetDNSOverrides:
    '# VnetDNS overrides apply to DNS traffic from pods with dnsPolicy:default or kubelet (referred to as VnetDNS ' +
    'traffic).',
  kubeDNSOverrides:
    '# KubeDNS overrides apply to DNS traffic from pods with dnsPolicy:ClusterFirst (referred to as KubeDNS traffic).',
};

/**
 * The Corefile that the node receives, before it inserts the VNet's DNS servers (`effectiveCorefile`). Byte for byte
 * the output of the AgentBaker template, pkg/agent/baker.go. A profile without zones results in the health check only.
 * @throws UsageError for an invalid service address.
 */
export function renderCorefile(profile: EffectiveProfile, options: RenderOptions = {}): string {
  const generation = generationOf(options.template);
  const rendering: Rendering = {
    writesPreferUdp: generation.writesPreferUdp,
    watchesUpstreams: generation.watchesUpstreams,
    loadBalances: generation.loadBalances,
    hostsPlugin: options.hostsPlugin ?? false,
    addresses: {
      VnetDNS: azureDnsAddress,
      ClusterCoreDNS: checkedAddress(options.coreDnsServiceIp ?? defaultCoreDnsServiceIp, 'DNS service of the cluster'),
    },
  };
  const lines = [
    ...(generation.beginsWithEmptyLine ? [''] : []),
    ...head,
    ...(generation.loadBalances ? ['    reload'] : []),
    '    whoami',
    '}',
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
