import type { Options, ParsedArguments } from '../framework/definition.ts';
import { configOption, judgeOptions } from './judging.ts';
import { reportOptions } from './report.ts';
import { scopeOptions } from './scope.ts';

export const checkOptions = {
  ...scopeOptions,
  'cluster-name': { type: 'string', summary: 'Name of the managed cluster', placeholder: 'CLUSTER' },
  name: {
    type: 'string',
    short: 'n',
    aliases: ['nodepool-name'],
    summary: 'Name of the node pool; all pools of the cluster where it is not given',
    placeholder: 'POOL',
  },
  source: {
    type: 'string',
    choices: ['auto', 'graph', 'arm'],
    default: 'auto',
    summary:
      'Where clusters are read: auto is Resource Graph, and the clusters of each subscription where that is denied',
  },
  refresh: { type: 'boolean', summary: 'Read the VM sizes again, past what this machine remembers' },
  capacity: {
    type: 'boolean',
    summary: 'Sum up the vCPUs and addresses that surge nodes need, against quotas and subnets; warns only',
  },
  network: {
    type: 'boolean',
    summary: 'Look at the DNS servers of virtual networks, and whether security groups let TCP 53 out to them',
  },
  forecast: {
    type: 'string',
    placeholder: 'VERSION',
    valueless: '1.37',
    summary: 'Say which pools get LocalDNS by themselves at an upgrade to this Kubernetes version',
  },
  'save-facts': { type: 'string', placeholder: 'FILE', summary: 'Write what was gathered, to judge it later' },
  'from-facts': {
    type: 'string',
    placeholder: 'FILE',
    summary: 'Judge what --save-facts wrote; nothing is asked of Azure; - for standard input',
  },
  ...judgeOptions,
  only: { type: 'string', repeatable: true, placeholder: 'ID', summary: 'Judge these checks alone' },
  'fail-on': {
    type: 'string',
    choices: ['fail', 'warn', 'none'],
    default: 'fail',
    summary: 'The least finding that gives exit code 10',
  },
  ...configOption,
  'group-by': {
    type: 'string',
    placeholder: 'tag:KEY',
    summary: 'Group pools by a tag of theirs or of their clusters, such as tag:team',
  },
  ...reportOptions,
} as const satisfies Options;

export type CheckArguments = ParsedArguments<typeof checkOptions>;
