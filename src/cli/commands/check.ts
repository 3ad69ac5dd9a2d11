import type { PrerequisiteReport } from '../../model/report.ts';
import type { Context } from '../framework/context.ts';
import { defineCommand } from '../framework/definition.ts';
import type { CommandResult } from '../io/result.ts';
import { checkOptions, type CheckArguments } from '../options/check.ts';

/**
 * Warns about an empty report, which looks like success. If filters narrowed the scope, they were probably mistyped.
 */
function tellEmpty(context: Context, { clusters, partial, scope }: PrerequisiteReport): void {
  if (clusters !== 0 || partial !== undefined) return;
  context.emit({ type: 'notice', level: 'warning', code: 'no-clusters', message: `No clusters were found: ${scope}.` });
}

async function deepResult(context: Context, args: CheckArguments): Promise<CommandResult> {
  const { checkManifests } = await import('../check/deep.ts');
  const { exitCodeFor } = await import('../../usecases/check/index.ts');
  const { deepCheck } = await import('../../report/index.ts');
  const { reportResult, writeReports } = await import('../report/write.ts');
  const { report, destinations } = await checkManifests(context, args);
  const view = deepCheck(report);
  const written = await writeReports(context, view, destinations, args.force);
  return { ...reportResult(context, view), exit: written ? exitCodeFor(report, args.failOn ?? 'fail') : 'error' };
}

export const check = defineCommand({
  path: ['check'],
  summary: 'Check whether node pools meet the prerequisites for LocalDNS',
  description:
    'Reports what blocks LocalDNS and how to fix it, for one node pool, one cluster, or every cluster in a scope. Without a scope, checks the active subscription. Read-only. ' +
    'With --deep --manifests, reports instead in which namespaces network policies will keep pods from LocalDNS. ' +
    'Exit code 10: findings at or above --fail-on; 11: something could not be evaluated; 3: filters such as --location matched no cluster. Ctrl-C ends a long run with a partial report.',
  options: checkOptions,
  examples: [
    { title: 'All pools of a cluster', command: 'aks-localdns check -g rg-demo --cluster-name aks-demo' },
    {
      title: 'One node pool with the profile to apply',
      command:
        'aks-localdns check -g rg-demo --cluster-name aks-demo -n userpool --localdns-config localdnsconfig.json',
    },
    { title: 'For a change request', command: 'aks-localdns check -g rg-demo --cluster-name aks-demo -o md' },
    {
      title: 'Failed checks, for a script',
      command:
        'aks-localdns check -g rg-demo --cluster-name aks-demo --query "rows[?status==\'fail\'].[target, id]" -o tsv',
    },
    {
      title: 'Everything that the account can access, for reviewers and CI',
      command: 'aks-localdns check --all-subscriptions --report html=report.html --report junit=report.xml',
    },
    {
      title: 'Production by team, with quotas, networks and the forecast',
      command:
        'aks-localdns check --management-group mg-platform --tag environment=production --group-by tag:team --capacity --network --forecast',
    },
    {
      title: 'Network policies that would cut DNS, in manifests',
      command: 'aks-localdns check --deep --manifests deploy --network-policy calico --write-policies localdns.yaml',
    },
    {
      title: 'Save the facts to evaluate them elsewhere',
      command: 'aks-localdns check --all-subscriptions --save-facts facts.ndjson',
    },
  ],
  effect: 'read',
  permissions: [
    'Microsoft.ContainerService/managedClusters/read',
    'Microsoft.ContainerService/managedClusters/agentPools/read',
    'Microsoft.Features/providers/features/read',
    'Microsoft.Resources/subscriptions/read',
    'Microsoft.Management/managementGroups/descendants/read',
    'Microsoft.Resources/subscriptions/providers/read',
    'Microsoft.Compute/skus/read',
    'Microsoft.Compute/locations/usages/read',
    'Microsoft.Network/virtualNetworks/read',
    'Microsoft.Network/virtualNetworks/subnets/read',
    'Microsoft.Network/networkSecurityGroups/read',
  ],
  formats: ['md', 'html', 'junit', 'csv', 'github-summary'],
  run: async (context, args) => {
    const { isDeep } = await import('../check/deep-options.ts');
    if (isDeep(args)) return deepResult(context, args);
    const { prepare } = await import('../check/prepare.ts');
    const { checkClusters, exitCodeFor } = await import('../../usecases/check/index.ts');
    const { prerequisites } = await import('../../report/index.ts');
    const { reportResult, shown, writeReports } = await import('../report/write.ts');
    const { facts, checkOptions, destinations, narrowed } = await prepare(context, args);
    const report = shown(await checkClusters(facts, checkOptions, context.emit), args.maskIds);
    tellEmpty(context, report);
    const view = prerequisites(report);
    const written = await writeReports(context, view, destinations, args.force);
    const exit = exitCodeFor(report, args.failOn ?? 'fail');
    const missed = narrowed && report.clusters === 0 && exit === 'ok';
    return { ...reportResult(context, view), exit: !written ? 'error' : missed ? 'not-found' : exit };
  },
});
