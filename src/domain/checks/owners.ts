import type { Cluster } from '../../model/cluster.ts';
import type { NodePool } from '../../model/node-pool.ts';
import { shown } from './verdict-parts.ts';

export interface Owner {
  readonly tool: string;
  /** What shows the owner: `tag managed_by=terraform of the cluster`. */
  readonly evidence: string;
  readonly advice: string;
}

interface Mark {
  readonly tool: string;
  /** Matched against `key=value` of each tag. */
  readonly tag: RegExp;
  readonly advice: string;
}

/** The first pattern that matches a tag gives its owner. */
const marks: readonly Mark[] = [
  {
    tool: 'Terraform',
    tag: /terraform|opentofu|terragrunt/i,
    advice:
      'Make the same change in the Terraform code (use azapi_update_resource if the azurerm provider does not ' +
      'support localDNSProfile), or ignore the property there.',
  },
  {
    tool: 'Pulumi',
    tag: /pulumi/i,
    advice: 'Make the same change in the Pulumi program, or list localDNSProfile in ignoreChanges.',
  },
  {
    tool: 'the Azure Developer CLI',
    tag: /^azd-(?:env|service)-name=/i,
    advice: 'Make the same change in the templates that azd deploys.',
  },
  {
    tool: 'Cluster API',
    tag: /sigs\.k8s\.io[_/]cluster-api|^capz[-_.]/i,
    advice:
      'Make the same change in the AzureManagedMachinePool or the ASO resource; Cluster API may silently drop ' +
      'localDNSProfile.',
  },
  {
    tool: 'Azure Service Operator',
    tag: /azure-service-operator|serviceoperator\.azure\.com|^aso[-_.]/i,
    advice: 'Make the same change in the ManagedClustersAgentPool resource, using an API version with localDNSProfile.',
  },
  { tool: 'Crossplane', tag: /crossplane/i, advice: 'Make the same change in the Crossplane resource for the pool.' },
  {
    tool: 'Bicep',
    tag: /bicep/i,
    advice: 'Make the same change in the Bicep file: set properties.localDNSProfile of the agent pool.',
  },
  { tool: 'Ansible', tag: /ansible/i, advice: 'Make the same change in the playbook that configures the pool.' },
  {
    tool: 'another tool',
    tag: /^(?:managed|deployed|provisioned)[-_ .]?by=(?!\s*(?:manual|portal|none|me|human)?\s*$)/i,
    advice: 'Make the same change where the pool is defined.',
  },
];

function fromTags(tags: Readonly<Record<string, string>>, where: string): readonly Owner[] {
  return Object.entries(tags).flatMap(([key, value]) => {
    const text = `${key}=${value}`;
    const mark = marks.find(({ tag }) => tag.test(text));
    return mark === undefined
      ? []
      : [{ tool: mark.tool, evidence: `tag ${shown(text)} of the ${where}`, advice: mark.advice }];
  });
}

function fromManagedBy(managedBy: string | undefined): readonly Owner[] {
  if (managedBy === undefined || managedBy.trim() === '') return [];
  return [
    {
      tool: shown(managedBy),
      evidence: `managedBy ${shown(managedBy)}`,
      advice: 'Make the change through the resource that manages the cluster.',
    },
  ];
}

/** One entry for each tool that the tags or `managedBy` show. */
export function ownersOf(pool: NodePool, cluster: Cluster | undefined): readonly Owner[] {
  const all = [
    ...fromTags(pool.tags, 'pool'),
    ...(cluster === undefined ? [] : [...fromTags(cluster.tags, 'cluster'), ...fromManagedBy(cluster.managedBy)]),
  ];
  return all.filter((owner, index) => all.findIndex(({ tool }) => tool === owner.tool) === index);
}
