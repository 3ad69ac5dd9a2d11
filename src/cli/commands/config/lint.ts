import { defineCommand, type Options } from '../../framework/definition.ts';
import { findingOptions } from './options.ts';

export const options = {
  ...findingOptions,
  fix: { type: 'boolean', summary: 'Change what is safe to change; format, key order and line ends stay' },
  facts: {
    type: 'string',
    placeholder: 'FILE',
    summary:
      'JSON with facts of the cluster: kubernetesVersion, vnetDnsServers, nodeCount, nodeImageDate, coreDnsCustomDomains, clusterDomain',
  },
} as const satisfies Options;

export const configLint = defineCommand({
  path: ['config', 'lint'],
  summary: 'Validate, and name the risks of a localdnsconfig.json',
  description:
    'What works but may hurt: stale answers, load, security groups, zones that miss their block. --fail-on warn makes risks count.',
  positionals: [{ name: 'FILE', summary: 'Files, or - for standard input', required: true, repeatable: true }],
  options,
  examples: [
    { title: 'All findings', command: 'aks-localdns config lint localdnsconfig.json' },
    { title: 'Mend what is safe', command: 'aks-localdns config lint localdnsconfig.json --fix' },
  ],
  effect: 'none',
  permissions: [],
  formats: ['sarif', 'md'],
  load: async () => import('./lint.run.ts'),
});
