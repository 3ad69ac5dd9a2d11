import { UsageError } from '../../../core/errors.ts';
import { checkName } from '../../../model/ids.ts';
import { defineCommand, type Options } from '../../framework/definition.ts';
import { fileArgument, fromPoolOptions } from '../../options/config.ts';
import { documentOptions } from '../../options/output.ts';

const options = {
  to: {
    type: 'string',
    required: true,
    choices: ['arm', 'bicep', 'terraform', 'aso', 'aksnodeclass'],
    summary: 'Output format',
  },
  'cluster-name': fromPoolOptions['cluster-name'],
  name: fromPoolOptions.name,
  ...documentOptions,
} as const satisfies Options;

export const configExport = defineCommand({
  path: ['config', 'export'],
  summary: 'Export the profile for infrastructure as code',
  description:
    "Exports to an ARM template, Bicep, Terraform (azapi, because azurerm has no such field), Azure Service Operator, or Karpenter's AKSNodeClass.",
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
  run: async (context, args) => {
    const { exportProfile } = await import('../../../domain/localdns/export/index.ts');
    const { validProfile } = await import('../../profile/file.ts');
    const { documentOut } = await import('../../profile/document-out.ts');
    const [file] = args._;
    if (file === undefined) throw new UsageError('the following arguments are required: FILE');
    const names = {
      ...(args.clusterName === undefined ? {} : { cluster: checkName('cluster', args.clusterName, '--cluster-name') }),
      ...(args.name === undefined ? {} : { pool: checkName('pool', args.name, '--name/-n') }),
    };
    return documentOut(context, args, [{ option: 'FILE', file }], async () => {
      const document = exportProfile(await validProfile(context, file), args.to, names);
      return { value: { document }, document };
    });
  },
});
