import { UsageError } from '../../../core/errors.ts';
import { oneLine } from '../../../core/text.ts';
import { defineCommand, type Options } from '../../framework/definition.ts';
import { findingOptions } from '../../options/config.ts';

const options = {
  ...findingOptions,
  'kubernetes-version': {
    type: 'string',
    placeholder: 'VERSION',
    summary: 'Also check whether LocalDNS is supported on this version',
  },
} as const satisfies Options;

export const configValidate = defineCommand({
  path: ['config', 'validate'],
  summary: 'Report everything in a localdnsconfig.json that the service or CoreDNS would reject',
  description:
    'Reports all findings at once, each with line, column, reason and correction. The exit code is 0 or 10, whatever the file contains.',
  positionals: [{ name: 'FILE', summary: 'Files, or - for standard input', required: true, repeatable: true }],
  options,
  examples: [
    { title: 'One file', command: 'aks-localdns config validate localdnsconfig.json' },
    { title: 'For code scanning', command: 'aks-localdns config validate localdnsconfig.json -o sarif' },
  ],
  effect: 'none',
  permissions: [],
  formats: ['sarif', 'md'],
  run: async (context, args) => {
    const { validateProfile } = await import('../../../domain/localdns/lint/index.ts');
    const { judgeFiles } = await import('../../profile/judge-files.ts');
    const version = args.kubernetesVersion;
    if (version !== undefined && !/^v?\d{1,4}\.\d{1,4}(\.\d{1,4})?$/.test(version)) {
      throw new UsageError(
        `--kubernetes-version: '${oneLine(version)}' is not a valid version. Use a form such as 1.33.`,
      );
    }
    return judgeFiles(context, args, async (bytes) => validateProfile(bytes, args.for ?? 'update', version));
  },
});
