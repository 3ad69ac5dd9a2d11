import type { Version } from '../../../model/kubernetes-version.ts';

/** The source of a forecast rule. */
export interface ForecastSource {
  readonly document: string;
  readonly link: string;
}

/** The Kubernetes version from which AKS turns LocalDNS on automatically, as announced on a day. */
export interface Threshold {
  readonly since: string;
  /** Undefined: no version. */
  readonly version: Version | undefined;
  readonly source: ForecastSource;
}

/** All announcements in order: announced, postponed, announced again. The newest one is in force. */
export const thresholds: readonly Threshold[] = [
  {
    since: '2026-05-29',
    version: { major: 1, minor: 36 },
    source: {
      document: 'AKS release notes, 2026-05-29',
      link: 'https://github.com/Azure/AKS/blob/master/CHANGELOG.md',
    },
  },
  {
    since: '2026-07-10',
    version: undefined,
    source: {
      document: 'karpenter-provider-azure #1771 (threshold 1.99)',
      link: 'https://github.com/Azure/karpenter-provider-azure/pull/1771',
    },
  },
  {
    since: '2026-09-04',
    version: { major: 1, minor: 37 },
    source: {
      document: 'AKS release notes, 2026-09-04',
      link: 'https://github.com/Azure/AKS/blob/master/CHANGELOG.md',
    },
  },
];

/** The threshold in force on a day (`2026-06-01`); defaults to the newest. */
export function thresholdOn(day = '9999-12-31'): Threshold | undefined {
  return thresholds.filter(({ since }) => since <= day).at(-1);
}
