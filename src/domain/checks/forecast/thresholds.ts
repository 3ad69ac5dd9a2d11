import type { Version } from '../../../model/kubernetes-version.ts';

/** Where a rule of the forecast comes from. */
export interface ForecastSource {
  readonly document: string;
  readonly link: string;
}

/** From which Kubernetes version on AKS turns LocalDNS on by itself, as it was said from a day on. */
export interface Threshold {
  readonly since: string;
  /** Undefined: by no version. */
  readonly version: Version | undefined;
  readonly source: ForecastSource;
}

/** Announced, put off and announced again: the newest holds, the older ones tell how firm such a word is. */
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

/** The threshold that was in force on a day (`2026-06-01`); the newest without one. */
export function thresholdOn(day = '9999-12-31'): Threshold | undefined {
  return thresholds.filter(({ since }) => since <= day).at(-1);
}

/** What `--forecast` asks about where no version is given. */
export const forecastVersion = '1.37';
