import type { JsonObject } from '../../core/json.ts';
import type { Cluster, World } from '../world.ts';
import { addPool, futureFields } from './resources.ts';

interface EdgePool {
  readonly name: string;
  readonly why: string;
  readonly properties: JsonObject;
}

/** Unusual pools, one for each case. */
const edgePools: readonly EdgePool[] = [
  { name: 'systempool', why: 'every cluster has one', properties: { mode: 'System', count: 2 } },
  { name: 'emptypool', why: 'no nodes', properties: { count: 0, ...futureFields } },
  { name: 'stoppedpool', why: 'stopped', properties: { count: 0, powerState: { code: 'Stopped' } } },
  {
    name: 'autopool',
    why: 'autoscaled',
    properties: { enableAutoScaling: true, minCount: 2, maxCount: 6, count: 4, ...futureFields },
  },
  {
    name: 'spotpool',
    why: 'spot: neither surged nor drained',
    properties: {
      scaleSetPriority: 'Spot',
      scaleSetEvictionPolicy: 'Delete',
      spotMaxPrice: -1,
      nodeTaints: ['kubernetes.azure.com/scalesetpriority=spot:NoSchedule'],
    },
  },
  {
    name: 'failedpool',
    why: 'its last operation failed',
    properties: {
      provisioningState: 'Failed',
      status: {
        provisioningError: {
          code: 'UpgradeFailed',
          message:
            'Drain node aks-failedpool-12345678-vmss000000 failed when evicting pod web-0 failed with Too Many Requests error. This is often caused by a restrictive Pod Disruption Budget (PDB) policy. PDB debug info: shop/web-0 blocked by pdb web-pdb with 0 unready pods.',
        },
      },
    },
  },
  {
    name: 'mixedpool',
    why: 'VirtualMachines with several sizes, and a field that the GA models drop',
    properties: {
      type: 'VirtualMachines',
      vmSize: '',
      count: 3,
      virtualMachinesProfile: {
        scale: {
          manual: [
            { size: 'Standard_D4ds_v5', count: 2 },
            { size: 'Standard_D2ds_v5', count: 1 },
          ],
          autoscale: [{ size: 'Standard_D8ds_v5', minCount: 0, maxCount: 3 }],
        },
      },
    },
  },
  { name: 'singlepool', why: 'one node', properties: { count: 1 } },
  {
    name: 'tfpool',
    why: 'Terraform owns it',
    properties: { tags: { 'managed-by': 'terraform', repository: 'contoso/platform' } },
  },
  {
    name: 'fipspool',
    why: 'FIPS',
    properties: { enableFIPS: true, nodeImageVersion: 'AKSUbuntu-2204gen2fipscontainerd-202610.19.1' },
  },
  {
    name: 'linuxpool',
    why: 'Azure Linux 3',
    properties: { osSKU: 'AzureLinux', nodeImageVersion: 'AKSAzureLinux-V3gen2-202610.19.1' },
  },
  { name: 'tightpool', why: 'a constrained size: 8 vCPUs, 2 usable', properties: { vmSize: 'Standard_M8-2ms' } },
  { name: 'retiredpool', why: 'a size that Azure lists no more', properties: { vmSize: 'Standard_DS3' } },
  {
    name: 'oldimage',
    why: 'an image from before LocalDNS',
    properties: { nodeImageVersion: 'AKSUbuntu-2204gen2containerd-202502.12.0' },
  },
];

export function fillEdgeCluster(world: World, cluster: Cluster): void {
  for (const { name, properties } of edgePools) {
    const pool = addPool(world, cluster, name, properties);
    pool.hadOperation = pool.properties['provisioningState'] === 'Failed';
  }
}
