import { cluster, pool, subscriptions } from './clusters.mjs';

const ofPool = '-g rg-az --cluster-name aks-36 -n web';
const ofCluster = '-g rg-az --resource-name aks-36 --resource-type Microsoft.ContainerService/managedClusters';
/** The simulator's clock runs ahead of az's. */
const always = '--start-time 2020-01-01 --end-time 2099-01-01';
const refusedByLock = { exit: 1, says: '(ScopeLocked)' };

/** For `node scripts/real-az.mjs`: what blocks a change, and what records it. */
export const governance = {
  title: 'az resource, lock and monitor',
  speed: 3600,
  load: [
    ...subscriptions,
    cluster('aks-36', '1.36.4', [pool('sys', '1.36.4', { mode: 'System' }), pool('web', '1.36.4')]),
  ],
  steps: [
    {
      line: 'resource list -o table',
      says: ['Microsoft.ContainerService/managedClusters', 'Microsoft.Network/virtualNetworks'],
      outcome: 'clusters, networks, security groups',
    },
    {
      line: 'resource list -g rg-az --resource-type Microsoft.ContainerService/managedClusters --query [].name',
      says: 'aks-36',
      outcome: 'the clusters of the group',
    },
    {
      line: 'resource show -g rg-az -n aks-36 --resource-type Microsoft.ContainerService/managedClusters --query name',
      says: 'aks-36',
      outcome: 'the cluster',
    },
    { line: 'lock list -g rg-az', says: '[]', outcome: 'none' },
    { line: 'lock create -g rg-az -n freeze -t ReadOnly --notes "No changes"', says: 'ReadOnly', outcome: 'created' },
    { line: `lock list ${ofCluster} --query [].name`, says: 'freeze', outcome: 'the lock counts for the cluster' },
    { line: `aks nodepool update ${ofPool} --labels a=b`, ...refusedByLock, outcome: '409 `ScopeLocked`' },
    { line: `aks nodepool delete ${ofPool}`, ...refusedByLock, outcome: '409 `ScopeLocked`' },
    { line: 'lock delete -g rg-az -n freeze', outcome: 'deleted' },
    { line: `lock create ${ofCluster} -n keep -t CanNotDelete`, says: 'CanNotDelete', outcome: 'created' },
    { line: `aks nodepool delete ${ofPool}`, ...refusedByLock, outcome: '409 `ScopeLocked`' },
    { line: `aks nodepool update ${ofPool} --labels a=b --query nodeLabels`, says: '"a": "b"', outcome: 'changed' },
    { line: `lock delete ${ofCluster} -n keep`, outcome: 'deleted' },
    { line: 'policy assignment list', says: '[]', outcome: 'none' },
    {
      line: `monitor activity-log list -g rg-az ${always} --query [].[operationName.value,status.value] -o tsv`,
      says: [
        'Microsoft.ContainerService/managedClusters/agentPools/write\tSucceeded',
        'Microsoft.ContainerService/managedClusters/agentPools/delete\tFailed',
        'Microsoft.Authorization/locks/write\tSucceeded',
      ],
      outcome: 'every write above, and how it ended',
    },
    {
      line: `monitor activity-log list ${always} --status Failed --query [].properties.errorCode -o tsv`,
      says: 'ScopeLocked',
      outcome: 'why three were refused',
    },
  ],
};

export const policy = {
  title: 'az policy',
  speed: 3600,
  scenario: 'policy-denied',
  load: governance.load,
  steps: [
    {
      line: 'policy assignment list --query [].displayName',
      says: 'Node pools only through the platform team',
      outcome: 'the assignment of the scenario `policy-denied`',
    },
    { line: 'policy assignment list -g rg-az', says: '[]', outcome: 'none at the group itself' },
    {
      line: 'policy assignment list -g rg-az --disable-scope-strict-match --query [].name',
      says: 'node-pools-by-platform-team',
      outcome: 'inherited by the group',
    },
    {
      line: 'policy assignment show -n node-pools-by-platform-team --query enforcementMode',
      says: 'Default',
      outcome: 'the assignment',
    },
    {
      line: 'policy definition show -n deny-node-pools --query policyRule.then.effect',
      says: 'deny',
      outcome: 'what it denies',
    },
    {
      line: `aks nodepool update ${ofPool} --labels a=b`,
      exit: 1,
      says: '(RequestDisallowedByPolicy)',
      outcome: '403 `RequestDisallowedByPolicy`',
    },
  ],
};
