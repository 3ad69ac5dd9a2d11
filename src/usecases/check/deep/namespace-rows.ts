import { count, oneLine, shellLine, shortList } from '../../../core/text.ts';
import type { CheckStatus, ReportRow } from '../../../model/check.ts';
import type { NamespaceReach } from '../../../model/deep-check.ts';
import type { EngineBehaviour } from '../../../domain/workloads/network-policy/engine.ts';
import type { GroupJudgement, NamespaceJudgement } from '../../../domain/workloads/network-policy/judge.ts';

export const deepCheckIds = ['network-policy', 'fqdn-policy'] as const;

const statuses: Readonly<Record<NamespaceReach['reach'], CheckStatus>> = {
  no: 'fail',
  unknown: 'unknown',
  yes: 'pass',
};

const notFiltered: Readonly<Record<'none' | 'azure', string>> = {
  none: 'No engine enforces network policies.',
  azure: "Azure Network Policy Manager does not filter a pod's traffic to its own node.",
};

function row(
  id: (typeof deepCheckIds)[number],
  namespace: string,
  said: Omit<ReportRow, 'id' | 'level' | 'target' | 'resourceId' | 'ignored'>,
): ReportRow {
  return {
    id,
    level: 'namespace',
    target: oneLine(namespace),
    resourceId: `/api/v1/namespaces/${oneLine(namespace)}`,
    ...said,
    ignored: false,
  };
}

/** `web and 2 other workloads` */
function named(groups: readonly GroupJudgement[]): string {
  const amount = groups.reduce((sum, { group }) => sum + group.count, 0);
  const first = oneLine(groups[0]?.group.example ?? '-');
  return amount > 1 ? `${first} and ${count(amount - 1, 'other workload')}` : first;
}

function reasonOf(
  { reach, groups }: NamespaceJudgement,
  { engine }: EngineBehaviour,
  blockedBy: readonly string[],
): string {
  if (engine === 'none' || engine === 'azure') return notFiltered[engine];
  if (reach === 'yes') return 'Network policies let pods reach LocalDNS, or do not restrict them.';
  const deciding = groups.filter((group) => group.reach === reach);
  if (deciding.length === 0)
    return 'The manifests have network policies for the namespace, and no workloads to select.';
  const by = blockedBy.length === 0 ? '' : `; restricted by ${shortList(blockedBy, 5)}`;
  return `${named(deciding)}: ${oneLine(deciding[0]?.why ?? '-')}${by}.`;
}

function fixOf(
  reach: NamespaceReach,
  { groups }: NamespaceJudgement,
  { listener }: EngineBehaviour,
  writtenTo: string | undefined,
): string | undefined {
  if (reach.reach === 'yes') return undefined;
  if (groups.length === 0) return 'Check the workloads of the namespace together with its policies.';
  if (listener === undefined) return 'Specify --cilium-version, or --kubernetes-version.';
  if (reach.policiesToAdd !== undefined)
    return writtenTo === undefined
      ? 'Add policies that allow it; --write-policies FILE writes them.'
      : shellLine(['kubectl', 'apply', '-f', writtenTo]);
  return reach.blockedBy.length === 0 ? undefined : 'Change these policies: no further policy overrules a deny rule.';
}

/** The row of a namespace; `writtenTo` is the file of the policies to add. */
export function networkPolicyRow(
  judgement: NamespaceJudgement,
  reach: NamespaceReach,
  behaviour: EngineBehaviour,
  writtenTo: string | undefined,
): ReportRow {
  const { workloads, blocked, blockedBy } = reach;
  const fix = fixOf(reach, judgement, behaviour, writtenTo);
  return row('network-policy', judgement.namespace, {
    title: 'Network policies let pods reach LocalDNS',
    status: statuses[reach.reach],
    observed: `${blocked > 0 ? `${String(blocked)} of ` : ''}${count(workloads, 'workload')}${blocked > 0 ? ' blocked' : ''}`,
    required: 'egress over UDP and TCP to 169.254.10.10 and .11, port 53',
    reason: reasonOf(judgement, behaviour, blockedBy),
    ...(reach.reach === 'no' ? { problem: 'Network policies block LocalDNS' } : {}),
    ...(fix === undefined ? {} : { fix }),
  });
}

/** Undefined if no policy filters DNS names. Source: Azure/AKS #5864. */
export function namePolicyRow({ namespace, nameFilters }: NamespaceJudgement): ReportRow | undefined {
  if (nameFilters.length === 0) return undefined;
  const names = [...new Set(nameFilters.map(({ name }) => oneLine(name)))];
  return row('fqdn-policy', namespace, {
    title: 'No policy filters DNS names',
    status: 'warn',
    problem: 'Policies filter DNS names',
    observed: shortList(names, 5),
    required: 'no toFQDNs and no DNS rules',
    reason:
      'Policies that filter DNS names see the queries of pods, which go to LocalDNS on the node; AKS did not support the two together (Azure/AKS #5864).',
    fix: 'Ask AKS whether your version supports both, and test one node pool first.',
  });
}
