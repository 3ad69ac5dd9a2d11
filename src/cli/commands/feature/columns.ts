import type { Column } from '../../framework/definition.ts';

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
