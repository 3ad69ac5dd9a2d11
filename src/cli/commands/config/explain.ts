import { UsageError } from '../../../core/errors.ts';
import type { JsonValue } from '../../../core/json.ts';
import { defineCommand, type Options } from '../../framework/definition.ts';
import { reportLayout } from '../../io/report-layout.ts';
import { terminalText } from '../../io/terminal-text.ts';
import { nodeOptions } from '../../options/config.ts';

const options = {
  'dns-policy': {
    type: 'string',
    choices: ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
    default: 'ClusterFirst',
    summary: 'dnsPolicy of the pod',
  },
  'host-network': { type: 'boolean', summary: 'Assume that the pod uses the host network' },
  namespace: {
    type: 'string',
    placeholder: 'NS',
    default: 'default',
    summary: 'Namespace of the pod, for the search path',
  },
  type: { type: 'string', placeholder: 'TYPE', default: 'A', summary: 'Record type' },
  ndots: {
    type: 'integer',
    min: 0,
    max: 15,
    summary: 'ndots in resolv.conf. Defaults to 5 for ClusterFirst, otherwise 1',
  },
  'node-suffix': { type: 'string', placeholder: 'DOMAIN', summary: "Search domain of the nodes' VNet" },
  ...nodeOptions,
  trace: { type: 'boolean', summary: 'Show the steps as a tree' },
} as const satisfies Options;

export const configExplain = defineCommand({
  path: ['config', 'explain'],
  summary: 'Explain a DNS lookup step by step',
  description:
    'Shows the listener, search path, block, upstreams and protocol, lifetimes, stale answers, and what happens when the upstream is down. Without FILE, uses the documented default.',
  positionals: [
    { name: 'NAME', summary: 'The name to look up', required: true },
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
    const { stdout, columns, ascii = false } = context.terminal;
    const tree = (): string =>
      terminalText(explainTree(explanation, reportLayout(context.terminal)), {
        width: stdout ? columns : undefined,
        ascii,
      });
    return {
      value: explanation as unknown as JsonValue,
      ...(args.trace ? { document: tree() } : {}),
      formats: { table: tree },
    };
  },
});
