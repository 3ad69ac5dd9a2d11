import type { JsonValue } from '../../../../src/core/json.ts';
import { documentedDefault } from '../../../../src/domain/localdns/index.ts';
import type { LintFacts } from '../../../../src/domain/localdns/lint/index.ts';
import type { LocalDnsMode, OverrideMap } from '../../../../src/model/profile.ts';

/** A file and the known facts about its cluster. */
export interface Example {
  readonly file: string;
  readonly facts?: LintFacts;
  /** Set if it differs from the severity of the rule. */
  readonly severity?: 'fail' | 'warn' | 'info';
}

/** A file that violates a rule, and a similar one that does not. */
export interface Pair {
  readonly breaks: Example;
  readonly keeps: Example;
}

type Settings = Readonly<Record<string, JsonValue>>;
type Zones = Readonly<Record<string, Settings>>;

const custom: Settings = {
  queryLogging: 'Error',
  protocol: 'PreferUDP',
  forwardDestination: 'VnetDNS',
  forwardPolicy: 'Sequential',
  maxConcurrent: 1000,
  cacheDurationInSeconds: 3600,
  serveStaleDurationInSeconds: 3600,
  serveStale: 'Immediate',
};

/** The complete documented default, with changed settings or added zones. */
export function withZones(vnet: Zones, kube: Zones = {}, mode: LocalDnsMode = 'Required'): string {
  const base = documentedDefault(mode);
  const map = (name: OverrideMap, changes: Zones): Zones => {
    const zones: Record<string, Settings> = Object.fromEntries(
      Object.entries(base[name]).map(([zone, settings]) => [zone, { ...settings }]),
    );
    for (const [zone, settings] of Object.entries(changes)) zones[zone] = { ...(zones[zone] ?? custom), ...settings };
    return zones;
  };
  return JSON.stringify(
    { mode, vnetDNSOverrides: map('vnetDNSOverrides', vnet), kubeDNSOverrides: map('kubeDNSOverrides', kube) },
    null,
    2,
  );
}

const vnetRoot = (settings: Settings): Example => ({ file: withZones({ '.': settings }) });
const kubeRoot = (settings: Settings): Example => ({ file: withZones({}, { '.': settings }) });
const bothHave = (zone: string, settings: Settings = {}): Example => ({
  file: withZones({ [zone]: settings }, { [zone]: settings }),
});
const given = (facts: LintFacts, file = withZones({})): Example => ({ file, facts });
const many = (amount: number, length: number): Zones =>
  Object.fromEntries(
    Array.from({ length: amount }, (_, index) => [`z${String(index)}.${'a'.repeat(60)}.${'b'.repeat(length)}`, {}]),
  );
const shortStale: Zones = { 'cluster.local': { serveStaleDurationInSeconds: 300 } };
const servers = (amount: number): readonly string[] =>
  Array.from({ length: amount }, (_, index) => `10.1.0.${String(index + 1)}`);

