import type { Arguments, Options } from '../framework/definition.ts';

/** Which clusters are meant: the first four exclude each other, all else narrows. */
export const scopeOptions = {
  subscription: {
    type: 'string',
    repeatable: true,
    placeholder: 'SUBSCRIPTION',
    summary: "Names or IDs of subscriptions; the Azure CLI's active one where no scope is given",
  },
  'all-subscriptions': { type: 'boolean', summary: 'Every subscription that the account sees' },
  'management-group': {
    type: 'string',
    placeholder: 'GROUP',
    summary: 'ID of a management group: every subscription below it, however deep',
  },
  from: {
    type: 'string',
    placeholder: 'FILE',
    summary: 'Resource IDs of clusters or node pools: one a line, or JSON as az prints it; - for standard input',
  },
  'resource-group': {
    type: 'string',
    short: 'g',
    placeholder: 'GROUP',
    summary: 'Name of the resource group; clusters of that group alone',
  },
  location: {
    type: 'string',
    short: 'l',
    repeatable: true,
    placeholder: 'REGION',
    summary: 'Clusters of these regions alone',
  },
  tag: {
    type: 'string',
    repeatable: true,
    placeholder: 'KEY[=VALUE]',
    summary: 'Clusters that have all of these tags alone; without =VALUE any value',
  },
  'cluster-pattern': {
    type: 'string',
    placeholder: 'GLOB',
    summary: 'Clusters whose name fits alone; * stands for any characters, ? for one; quote it',
  },
} as const satisfies Options;

export type ScopeArguments = Arguments<typeof scopeOptions>;
