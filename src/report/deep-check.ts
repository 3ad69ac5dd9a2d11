import type { DeepReport } from '../model/deep-check.ts';
import { viewOf, type ReportView } from './view.ts';

/** The report of `check --deep`: rows of namespaces. */
export function deepCheck(report: DeepReport): ReportView {
  const { namespaces, networkPolicy, engineVersion } = report;
  const workloads = namespaces.reduce((sum, one) => sum + one.workloads, 0);
  return viewOf(report, {
    title: 'LocalDNS deep check',
    command: 'aks-localdns check --deep',
    failures: { heading: 'Blocked', noun: 'what blocks LocalDNS' },
    facts: [
      {
        label: 'Network policy',
        value: engineVersion === undefined ? networkPolicy : `${networkPolicy} ${engineVersion}`,
      },
    ],
    extent: [
      { amount: workloads, noun: 'workload' },
      { amount: namespaces.length, noun: 'namespace' },
    ],
  });
}
