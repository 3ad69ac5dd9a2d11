import { cluster, pool, subscriptions } from './clusters.mjs';

const system = { mode: 'System' };
const one = '-g rg-az -n aks-35';
const ofPool = '-g rg-az --cluster-name aks-35';
const machines = { type: 'VirtualMachines', count: null, vmSize: '' };
const vms = {
  ...machines,
  virtualMachinesProfile: { scale: { manual: [{ size: 'Standard_D2s_v5', count: 2 }] } },
  virtualMachineNodesStatus: [{ size: 'Standard_D2s_v5', count: 2 }],
};

export const aks = {
  title: 'az aks',
  // Most operations have ended by the first poll: az waits 30 s before the second one.
  speed: 3600,
  load: [
    ...subscriptions,
    cluster('aks-35', '1.35.2', [
      pool('sys', '1.35.2', system),
      pool('web', '1.35.2', { availabilityZones: ['1', '2'] }),
    ]),
    cluster('aks-30', '1.30.9', [pool('sys', '1.30.9', system)]),
    cluster('aks-36', '1.36.4', [pool('sys', '1.36.4', system), pool('vms', '1.36.4', vms)]),
    cluster('aks-failed', '1.36.4', [pool('sys', '1.36.4', system)], { provisioningState: 'Failed' }),
  ],
  steps: [
    { line: 'aks list -o table', says: ['aks-35', '1.35.2'], outcome: 'the clusters' },
    {
      line: 'aks get-versions -l westeurope -o table',
      says: ['1.37.1', 'AKSLongTermSupport'],
      outcome: 'the versions of the region, with their support plans',
    },
    { line: `aks get-upgrades ${one} -o table`, says: '1.35.3, 1.36.3, 1.36.4', outcome: '1.35.3, 1.36.3, 1.36.4' },
    {
      line: 'aks get-upgrades -g rg-az -n aks-30 -o table',
      says: '1.35.2, 1.35.3',
      outcome: 'out of support: 1.35.2, 1.35.3 alone',
    },
    {
      line: `aks nodepool get-upgrades ${ofPool} -n web -o json`,
      says: '"latestNodeImageVersion": "AKSUbuntu-2204',
      outcome: 'the newest image; no version past the control plane',
    },
    {
      line: `aks machine list ${ofPool} --nodepool-name web -o table`,
      says: 'vmss000001',
      outcome: 'two machines with addresses and zones',
    },
    {
      line: `aks machine show ${ofPool} --nodepool-name web --machine-name nobody`,
      exit: 3,
      says: 'Could not find Machine',
      outcome: '404 `NotFound`',
    },
    {
      line: `aks get-credentials ${one} -f kubeconfig`,
      says: 'Merged "aks-35" as current context',
      outcome: 'merged as `aks-35`',
    },
    {
      line: `aks get-credentials ${one} -f kubeconfig --admin`,
      says: 'Merged "aks-35-admin"',
      outcome: 'merged as `aks-35-admin`',
    },
    { line: `aks stop ${one}`, outcome: 'stopped, no nodes' },
    {
      line: `aks nodepool scale ${ofPool} -n web --node-count 3`,
      exit: 1,
      says: '(OperationNotAllowed)',
      outcome: '400 `OperationNotAllowed`: in stopped state',
    },
    { line: `aks start ${one}`, outcome: 'running, with the nodes it had' },
    { line: `aks update ${one} --tags team=shop`, says: '"team": "shop"', outcome: 'tags stored' },
    {
      line: `aks update ${one} --auto-upgrade-channel patch`,
      says: '"upgradeChannel": "patch"',
      outcome: 'channel stored',
    },
    {
      line: 'aks update -g rg-az -n aks-failed --yes',
      says: '"provisioningState": "Succeeded"',
      outcome: 'reconciled: `Failed` becomes `Succeeded`',
    },
    {
      line: 'aks update -g rg-az -n aks-36 --node-provisioning-mode Auto',
      says: '"mode": "Auto"',
      outcome: 'node autoprovisioning on',
    },
    {
      line: 'aks update -g rg-az -n aks-36 --k8s-support-plan AKSLongTermSupport --tier standard',
      exit: 1,
      says: 'Premium',
      outcome: 'az itself: long-term support is for Premium',
    },
    {
      line: 'aks update -g rg-az -n aks-36 --k8s-support-plan AKSLongTermSupport --tier premium',
      says: '"AKSLongTermSupport"',
      outcome: 'tier and support plan stored',
    },
    {
      line: `aks upgrade ${one} -k 1.37 --yes`,
      exit: 1,
      says: ['(OperationNotAllowed)', 'Available upgrades: [1.36.4 1.36.3 1.35.3]'],
      outcome: '400 `OperationNotAllowed` with the available upgrades',
    },
    {
      line: `aks upgrade ${one} -k 1.34 --yes`,
      exit: 1,
      says: ['(K8sVersionNotSupported)', 'Long-Term Support'],
      outcome: '400 `K8sVersionNotSupported`: long-term support alone',
    },
    {
      line: `aks upgrade ${one} -k 9.9.9 --yes`,
      exit: 1,
      says: ['(K8sVersionNotSupported)', 'in this region'],
      outcome: '400 `K8sVersionNotSupported`: not in this region',
    },
    {
      line: `aks nodepool upgrade ${ofPool} -n web -k 1.36 --yes`,
      exit: 1,
      says: '(NodePoolMcVersionIncompatible)',
      outcome: '400 `NodePoolMcVersionIncompatible`: the control plane first',
    },
    {
      line: `aks upgrade ${one} -k 1.36 --control-plane-only --yes`,
      says: '"currentKubernetesVersion": "1.36.4"',
      outcome: 'the control plane runs 1.36.4, the pools 1.35.2',
    },
    {
      line: `aks nodepool upgrade ${ofPool} -n web -k 1.36 --yes`,
      says: '"currentOrchestratorVersion": "1.36.4"',
      outcome: 'the pool runs 1.36.4',
    },
    {
      line: 'aks upgrade -g rg-az -n aks-30 -k 1.35 --control-plane-only --yes',
      exit: 1,
      says: '(NodePoolMcVersionIncompatible)',
      outcome: 'out of support: refused alone',
    },
    {
      line: 'aks upgrade -g rg-az -n aks-30 -k 1.35 --yes',
      says: '"currentOrchestratorVersion": "1.35.3"',
      outcome: 'as a whole, from 1.30 to 1.35.3',
    },
    {
      line: `aks upgrade ${one} --node-image-only --yes`,
      says: '"aks-35"',
      outcome: 'the newest node image, pool by pool',
    },
    { line: `aks scale ${one} --nodepool-name web --node-count 3`, says: '"count": 3', outcome: '3 nodes' },
    { line: `aks nodepool scale ${ofPool} -n web --node-count 1`, says: '"count": 1', outcome: '1 node' },
    {
      line: `aks nodepool update ${ofPool} -n web --max-surge 0 --max-unavailable 1`,
      says: '"maxUnavailable": "1"',
      outcome: 'upgrade settings stored',
    },
    {
      line: `aks nodepool update ${ofPool} -n web --max-surge 33%`,
      exit: 1,
      says: '(InvalidParameter)',
      outcome: '400 `InvalidParameter`: not beside unavailable nodes',
    },
    {
      line: `aks nodepool update ${ofPool} -n web --max-surge 33% --max-unavailable 0`,
      says: '"maxSurge": "33%"',
      outcome: 'upgrade settings stored',
    },
    {
      line: `aks nodepool update ${ofPool} -n web --os-sku Ubuntu2404`,
      says: 'AKSUbuntu-2404',
      outcome: 'another OS SKU, another image',
    },
    { line: `aks nodepool stop ${ofPool} -n web`, outcome: 'stopped' },
    { line: `aks nodepool start ${ofPool} -n web`, outcome: 'running' },
    {
      line: `aks nodepool stop ${ofPool} -n sys`,
      exit: 1,
      says: '(InvalidParameter)',
      outcome: '400 `InvalidParameter`: a system pool',
    },
    {
      line: 'aks nodepool manual-scale update -g rg-az --cluster-name aks-36 -n vms --current-vm-sizes Standard_D2s_v5 --vm-sizes Standard_D4s_v5 --node-count 2',
      says: 'd4s_v5',
      outcome: 'another size; az sends it in lower case',
    },
    { line: `aks nodepool list ${ofPool} -o table`, says: ['sys', 'web'], outcome: 'the pools' },
    { line: `aks nodepool show ${ofPool} -n web -o json`, says: '"osSku": "Ubuntu2404"', outcome: 'the pool' },
    { line: `aks nodepool wait ${ofPool} -n web --updated --interval 1`, outcome: 'returns at once' },
    { line: `aks wait ${one} --updated --interval 1`, outcome: 'returns at once' },
    {
      line: `aks operation-abort ${one}`,
      exit: 1,
      says: '(OperationNotAllowed)',
      outcome: '409 `OperationNotAllowed`: nothing runs any more',
    },
    { line: 'provider register -n Microsoft.ContainerService', outcome: 'registered' },
    { line: 'aks delete -g rg-az -n aks-30 --yes', outcome: 'deleted' },
    { line: 'aks show -g rg-az -n aks-30', exit: 3, says: '(ResourceNotFound)', outcome: '404 `ResourceNotFound`' },
  ],
};
