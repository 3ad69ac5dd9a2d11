import type { Arguments, Options } from '../framework/definition.ts';
import type { Column } from '../io/result.ts';
import { scopeOptions } from './scope.ts';

/** The scope of commands on subscriptions. */
export const registrationScope = {
  ...scopeOptions,
  'include-empty': {
    type: 'boolean',
    summary: 'Include subscriptions without clusters',
  },
} as const satisfies Options;

export type RegistrationScopeArguments = Arguments<typeof registrationScope>;

const registrationScopeHelp =
  'Named subscriptions are always included. In a wider scope, only subscriptions with matching clusters are included, unless --include-empty is set; ' +
  'disabled and unreadable subscriptions are each listed in a row, and unreadable ones count as failed';

/** For commands that change subscriptions. */
export const registrationWriteHelp = `${registrationScopeHelp}. Exit code 15 means that some failed; if all failed, the exit code is that of their error.`;

/** For commands that only read. */
export const registrationReadHelp = `${registrationScopeHelp}. Exit code 11 means that some could not be read; if none could, the exit code is that of their error.`;

/** The permissions to find the subscriptions of a wide scope. */
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
