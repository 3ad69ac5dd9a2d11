import type { Forecast } from '../../../model/report.ts';
import { exclusionOf } from '../exclusion.ts';
import { isOn, poolVersion, type PoolFacts } from '../facts.ts';
import { newestKnown, osSkuEnd } from '../../../model/aks-releases.ts';
import { osSku } from '../rules/os-sku.ts';
import { vmVcpus } from '../rules/vm-vcpus.ts';
import { policyEngine } from '../rules/network-plugin.ts';
import { atLeast, parseVersion, type Version } from '../../../model/kubernetes-version.ts';
import { shown } from '../verdict-parts.ts';
import { thresholdOn, type ForecastSource } from './thresholds.ts';

interface ForecastFinding {
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

function versionNow(facts: PoolFacts): Version | undefined {
  const text = poolVersion(facts);
  return text === undefined ? undefined : parseVersion(text);
}

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
    id: 'availability-set',
    since: '2025-07',
    source: {
      document: 'AKS docs, migrate to AKS: availability sets',
      link: 'https://learn.microsoft.com/azure/aks/aks-migration',
    },
    judge: ({ pool }) =>
      pool.type?.toLowerCase() === 'availabilityset'
        ? willNot('The pool is an availability set, which AKS never supported for LocalDNS and has retired.')
        : undefined,
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
    // The kind (`sku.name`), not the price tier: the page "applies to AKS Automatic, AKS Standard".
    id: 'cluster-kind',
    since: '2026-09-04',
    source: localDnsDocs,
    judge({ cluster }) {
      const kind = cluster.known ? cluster.value.skuName : undefined;
      switch (kind?.toLowerCase()) {
        case undefined:
        case '':
        case 'base':
          return undefined;
        case 'automatic':
          return willNot(
            'In AKS Automatic clusters new pools get LocalDNS when they are made; those that exist stay as they are.',
          );
        default:
          return unknown(
            `The cluster is of the kind ${shown(kind)}, and the sources speak of Base and Automatic alone.`,
          );
      }
    },
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
    id: 'past-threshold',
    since: '2026-09-04',
    source: localDnsDocs,
    judge(facts) {
      const now = versionNow(facts);
      const first = thresholdOn()?.version;
      if (now === undefined || first === undefined || !atLeast(now, first.major, first.minor)) return undefined;
      return willNot(
        `The pool runs Kubernetes ${wrote(now)}, from which on AKS turns LocalDNS on by itself, and is off: a compatibility check of AKS failed, or its region does not have the change yet. No further upgrade turns it on.`,
      );
    },
  },
  {
    id: 'version-not-offered',
    since: newestKnown.asOf,
    source: newestKnown.source,
    judge(_, version) {
      const { major, minor } = newestKnown.version;
      if (version.major === major && version.minor <= minor) return undefined;
      return unknown(
        `AKS refuses an upgrade to a version that it does not offer, and as of ${newestKnown.asOf} Kubernetes ${wrote(newestKnown.version)} is the newest that is known: what an upgrade to ${wrote(version)} brings cannot be foreseen.`,
      );
    },
  },
  {
    id: 'os-sku-ends',
    since: '2026-09-04',
    source: osSkuEnd.source,
    judge({ pool }, version) {
      const end = osSkuEnd.of(pool.osSku, version);
      return end === undefined
        ? undefined
        : unknown(
            `AKS refuses the upgrade to ${wrote(version)}: the OS SKU ${shown(pool.osSku)} ends with Kubernetes ${wrote(end.last)}. What comes after a move to ${end.next} is not foreseen.`,
          );
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
    judge: (facts, version) => ({
      outcome: 'will-enable',
      reason: `${modeOf(facts) === '' ? 'No profile of its own' : `The profile of mode ${shown(facts.pool.localDns?.mode)} leaves it to AKS`}, and nothing that Azure shows stands in the way on Kubernetes ${wrote(version)}; only NodeLocal DNSCache (kube-system/node-local-dns) or network policies in the cluster, which Azure does not show, would keep it off.`,
    }),
  },
];
