import { asString, at } from '../../../core/json.ts';
import type { Forecast } from '../../../model/report.ts';
import { exclusionOf } from '../exclusion.ts';
import { isOn, type PoolFacts } from '../facts.ts';
import { osSku } from '../rules/os-sku.ts';
import { vmVcpus } from '../rules/vm-vcpus.ts';
import { policyEngine } from '../rules/network-plugin.ts';
import { atLeast, type Version } from '../version.ts';
import { shown } from '../verdict-parts.ts';
import { thresholdOn, type ForecastSource } from './thresholds.ts';

export interface ForecastFinding {
  readonly outcome: Forecast['outcome'];
  readonly reason: string;
}

/** The first rule that has something to say decides. */
export interface ForecastRule {
  readonly id: string;
  readonly since: string;
  readonly source: ForecastSource;
  /** `version`: what the pool runs after the upgrade. */
  judge(facts: PoolFacts, version: Version): ForecastFinding | undefined;
}

const releaseNotes = {
  document: 'AKS release notes, 2026-05-29',
  link: 'https://github.com/Azure/AKS/blob/master/CHANGELOG.md',
} as const;
const newerNotes = { document: 'AKS release notes, 2026-09-04', link: releaseNotes.link } as const;
const localDnsDocs = {
  document: 'AKS docs, DNS resolution with LocalDNS',
  link: 'https://learn.microsoft.com/azure/aks/localdns-custom',
} as const;
const karpenter = {
  document: 'karpenter-provider-azure, what Preferred needs',
  link: 'https://github.com/Azure/karpenter-provider-azure',
} as const;

function wrote({ major, minor }: Version): string {
  return `${String(major)}.${String(minor)}`;
}

const willNot = (reason: string): ForecastFinding => ({ outcome: 'will-not', reason });
const unknown = (reason: string): ForecastFinding => ({ outcome: 'unknown', reason });

function modeOf(facts: PoolFacts): string {
  return facts.pool.localDns?.mode?.toLowerCase() ?? '';
}

/** What AKS itself looks at before it turns LocalDNS on; where a check fails, LocalDNS stays off without a word. */
const gates = [vmVcpus, osSku] as const;

export const forecastRules: readonly ForecastRule[] = [
  {
    id: 'already-on',
    since: '2025-07',
    source: {
      document: 'karpenter-provider-azure #1676: once on it stays on',
      link: 'https://github.com/Azure/karpenter-provider-azure/issues/1676',
    },
    judge: (facts) =>
      isOn(facts) ? { outcome: 'already-on', reason: 'LocalDNS is on already, and what is on stays on.' } : undefined,
  },
  {
    id: 'excluded',
    since: '2025-07',
    source: localDnsDocs,
    judge({ pool }) {
      const exclusion = exclusionOf(pool);
      if (exclusion === undefined) return undefined;
      return exclusion.certain ? willNot(exclusion.reason) : unknown(exclusion.reason);
    },
  },
  {
    id: 'explicit-profile',
    since: '2026-09-04',
    source: newerNotes,
    judge(facts) {
      const mode = modeOf(facts);
      if (mode === 'disabled')
        return {
          outcome: 'pinned',
          reason:
            'The pool has a profile of its own with mode Disabled, and an explicit profile wins over what AKS would set.',
        };
      if (mode === 'required')
        return {
          outcome: 'pinned',
          reason:
            'The pool has a profile of its own with mode Required, and an explicit profile wins: LocalDNS was asked for, whatever the version.',
        };
      return undefined;
    },
  },
  {
    id: 'threshold',
    since: '2026-09-04',
    source: newerNotes,
    judge(_, version) {
      const threshold = thresholdOn();
      if (threshold?.version === undefined)
        return willNot('By what AKS says now, no Kubernetes version turns LocalDNS on by itself.');
      const { major, minor } = threshold.version;
      if (atLeast(version, major, minor)) return undefined;
      return willNot(
        `By the word of ${threshold.since} AKS turns LocalDNS on by itself from Kubernetes ${wrote(threshold.version)} on, and ${wrote(version)} is before that.`,
      );
    },
  },
  {
    id: 'own-network-plugin',
    since: '2026-05-29',
    source: releaseNotes,
    judge: ({ cluster }) =>
      cluster.known && cluster.value.networkPlugin?.toLowerCase() === 'none'
        ? willNot('The cluster brings its own network plugin, and AKS leaves such clusters out.')
        : undefined,
  },
  {
    id: 'automatic',
    since: '2026-05-29',
    source: releaseNotes,
    judge: ({ cluster }) =>
      cluster.known && cluster.value.skuName?.toLowerCase() === 'automatic'
        ? willNot(
            'In AKS Automatic clusters new pools get LocalDNS when they are made; those that exist stay as they are.',
          )
        : undefined,
  },
  {
    id: 'prerequisites',
    since: '2026-07-06',
    source: karpenter,
    judge(facts) {
      const failed = gates.map((check) => check.judge(facts, 'ga')).find((verdict) => verdict?.status === 'fail');
      return failed === undefined
        ? undefined
        : willNot(`A prerequisite does not hold, and LocalDNS then stays off without a word: ${failed.reason}`);
    },
  },
  {
    id: 'cluster-not-known',
    since: '2026-05-29',
    source: releaseNotes,
    judge: ({ cluster }) =>
      cluster.known ? undefined : unknown(`It depends on the cluster, which is not known: ${cluster.why}`),
  },
  {
    id: 'network-policies',
    since: '2026-05-29',
    source: releaseNotes,
    judge({ cluster }) {
      const engine = cluster.known ? policyEngine(cluster.value) : undefined;
      return engine === undefined
        ? undefined
        : unknown(
            `AKS leaves clusters with ${engine} network policies out, and Azure does not show whether there are any.`,
          );
    },
  },
  {
    id: 'preferred',
    since: '2026-07-06',
    source: localDnsDocs,
    judge(facts) {
      if (facts.pool.localDns === undefined) return undefined;
      return unknown(
        `The pool has a profile of its own with mode ${shown(facts.pool.localDns.mode)}, which leaves it to AKS; the sources disagree on what comes of it.`,
      );
    },
  },
  {
    id: 'tier',
    since: '2026-09-04',
    source: newerNotes,
    judge({ cluster }) {
      const tier = cluster.known ? asString(at(cluster.value.resource, 'sku', 'tier')) : undefined;
      if (tier?.toLowerCase() === 'standard') return undefined;
      return unknown(
        `The release notes speak of Standard pools; what becomes of the tier ${shown(tier)} they do not say.`,
      );
    },
  },
  {
    id: 'prerequisites-not-known',
    since: '2026-07-06',
    source: karpenter,
    judge(facts) {
      const open = gates.map((check) => check.judge(facts, 'ga')).find((verdict) => verdict?.status === 'unknown');
      return open === undefined ? undefined : unknown(`Whether the prerequisites hold is not known: ${open.reason}`);
    },
  },
  {
    id: 'turns-on',
    since: '2026-09-04',
    source: newerNotes,
    judge: (_, version) => ({
      outcome: 'will-enable',
      reason: `No profile of its own, and nothing that Azure shows stands in the way on Kubernetes ${wrote(version)}; only NodeLocal DNSCache (kube-system/node-local-dns) or network policies in the cluster, which Azure does not show, would keep it off.`,
    }),
  },
];
