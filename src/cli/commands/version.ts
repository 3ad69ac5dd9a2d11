import { apiVersions } from '../../model/api-versions.ts';
import { defineCommand } from '../framework/definition.ts';

export const version = defineCommand({
  path: ['version'],
  summary: 'Show the version of this program and of the API that it uses',
  options: {},
  examples: [{ title: 'The version alone', command: 'aks-localdns version --query \'"aks-localdns"\' -o tsv' }],
  effect: 'none',
  permissions: [],
  columns: [
    { header: 'Version', path: '"aks-localdns"' },
    { header: 'ContainerServiceApi', path: '"Microsoft.ContainerService"' },
  ],
  run: async (context) => ({
    value: { 'aks-localdns': context.version, 'Microsoft.ContainerService': apiVersions.containerService },
  }),
});