export const examples: Readonly<Record<string, Pair>> = {
  L012: { breaks: { file: withZones({}).replace('"queryLogging": "Error",', '') }, keeps: { file: withZones({}) } },
  L020: {
    breaks: bothHave('my-cluster.local', { forwardDestination: 'ClusterCoreDNS' }),
    keeps: bothHave('my.cluster.local', { forwardDestination: 'ClusterCoreDNS' }),
  },
  L021: {
    breaks: bothHave('Example.com'),
    keeps: bothHave('svc.cluster.local', { forwardDestination: 'ClusterCoreDNS' }),
  },
  L022: { breaks: given({ clusterDomain: 'cluster.example' }), keeps: given({ clusterDomain: 'Cluster.Local.' }) },
  L023: { breaks: bothHave('microsoft.com'), keeps: bothHave('cloudapp.com') },
  L024: {
    breaks: { file: withZones({ 'example.com': {}, 'a.b.example.com': {} }) },
    keeps: { file: withZones({ 'example.com': {}, 'ab-example.com': {} }) },
  },
  L025: {
    breaks: { file: withZones({ 'example.com': {} }) },
    keeps: { file: withZones({ 'example.com': {} }, { 'Example.com.': {} }) },
  },
  L026: { breaks: kubeRoot({ forwardDestination: 'VnetDNS' }), keeps: bothHave('example.com') },
  L027: {
    breaks: given({ coreDnsCustomDomains: ['corp.example.com'] }, withZones({}, { 'example.com': {} })),
    keeps: given(
      { coreDnsCustomDomains: ['corp.example.com'] },
      withZones({}, { 'example.com': {}, 'corp.example.com': { forwardDestination: 'ClusterCoreDNS' } }),
    ),
  },
  L028: {
    breaks: { file: withZones({}, { '10.in-addr.arpa': {} }) },
    keeps: {
      file: withZones({ '10.in-addr.arpa': {} }, { '10.in-addr.arpa': { forwardDestination: 'ClusterCoreDNS' } }),
    },
  },
  L030: { breaks: vnetRoot({ cacheDurationInSeconds: 3601 }), keeps: vnetRoot({ cacheDurationInSeconds: 3600 }) },
  L031: {
    breaks: vnetRoot({ cacheDurationInSeconds: 29, serveStale: 'Disable' }),
    keeps: vnetRoot({ cacheDurationInSeconds: 29 }),
  },
  L032: {
    breaks: { file: withZones({}) },
    keeps: {
      file: withZones({}, { '.': { cacheDurationInSeconds: 30 }, 'cluster.local': { cacheDurationInSeconds: 30 } }),
    },
  },
  L040: {
    breaks: { file: withZones({ ...shortStale, 'privatelink.example': {} }, shortStale) },
    keeps: {
      file: withZones({ ...shortStale, 'privatelink.example': { serveStaleDurationInSeconds: 300 } }, shortStale),
    },
  },
  L041: {
    breaks: { file: withZones({}) },
    keeps: {
      file: withZones(
        { '.': { serveStale: 'Verify' }, 'cluster.local': { serveStale: 'Disable' } },
        { '.': { serveStale: 'Verify' }, 'cluster.local': { serveStaleDurationInSeconds: 0 } },
      ),
    },
  },
  L042: { breaks: vnetRoot({ serveStale: 'Verify' }), keeps: vnetRoot({ serveStale: 'Immediate' }) },
  L043: { breaks: vnetRoot({ serveStaleDurationInSeconds: 0 }), keeps: vnetRoot({ serveStaleDurationInSeconds: 1 }) },
  L044: {
    breaks: vnetRoot({ serveStaleDurationInSeconds: 86_401 }),
    keeps: vnetRoot({ serveStaleDurationInSeconds: 86_400 }),
  },
  L045: { breaks: vnetRoot({ serveStaleDurationInSeconds: 59 }), keeps: vnetRoot({ serveStaleDurationInSeconds: 60 }) },
  L046: {
    breaks: vnetRoot({ healthCheck: { domain: 'a.example' } }),
    keeps: vnetRoot({ healthCheck: { duration: '1s' } }),
  },
  L050: { breaks: vnetRoot({ maxConcurrent: 0 }), keeps: vnetRoot({ maxConcurrent: 100 }) },
  L051: { breaks: vnetRoot({ maxConcurrent: 99 }), keeps: vnetRoot({ maxConcurrent: 100 }) },
  L052: { breaks: vnetRoot({ maxConcurrent: 20_000 }), keeps: vnetRoot({ maxConcurrent: 2000 }) },
  L060: { breaks: vnetRoot({ queryLogging: 'Log' }), keeps: vnetRoot({ queryLogging: 'Error' }) },
  L061: { breaks: vnetRoot({ protocol: 'ForceTCP' }), keeps: kubeRoot({ protocol: 'ForceTCP' }) },
  L062: { breaks: given({ nodeImageDate: '2026-07' }), keeps: given({ nodeImageDate: '2026-08' }) },
  L063: {
    breaks: kubeRoot({ forwardPolicy: 'Random' }),
    keeps: { ...vnetRoot({ forwardPolicy: 'Random' }), facts: { vnetDnsServers: servers(2) } },
  },
  L064: { breaks: given({ vnetDnsServers: servers(2) }), keeps: given({ vnetDnsServers: servers(1) }) },
  L070: { breaks: { file: '{"mode":"Preferred"}' }, keeps: { file: '{"mode":"Disabled"}' } },
  L071: { breaks: given({ nodeCount: 3 }), keeps: given({ nodeCount: 0 }) },
  L072: {
    breaks: { ...given({ kubernetesVersion: '1.30.9' }), severity: 'fail' },
    keeps: given({ kubernetesVersion: 'v1.31.0' }),
  },
  L079: { breaks: { file: withZones(many(98, 63), many(98, 63)) }, keeps: { file: withZones(many(98, 1), {}) } },
  L080: {
    breaks: given({ vnetDnsServers: ['10.1.0.4', '169.254.10.10'] }),
    keeps: given({ vnetDnsServers: ['10.1.0.4'] }),
  },
};
