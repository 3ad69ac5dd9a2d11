import type { Options, ParsedArguments } from '../framework/definition.ts';
import { configOption, judgeOptions } from './judging.ts';
import { reportOptions } from './report.ts';
import { scopeOptions } from './scope.ts';

/** Options that only `check --deep` takes. */
const deepOptions = {
  deep: {
    type: 'boolean',
    summary: 'Check whether network policies let pods reach LocalDNS, for now in --manifests alone',
  },
  manifests: {
    type: 'string',
    repeatable: true,
    placeholder: 'DIR|FILE',
    summary:
      'Kubernetes manifests for --deep: YAML or JSON files, directories of them, or - for standard input; no cluster and nothing of Azure is read',
  },
  'network-policy': {
    type: 'string',
    choices: ['none', 'azure', 'calico', 'cilium'],
    summary: 'Network policy engine of the cluster, as networkProfile.networkPolicy has it, for --manifests',
  },
  'cilium-version': {
    type: 'string',
    placeholder: 'VERSION',
    summary: 'Version of Cilium, such as 1.17. Defaults to what AKS runs with --kubernetes-version',
  },
  'kubernetes-version': {
    type: 'string',
    placeholder: 'VERSION',
    summary: 'Kubernetes version of the cluster, which says which Cilium AKS runs',
  },
  'write-policies': {
    type: 'string',
    placeholder: 'FILE',
    summary: 'Write the network policies to add to a file, as YAML',
  },
} as const satisfies Options;

export const checkOptions = {
  ...scopeOptions,
  'cluster-name': { type: 'string', summary: 'Name of the managed cluster', placeholder: 'CLUSTER' },
  name: {
    type: 'string',
    short: 'n',
    aliases: ['nodepool-name'],
    summary: 'Name of the node pool. Defaults to all node pools of the cluster',
    placeholder: 'POOL',
  },
  source: {
    type: 'string',
    choices: ['auto', 'graph', 'arm'],
    default: 'auto',
    summary:
      'Source of the clusters. auto uses Resource Graph, and lists the clusters of each subscription if access to it is denied',
  },
  refresh: { type: 'boolean', summary: 'Read the VM sizes again instead of using the cached list' },
  capacity: {
    type: 'boolean',
    summary: 'Compare the vCPUs and IP addresses that surge nodes need with quotas and subnets; only warns',
  },
  network: {
    type: 'boolean',
    summary: 'Check the DNS servers of virtual networks, and whether security groups allow outbound TCP 53 to them',
  },
  forecast: {
    type: 'string',
    placeholder: 'VERSION',
    valueless: '1.37',
    summary: 'Report which node pools will get LocalDNS automatically when upgraded to this Kubernetes version',
  },
  'save-facts': {
    type: 'string',
    placeholder: 'FILE',
    summary: 'Save the gathered facts to a file, to evaluate later',
  },
  'from-facts': {
    type: 'string',
    placeholder: 'FILE',
    summary:
      'Evaluate facts from --save-facts, or JSON of clusters and pools as az prints it, without calling Azure; - for standard input',
  },
  ...judgeOptions,
  only: { type: 'string', repeatable: true, placeholder: 'ID', summary: 'Evaluate only these checks' },
  'fail-on': {
    type: 'string',
    choices: ['fail', 'warn', 'none'],
    default: 'fail',
    summary: 'Lowest severity that results in exit code 10',
  },
  ...configOption,
  'group-by': {
    type: 'string',
    placeholder: 'tag:KEY',
    summary: 'Group node pools by a tag on the pool or its cluster, such as tag:team',
  },
  ...deepOptions,
  ...reportOptions,
} as const satisfies Options;

export type CheckArguments = ParsedArguments<typeof checkOptions>;
