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

/** The first rule that returns a finding decides. */
export interface ForecastRule {
  readonly id: string;
  readonly since: string;
  readonly source: ForecastSource;
  /** `version`: the version that the pool runs after the upgrade. */
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
  document: 'karpenter-provider-azure, prerequisites of Preferred',
  link: 'https://github.com/Azure/karpenter-provider-azure',
} as const;

function written({ major, minor }: Version): string {
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

/** The prerequisites that AKS checks before it turns LocalDNS on; if one is not met, LocalDNS silently stays off. */
const gates = [vmVcpus, osSku] as const;

export const forecastRules: readonly ForecastRule[] = [
  {
    id: 'already-on',
    since: '2025-07',
    source: {
      document: 'karpenter-provider-azure #1676: once on, LocalDNS stays on',
      link: 'https://github.com/Azure/karpenter-provider-azure/issues/1676',
    },
    judge: (facts) =>
      isOn(facts) ? { outcome: 'already-on', reason: 'LocalDNS is already on and stays on.' } : undefined,
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
        ? willNot(
            'The pool is an availability set. AKS never supported LocalDNS on availability sets and has retired them.',
          )
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
            'The pool has an explicit profile with mode Disabled, which takes precedence over what AKS would set.',
        };
      if (mode === 'required')
        return {
          outcome: 'pinned',
          reason:
            'The pool has an explicit profile with mode Required, which takes precedence: LocalDNS was requested for ' +
            'every version.',
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
        return willNot('According to AKS, no Kubernetes version currently turns LocalDNS on automatically.');
      const { major, minor } = threshold.version;
      if (atLeast(version, major, minor)) return undefined;
      return willNot(
        `According to the AKS announcement of ${threshold.since}, LocalDNS is turned on automatically from ` +
          `Kubernetes ${written(threshold.version)} on; ${written(version)} is older.`,
      );
    },
  },
  {
    id: 'own-network-plugin',
    since: '2026-05-29',
    source: releaseNotes,
    judge: ({ cluster }) =>
      cluster.known && cluster.value.networkPlugin?.toLowerCase() === 'none'
        ? willNot('The cluster uses its own network plugin, and AKS skips such clusters.')
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
            'In AKS Automatic clusters, new pools get LocalDNS when they are created; existing pools are not changed.',
          );
        default:
          return unknown(`The cluster has the SKU ${shown(kind)}, and only Base and Automatic are documented.`);
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
        : willNot(`A prerequisite is not met, so LocalDNS silently stays off: ${failed.reason}`);
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
        `LocalDNS is off although the pool runs Kubernetes ${written(now)}, where AKS turns it on automatically: an ` +
          'AKS compatibility check failed, or the change is not available in the region yet. No further upgrade turns ' +
          'it on.',
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
        `Kubernetes ${written(version)} is newer than ${written(newestKnown.version)}, the newest version known as ` +
          `of ${newestKnown.asOf}. AKS rejects upgrades to a version that it does not offer, and the effect of such an ` +
          'upgrade is unknown.',
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
            `AKS rejects the upgrade to ${written(version)}, because the OS SKU ${shown(pool.osSku)} ends with ` +
              `Kubernetes ${written(end.last)}. There is no forecast for the pool after a move to ${end.next}.`,
          );
    },
  },
  {
    id: 'cluster-not-known',
    since: '2026-05-29',
    source: releaseNotes,
    judge: ({ cluster }) =>
      cluster.known ? undefined : unknown(`It depends on the cluster, which is unknown: ${cluster.why}`),
  },
  {
    id: 'network-policies',
    since: '2026-05-29',
    source: releaseNotes,
    judge({ cluster }) {
      const engine = cluster.known ? policyEngine(cluster.value) : undefined;
      return engine === undefined
        ? undefined
        : unknown(`AKS skips clusters with ${engine} network policies, and Azure does not show whether there are any.`);
    },
  },
  {
    id: 'prerequisites-not-known',
    since: '2026-07-06',
    source: karpenter,
    judge(facts) {
      const open = gates.map((check) => check.judge(facts, 'ga')).find((verdict) => verdict?.status === 'unknown');
      return open === undefined
        ? undefined
        : unknown(`It is unknown whether the prerequisites are met: ${open.reason}`);
    },
  },
  {
    id: 'turns-on',
    since: '2026-09-04',
    source: newerNotes,
    judge: (facts, version) => ({
      outcome: 'will-enable',
      reason: `${modeOf(facts) === '' ? 'The pool has no explicit profile' : `The profile with mode ${shown(facts.pool.localDns?.mode)} leaves the choice to AKS`}, and nothing visible in Azure blocks LocalDNS on Kubernetes ${written(version)}. Only NodeLocal DNSCache (kube-system/node-local-dns) or network policies in the cluster, which Azure does not show, would keep it off.`,
    }),
  },
];
