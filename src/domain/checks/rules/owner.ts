import { list } from '../../../core/text.ts';
import { warnsAlways, type PoolCheck } from '../check.ts';
import { ownersOf } from '../owners.ts';
import { unknown } from '../verdict-parts.ts';

const required = 'no sign of another owner';

export const owner: PoolCheck = {
  id: 'owner',
  title: 'No other tool owns the pool',
  problem: 'Pool managed by another tool',
  level: 'pool',
  severity: warnsAlways,
  since: '2025-07',
  source: {
    document: 'Terraform, Bicep, Cluster API, Azure Service Operator and others, by the marks that they leave',
    link: 'https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources',
  },
  stops: 'turning-on',
  explanation:
    'Where Terraform, Bicep, the Azure Developer CLI, Cluster API, Azure Service Operator or the like own a pool, they may undo a change that they do ' +
    'not know of at their next run, with another reimage. Tags of the cluster and the pool and the `managedBy` field of the cluster tell of such owners; their absence ' +
    'proves nothing. Some of these tools have no word for `localDNSProfile` yet, or drop it.',
  howToFix: 'Make the same change where the pool is defined, or make that tool ignore `localDNSProfile`.',
  judge({ pool, cluster }) {
    const owners = ownersOf(pool, cluster.known ? cluster.value : undefined);
    const [first] = owners;
    if (first !== undefined) {
      return {
        status: 'warn',
        observed: owners.map(({ evidence }) => evidence).join(', '),
        required,
        reason: `The pool looks as if ${list(owners.map(({ tool }) => tool))} owned it: the change may be undone at its next run, with another reimage.`,
        fix: first.advice,
      };
    }
    if (!cluster.known)
      return unknown(
        required,
        `The tags of the pool name no owner; those of the cluster are not known: ${cluster.why}`,
      );
    return {
      status: 'pass',
      observed: 'no marks',
      required,
      reason: 'No tag and no managedBy tells of another owner.',
    };
  },
};
