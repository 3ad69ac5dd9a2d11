import type {
  EffectiveProfile,
  FullOverride,
  LocalDnsMode,
  LocalDnsOverrides,
  OverrideMap,
} from '../../model/profile.ts';

import { settingNames, type SettingName } from './settings.ts';

export type { FullOverride } from '../../model/profile.ts';
export type FullOverrides = EffectiveProfile[OverrideMap];

/** The two zones that each map must have. */
export const requiredZones = ['.', 'cluster.local'] as const;

/**
 * The node compares the end of the key as a string, ignoring labels. Source: AgentBaker, localdns Corefile template.
 */
export function endsInClusterLocal(zone: string): boolean {
  return zone.endsWith('cluster.local');
}

/**
 * The documented defaults of the service, which differ from those of the SDKs (ClusterCoreDNS and PreferUDP
 * everywhere). A zone below `cluster.local` must not use the VNet's servers, so it uses the cluster's CoreDNS. Source:
 * AKS documentation, localdns-custom, table of settings; Azure CLI live tests, kube- and
 * vnetDnsOverridesExpectedDefault.
 */
export function defaultOverride(map: OverrideMap, zone: string): FullOverride {
  return {
    queryLogging: 'Error',
    protocol: zone === 'cluster.local' ? 'ForceTCP' : 'PreferUDP',
    forwardDestination: map === 'kubeDNSOverrides' || endsInClusterLocal(zone) ? 'ClusterCoreDNS' : 'VnetDNS',
    forwardPolicy: 'Sequential',
    maxConcurrent: 1000,
    cacheDurationInSeconds: 3600,
    serveStaleDurationInSeconds: 3600,
    serveStale: 'Immediate',
  };
}

export function filledOverrides(map: OverrideMap, given: LocalDnsOverrides): FullOverrides {
  return Object.fromEntries(
    Object.entries(given).map(([zone, override]) => [zone, { ...defaultOverride(map, zone), ...override }]),
  );
}

function defaultOverrides(map: OverrideMap): FullOverrides {
  return Object.fromEntries(requiredZones.map((zone) => [zone, defaultOverride(map, zone)]));
}

/** What Azure stores for a profile that has only a mode. Source: Azure CLI recording, required_mode_only. */
export function documentedDefault(mode: LocalDnsMode = 'Required'): EffectiveProfile {
  return {
    mode,
    vnetDNSOverrides: defaultOverrides('vnetDNSOverrides'),
    kubeDNSOverrides: defaultOverrides('kubeDNSOverrides'),
  };
}

/** Default settings as text for a file: `"queryLogging": "Error", …`. */
export function writtenOut(map: OverrideMap, zone: string, names: readonly SettingName[] = settingNames): string {
  const defaults = defaultOverride(map, zone);
  return names.map((name) => `"${name}": ${JSON.stringify(defaults[name])}`).join(', ');
}
