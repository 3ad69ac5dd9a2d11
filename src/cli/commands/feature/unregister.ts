import { defineCommand, type Options } from '../../framework/definition.ts';
import { yesOption } from '../options.ts';
import { registrationScope, registrationWriteHelp, scopePermissions } from '../scope/options.ts';
import { featureColumns } from './columns.ts';

export const options = { ...registrationScope, ...yesOption } as const satisfies Options;

export const featureUnregister = defineCommand({
  path: ['feature', 'unregister'],
  summary: 'Unregister the preview feature LocalDNSPreview',
  description: `Node pools that have LocalDNS keep it. The command asks first. ${registrationWriteHelp}`,
  options,
  examples: [
    { title: 'Unregister without a question', command: 'aks-localdns feature unregister --subscription Sandbox --yes' },
  ],
  effect: 'write',
  permissions: [
    'Microsoft.Features/providers/features/read',
    'Microsoft.Features/providers/features/unregister/action',
    ...scopePermissions,
  ],
  columns: featureColumns,
  load: async () => import('./unregister.run.ts'),
});
