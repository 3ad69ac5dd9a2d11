import { CliError, UsageError } from '../../../core/errors.ts';
import { inputName } from '../../../core/stdin.ts';
import { defineCommand, type Options } from '../../framework/definition.ts';
import { documentOptions } from '../../options/output.ts';

const options = {
  name: {
    type: 'string',
    short: 'n',
    placeholder: 'POOL',
    summary: 'Node pool whose profile to extract, if the file has several',
  },
  ...documentOptions,
} as const satisfies Options;

export const configImport = defineCommand({
  path: ['config', 'import'],
  summary: 'Extract the profile from infrastructure as code or the output of az',
  description:
    'Reads Bicep, Terraform (azapi), an ARM template, Azure Service Operator, an AKSNodeClass, and what az and ARM print as JSON. ' +
    'The reverse of config export. Settings must be literal values; nothing is filled in.',
  positionals: [{ name: 'FILE', summary: 'A file, or - for standard input', required: true }],
  options,
  examples: [
    { title: 'From Bicep', command: 'aks-localdns config import main.bicep --out localdnsconfig.json' },
    {
      title: 'One node pool of what az aks show printed',
      command: 'aks-localdns config import aks.json -n userpool',
    },
  ],
  effect: 'none',
  permissions: [],
  run: async (context, args) => {
    const { importProfile } = await import('../../../domain/localdns/import/index.ts');
    const { maxFileBytes, readProfile } = await import('../../../domain/localdns/index.ts');
    const { decode } = await import('../../../domain/localdns/encoding.ts');
    const { parseYaml } = await import('../../../core/yaml.ts');
    const { documentOut } = await import('../../profile/document-out.ts');
    const [file] = args._;
    if (file === undefined) throw new UsageError('the following arguments are required: FILE');
    return documentOut(context, args, [{ option: 'FILE', file }], async () => {
      const name = inputName(file);
      const decoded = decode(await context.input(file, maxFileBytes));
      if (!('text' in decoded)) throw new UsageError(`${name}: ${decoded.wrong}.`);
      const profile = importProfile(decoded.text, { name, pool: args.name, readYaml: parseYaml });
      const { findings } = readProfile(new TextEncoder().encode(JSON.stringify(profile)), 'update');
      const fails = findings.filter(({ severity }) => severity === 'fail');
      if (fails.some(({ rule }) => rule !== 'L004'))
        throw new CliError({
          code: 'config-not-valid',
          message: `The profile in ${name} is not valid.`,
          hints: fails.slice(0, 20).map(({ rule, path, message }) => `${rule} ${path}: ${message}`),
        });
      // An incomplete profile is accepted with warnings.
      for (const { rule, message } of fails)
        context.emit({ type: 'notice', level: 'warning', code: 'config-warning', message: `${rule}: ${message}` });
      return { value: profile, document: `${JSON.stringify(profile, null, 2)}\n` };
    });
  },
});
