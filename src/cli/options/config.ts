import type { Options, Positional } from '../framework/definition.ts';

/** Options shared by the config commands. */

export const fileArgument: Positional = {
  name: 'FILE',
  summary: 'A localdnsconfig.json, or - for standard input',
  required: true,
};

export const findingOptions = {
  'fail-on': {
    type: 'string',
    choices: ['fail', 'warn', 'none'],
    default: 'fail',
    summary: 'Lowest severity that results in exit code 10',
  },
  ignore: {
    type: 'string',
    repeatable: true,
    placeholder: 'ID',
    summary: 'Rules to ignore; the result lists what was ignored',
  },
  for: {
    type: 'string',
    choices: ['add', 'update'],
    default: 'update',
    summary: 'Purpose of the file: a new node pool needs both maps or neither',
  },
} as const satisfies Options;

export const nodeOptions = {
  'vnet-dns': {
    type: 'string',
    repeatable: true,
    placeholder: 'IP',
    summary: 'DNS servers of the VNet. Defaults to Azure DNS',
  },
  'coredns-service-ip': {
    type: 'string',
    placeholder: 'IP',
    default: '10.0.0.10',
    summary: "IP address of the cluster's DNS service",
  },
  'hosts-plugin': { type: 'boolean', summary: 'Include the hosts plugin for critical names, which some nodes have' },
  template: {
    type: 'string',
    choices: ['2026-11', '2026-08', 'pre-2026-08', 'current'],
    default: '2026-11',
    summary:
      "Generation of the node agent's template: 2026-11 rotates addresses (loadbalance), before 2026-08 there is no prefer_udp; current is the newest",
  },
} as const satisfies Options;

/** A pool to read instead of a file. */
export const fromPoolOptions = {
  'resource-group': { type: 'string', short: 'g', summary: 'Name of the resource group', placeholder: 'GROUP' },
  'cluster-name': { type: 'string', summary: 'Name of the managed cluster', placeholder: 'CLUSTER' },
  name: {
    type: 'string',
    short: 'n',
    aliases: ['nodepool-name'],
    summary: 'Name of the node pool',
    placeholder: 'POOL',
  },
  subscription: { type: 'string', summary: 'Name or ID of the subscription', placeholder: 'SUBSCRIPTION' },
} as const satisfies Options;
