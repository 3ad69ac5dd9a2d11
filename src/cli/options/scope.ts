import type { Arguments, Options } from '../framework/definition.ts';

/** Which clusters to read: the first four are mutually exclusive, the rest narrow the selection. */
export const scopeOptions = {
  subscription: {
    type: 'string',
    repeatable: true,
    placeholder: 'SUBSCRIPTION',
    summary: 'Names or IDs of subscriptions. Without a scope, defaults to the active subscription',
  },
  'all-subscriptions': { type: 'boolean', summary: 'All subscriptions that the account can access' },
  'management-group': {
    type: 'string',
    placeholder: 'GROUP',
    summary: 'ID of a management group; includes all subscriptions in it, at any depth',
  },
  from: {
    type: 'string',
    placeholder: 'FILE',
    summary:
      'File with resource IDs of clusters or node pools, one per line or JSON as az prints it; - for standard input',
  },
  'resource-group': {
    type: 'string',
    short: 'g',
    placeholder: 'GROUP',
    summary: 'Only clusters in this resource group',
  },
  location: {
    type: 'string',
    short: 'l',
    repeatable: true,
    placeholder: 'REGION',
    summary: 'Only clusters in these regions',
  },
  tag: {
    type: 'string',
    repeatable: true,
    placeholder: 'KEY[=VALUE]',
    summary: 'Only clusters with all of these tags; without =VALUE, any value matches',
  },
  'cluster-pattern': {
    type: 'string',
    placeholder: 'GLOB',
    summary: 'Only clusters whose name matches; * matches any characters, ? exactly one. Quote the pattern',
  },
} as const satisfies Options;

export type ScopeArguments = Arguments<typeof scopeOptions>;
