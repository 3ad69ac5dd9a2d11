import { defineCommand, type Options } from '../../framework/definition.ts';
import { nodeOptions } from './options.ts';

export const options = {
  'dns-policy': {
    type: 'string',
    choices: ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
    default: 'ClusterFirst',
    summary: "The pod's dnsPolicy",
  },
  'host-network': { type: 'boolean', summary: 'The pod uses the network of the node' },
  namespace: {
    type: 'string',
    placeholder: 'NS',
    default: 'default',
    summary: "The pod's namespace, for the search path",
  },
  type: { type: 'string', placeholder: 'TYPE', default: 'A', summary: 'Record type' },
  ndots: { type: 'integer', min: 0, max: 15, summary: 'ndots of resolv.conf; 5 for ClusterFirst, else 1' },
  'node-suffix': { type: 'string', placeholder: 'DOMAIN', summary: "The search domain of the nodes' VNet" },
  ...nodeOptions,
  trace: { type: 'boolean', summary: 'Show the steps as a tree' },
} as const satisfies Options;

export const configExplain = defineCommand({
  path: ['config', 'explain'],
  summary: 'Say what happens to a lookup, step by step',
  description:
    'Listener, search path, block, upstreams and protocol, lifetimes, stale answers, and what happens when the upstream is down. Without FILE, by the documented default.',
  positionals: [
    { name: 'NAME', summary: 'The name that is looked up', required: true },
    { name: 'FILE', summary: 'A localdnsconfig.json, or - for standard input', required: false },
  ],
  options,
  examples: [
    { title: 'An external name', command: 'aks-localdns config explain www.bing.com --trace' },
    {
      title: 'For a pod with dnsPolicy Default',
      command:
        'aks-localdns config explain db.corp.contoso.com localdnsconfig.json --dns-policy Default --vnet-dns 10.1.0.4',
    },
  ],
  effect: 'none',
  permissions: [],
  load: async () => import('./explain.run.ts'),
});
