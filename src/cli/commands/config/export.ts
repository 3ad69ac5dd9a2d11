import { defineCommand, type Options } from '../../framework/definition.ts';
import { fileArgument, fromPoolOptions } from './options.ts';

export const options = {
  to: {
    type: 'string',
    required: true,
    choices: ['arm', 'bicep', 'terraform', 'aso', 'aksnodeclass'],
    summary: 'The form to write',
  },
  'cluster-name': fromPoolOptions['cluster-name'],
  name: fromPoolOptions.name,
} as const satisfies Options;

export const configExport = defineCommand({
  path: ['config', 'export'],
  summary: 'Write the profile for infrastructure as code',
  description:
    "ARM template, Bicep, Terraform (azapi: azurerm has no such field), Azure Service Operator, or Karpenter's AKSNodeClass.",
  positionals: [fileArgument],
  options,
  examples: [
    { title: 'Terraform', command: 'aks-localdns config export localdnsconfig.json --to terraform' },
    {
      title: 'Bicep',
      command: 'aks-localdns config export localdnsconfig.json --to bicep --cluster-name aks-demo -n userpool',
    },
  ],
  effect: 'none',
  permissions: [],
  load: async () => import('./export.run.ts'),
});
