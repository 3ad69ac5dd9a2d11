import { defineCommand, type Options } from '../../framework/definition.ts';
import { fileArgument, nodeOptions } from './options.ts';

export const options = {
  ...nodeOptions,
  effective: { type: 'boolean', summary: 'After the node has put in the DNS servers of the VNet' },
} as const satisfies Options;

export const configRender = defineCommand({
  path: ['config', 'render'],
  summary: 'Print the Corefile that the nodes will get',
  description:
    "Byte for byte as the node agent's template gives it. A file that is not valid is not rendered (exit code 10).",
  positionals: [fileArgument],
  options,
  examples: [
    { title: 'As rendered', command: 'aks-localdns config render localdnsconfig.json' },
    {
      title: 'As CoreDNS loads it',
      command: 'aks-localdns config render localdnsconfig.json --effective --vnet-dns 10.1.0.4 10.1.0.5',
    },
  ],
  effect: 'none',
  permissions: [],
  load: async () => import('./render.run.ts'),
});
