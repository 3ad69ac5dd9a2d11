import { UsageError } from '../../core/errors.ts';
import { defineCommand, type Arguments, type Options } from '../framework/definition.ts';
import { kubernetesOptions, kubernetesPermissions, namespaceOf, probeOptions } from '../options/kubernetes.ts';
import { clusterOptions, readPermissions } from '../options/pool.ts';
import { parseDestinations, reportOptions } from '../options/report.ts';

const levels = ['1', '2'] as const;

const options = {
  ...clusterOptions,
  // Not for --print-role.
  'resource-group': { ...clusterOptions['resource-group'], required: false },
  'cluster-name': { ...clusterOptions['cluster-name'], required: false },
  name: {
    type: 'string',
    short: 'n',
    aliases: ['nodepool-name'],
    repeatable: true,
    summary: 'Names of the node pools',
    placeholder: 'POOL',
  },
  'all-pools': { type: 'boolean', summary: 'All node pools of the cluster' },
  nodes: {
    type: 'string',
    placeholder: 'SELECTOR',
    summary: 'Nodes with these labels, for autoprovisioned nodes, which belong to no node pool',
  },
  level: {
    type: 'string',
    choices: levels,
    default: '2',
    summary:
      'Evidence that counts as proof: 1 is what nodes say of their settings, and no pod is made; 2 is answers to pods',
  },
  ...kubernetesOptions,
  ...probeOptions,
  'print-role': { type: 'boolean', summary: 'Print the least Kubernetes role for this command, and do nothing else' },
  ...reportOptions,
} as const satisfies Options;

type Given = Arguments<typeof options>;

/** What is needed for all but --print-role. @throws UsageError */
function requireTarget({ resourceGroup, clusterName, name, allPools, nodes }: Given): {
  readonly resourceGroup: string;
  readonly clusterName: string;
} {
  const missing = [
    ...(resourceGroup === undefined ? ['--resource-group/-g'] : []),
    ...(clusterName === undefined ? ['--cluster-name'] : []),
  ];
  if (resourceGroup === undefined || clusterName === undefined)
    throw new UsageError(`the following arguments are required: ${missing.join(', ')}`);
  const given = [name.length > 0, allPools, nodes !== undefined].filter(Boolean).length;
  if (given > 1) throw new UsageError('--name/-n, --all-pools and --nodes are mutually exclusive.');
  if (given === 0)
    throw new UsageError('--name/-n with one or more node pools is required, or --all-pools, or --nodes SELECTOR.');
  return { resourceGroup, clusterName };
}

export const verify = defineCommand({
  path: ['verify'],
  summary: 'Verify node by node that LocalDNS is on, or off, as the profile has it',
  description:
    'Compares what Azure says of a node pool with what its nodes say, and asks DNS from two small pods on each node, which need no privileges and are removed. ' +
    'A kubeconfig context that is not proven to be this cluster is not used. Exit code 10: LocalDNS is not as it should be; 11: not proven.',
  options,
  examples: [
    {
      title: 'One node pool',
      command: 'aks-localdns verify -g rg-demo --cluster-name aks-demo -n userpool',
    },
    {
      title: 'All node pools, for a pipeline',
      command: 'aks-localdns verify -g rg-demo --cluster-name aks-demo --all-pools --report junit=verify.xml',
    },
    {
      title: 'A private cluster, from outside its network',
      command: 'aks-localdns verify -g rg-demo --cluster-name aks-demo -n userpool --via run-command',
    },
    {
      title: 'Autoprovisioned nodes',
      command: 'aks-localdns verify -g rg-demo --cluster-name aks-demo --nodes karpenter.sh/nodepool=default',
    },
    {
      title: 'What nodes say of themselves alone, without pods',
      command: 'aks-localdns verify -g rg-demo --cluster-name aks-demo -n userpool --level 1',
    },
    {
      title: 'The role that the account needs in the cluster',
      command: 'aks-localdns verify --print-role | kubectl apply -f -',
    },
  ],
  effect: 'read',
  permissions: [...readPermissions, ...kubernetesPermissions],
  formats: ['md', 'html', 'junit', 'csv', 'github-summary'],
  run: async (context, args) => {
    const { exitCodeOf, printedRole } = await import('../../usecases/verify/index.ts');
    if (args.printRole) {
      const document = printedRole(namespaceOf(args.namespace, 'default'));
      return { value: { document }, document };
    }
    const target = requireTarget(args);
    const { verifyCluster } = await import('../kubernetes/verify-cluster.ts');
    const { verification } = await import('../../report/verification.ts');
    const { reportResult, writeReports } = await import('../report/write.ts');
    const destinations = parseDestinations(args.report);
    const report = await verifyCluster(context, { ...args, ...target }, destinations);
    const view = verification(report);
    const written = await writeReports(context, view, destinations, args.force);
    return { ...reportResult(context, view), exit: written ? exitCodeOf(report) : 'error' };
  },
});
