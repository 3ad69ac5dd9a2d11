import { defineCommand, type Options } from '../../framework/definition.ts';
import { findingOptions } from './options.ts';

export const options = {
  ...findingOptions,
  'kubernetes-version': {
    type: 'string',
    placeholder: 'VERSION',
    summary: 'Also judge whether LocalDNS is supported on this version',
  },
} as const satisfies Options;

export const configValidate = defineCommand({
  path: ['config', 'validate'],
  summary: 'Say everything that the service or CoreDNS would refuse in a localdnsconfig.json',
  description:
    'All findings at once, each with line, column, reason and what to write instead. Exit code 0 or 10, whatever the file holds.',
  positionals: [{ name: 'FILE', summary: 'Files, or - for standard input', required: true, repeatable: true }],
  options,
  examples: [
    { title: 'One file', command: 'aks-localdns config validate localdnsconfig.json' },
    { title: 'For code scanning', command: 'aks-localdns config validate localdnsconfig.json -o sarif' },
  ],
  effect: 'none',
  permissions: [],
  formats: ['sarif', 'md'],
  load: async () => import('./validate.run.ts'),
});
