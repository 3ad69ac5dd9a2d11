import type { Arguments, Options } from '../framework/definition.ts';
import type { Column } from '../io/result.ts';
import { scopeOptions } from './scope.ts';

/** The scope of commands on subscriptions. */
export const registrationScope = {
  ...scopeOptions,
  'include-empty': {
    type: 'boolean',
    summary: 'Take every subscription of the scope, also those that hold no cluster',
  },
} as const satisfies Options;

export type RegistrationScopeArguments = Arguments<typeof registrationScope>;

const registrationScopeHelp =
  'Subscriptions that are named are taken as they are. Of a wider scope, only the subscriptions that hold clusters that fit are taken, unless --include-empty; ' +
  'those that are disabled are told in a row each, and so are those that could not be read, which count as failed';

/** Of commands that change subscriptions. */
export const registrationWriteHelp = `${registrationScopeHelp}: exit 15 where some failed, and where all failed, the exit code of their error.`;

/** Of commands that only show. */
export const registrationReadHelp = `${registrationScopeHelp}: exit 11 where some could not be read, and where none could, the exit code of their error.`;

/** What it takes to find the subscriptions of a wide scope. */
export const scopePermissions = [
  'Microsoft.Resources/subscriptions/read',
  'Microsoft.Management/managementGroups/descendants/read',
  'Microsoft.ContainerService/managedClusters/read',
] as const;

export const featureColumns: readonly Column[] = [
  { header: 'Subscription', path: 'subscription' },
  { header: 'Feature', path: 'name' },
  { header: 'State', path: 'state' },
  { header: 'Changed', path: 'changed' },
  { header: 'Error', path: 'error', brief: true },
];

export const providerColumns: readonly Column[] = [
  { header: 'Subscription', path: 'subscription' },
  { header: 'Provider', path: 'namespace' },
  { header: 'State', path: 'registrationState' },
  { header: 'Changed', path: 'changed' },
  { header: 'Error', path: 'error', brief: true },
];
