import { defineCommand, type Options } from '../framework/definition.ts';
import { clusterOptions, configOption, judgeOptions } from './options.ts';

export const options = {
  ...clusterOptions,
  name: { type: 'string', short: 'n', aliases: ['nodepool-name'], summary: 'Name of the node pool; all pools of the cluster where it is not given', placeholder: 'POOL' },
  ...judgeOptions,
  only: { type: 'string', repeatable: true, placeholder: 'ID', summary: 'Judge these checks alone' },
  'fail-on': { type: 'string', choices: ['fail', 'warn', 'none'], default: 'fail', summary: 'The least finding that gives exit code 10' },
  ...configOption,
} as const satisfies Options;

export const check = defineCommand({
  path: ['check'],
  summary: 'Report whether node pools can have LocalDNS, what stands in the way, and the fix',
  description: 'Reads only. Without -n every node pool of the cluster is judged. Exit code 10: findings at or above --fail-on; 11: something could not be evaluated.',
  options,
  examples: [
    { title: 'All pools of a cluster', command: 'aks-localdns check -g rg-demo --cluster-name aks-demo' },
    { title: 'One pool with the profile that it shall get', command: 'aks-localdns check -g rg-demo --cluster-name aks-demo -n userpool --localdns-config localdnsconfig.json' },
    { title: 'For a change request', command: 'aks-localdns check -g rg-demo --cluster-name aks-demo -o md' },
    { title: 'What blocks, for a script', command: 'aks-localdns check -g rg-demo --cluster-name aks-demo --query "rows[?status==\'fail\'].[target, id]" -o tsv' },
  ],
  effect: 'read',
  permissions: [
    'Microsoft.ContainerService/managedClusters/read',
    'Microsoft.ContainerService/managedClusters/agentPools/read',
    'Microsoft.Features/providers/features/read',
    'Microsoft.Resources/subscriptions/providers/read',
    'Microsoft.Compute/skus/read',
  ],
  formats: ['md'],
  load: async () => import('./check.run.ts'),
});
