import { list } from '../../../core/text.ts';
import { warnsAlways, type PoolCheck } from '../check.ts';
import { ownersOf } from '../owners.ts';
import { unknown } from '../verdict-parts.ts';

const required = 'no sign of another tool that manages the pool';

export const owner: PoolCheck = {
  id: 'owner',
  title: 'No other tool manages the pool',
  problem: 'Pool managed by another tool',
  level: 'pool',
  severity: warnsAlways,
  since: '2025-07',
  source: {
    document: 'Azure docs, tags; the tags that Terraform, Bicep, Cluster API, Azure Service Operator and others set',
    link: 'https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources',
  },
  stops: 'turning-on',
  explanation:
    'If a tool such as Terraform, Bicep, the Azure Developer CLI, Cluster API or Azure Service Operator manages the ' +
    'pool, its next run may undo the change and reimage the nodes again. The check looks for such tools in the tags ' +
    'of the cluster and the pool, and in the `managedBy` field of the cluster; finding none does not prove that ' +
    'there is none. Some of these tools do not support `localDNSProfile` yet, or drop it.',
  howToFix: 'Make the same change where the pool is defined, or configure that tool to ignore `localDNSProfile`.',
  judge({ pool, cluster }) {
    const owners = ownersOf(pool, cluster.known ? cluster.value : undefined);
    const [first] = owners;
    if (first !== undefined) {
      return {
        status: 'warn',
        observed: owners.map(({ evidence }) => evidence).join(', '),
        required,
        reason: `The pool seems to be managed by ${list(owners.map(({ tool }) => tool))}, which may undo the change at its next run and reimage the nodes again.`,
        fix: first.advice,
      };
    }
    if (!cluster.known)
      return unknown(
        required,
        `The tags of the pool show no other tool, but the tags of the cluster are unknown: ${cluster.why}`,
      );
    return {
      status: 'pass',
      observed: 'none found',
      required,
      reason: 'Neither the tags nor managedBy show another tool.',
    };
  },
};
