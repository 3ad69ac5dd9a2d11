/**
 * `localDNSProfile` of an agent pool, with ARM's own names. Source: Azure REST API, Microsoft.ContainerService from
 * 2025-09-01 on; `state` is read-only there and not included here.
 */
export const localDnsModes = ['Preferred', 'Required', 'Disabled'] as const;
export type LocalDnsMode = (typeof localDnsModes)[number];

export const overrideEnums = {
  queryLogging: ['Error', 'Log'],
  protocol: ['PreferUDP', 'ForceTCP'],
  forwardDestination: ['ClusterCoreDNS', 'VnetDNS'],
  forwardPolicy: ['Sequential', 'RoundRobin', 'Random'],
  serveStale: ['Verify', 'Immediate', 'Disable'],
} as const;

/** How the node watches upstream servers; `duration` is a Go duration: `500ms`, `1s`. */
export type LocalDnsHealthCheck = {
  readonly duration?: string;
  readonly noRecursion?: boolean;
  readonly domain?: string;
};

/** The settings of one zone. Durations are in seconds. */
export interface LocalDnsOverride {
  readonly queryLogging?: (typeof overrideEnums.queryLogging)[number];
  readonly protocol?: (typeof overrideEnums.protocol)[number];
  readonly forwardDestination?: (typeof overrideEnums.forwardDestination)[number];
  readonly forwardPolicy?: (typeof overrideEnums.forwardPolicy)[number];
  readonly maxConcurrent?: number;
  readonly cacheDurationInSeconds?: number;
  readonly serveStaleDurationInSeconds?: number;
  readonly serveStale?: (typeof overrideEnums.serveStale)[number];
  readonly failfastAllUnhealthyUpstreams?: boolean;
  readonly healthCheck?: LocalDnsHealthCheck;
}

/** Settings without a default, which the API supports from `newerSettingsSince` on. */
export const newerSettings = ['failfastAllUnhealthyUpstreams', 'healthCheck'] as const;
export type NewerSetting = (typeof newerSettings)[number];

/** A zone with every setting that has a default filled in. */
export type FullOverride = Required<Omit<LocalDnsOverride, NewerSetting>> & Pick<LocalDnsOverride, NewerSetting>;

/** Zone name to settings; `.` is the root zone. */
export type LocalDnsOverrides = Readonly<Record<string, LocalDnsOverride>>;

export const overrideMaps = ['vnetDNSOverrides', 'kubeDNSOverrides'] as const;
export type OverrideMap = (typeof overrideMaps)[number];

/**
 * A profile as it is written to a file or sent. An absent map keeps what is stored (update) or means the default (mode
 * only).
 */
export interface LocalDnsProfile {
  readonly mode: LocalDnsMode;
  readonly vnetDNSOverrides?: LocalDnsOverrides;
  readonly kubeDNSOverrides?: LocalDnsOverrides;
}

/** A profile with both maps and every field of every zone filled in: what the nodes get. */
export interface EffectiveProfile {
  readonly mode: LocalDnsMode;
  readonly vnetDNSOverrides: Readonly<Record<string, FullOverride>>;
  readonly kubeDNSOverrides: Readonly<Record<string, FullOverride>>;
}
