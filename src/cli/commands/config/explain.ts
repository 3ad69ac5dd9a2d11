import { UsageError } from '../../../core/errors.ts';
import type { JsonValue } from '../../../core/json.ts';
import { defineCommand, type Options } from '../../framework/definition.ts';
import { reportLayout } from '../../io/report-layout.ts';
import { nodeOptions } from '../../options/config.ts';

const options = {
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
  run: async (context, args) => {
    const { explainLookup } = await import('../../../domain/localdns/resolve/index.ts');
    const { explainTree } = await import('../../../report/lookup-tree.ts');
    const { effectiveFile } = await import('../../profile/file.ts');
    const [name, file] = args._;
    if (name === undefined) throw new UsageError('the following arguments are required: NAME');
    const profile = await effectiveFile(context, file);
    const explanation = explainLookup(profile, {
      name,
      dnsPolicy: args.dnsPolicy,
      hostNetwork: args.hostNetwork,
      namespace: args.namespace,
      type: args.type,
      ndots: args.ndots,
      nodeSuffix: args.nodeSuffix,
      vnetDnsServers: args.vnetDns,
      coreDnsServiceIp: args.corednsServiceIp,
      template: args.template,
      hostsPlugin: args.hostsPlugin,
    });
    const tree = (): string => explainTree(explanation, reportLayout(context.terminal));
    return {
      value: explanation as unknown as JsonValue,
      ...(args.trace ? { document: tree() } : {}),
      formats: { table: tree },
    };
  },
});
