import type { JsonObject } from '../../core/json.ts';
import { defaultProfile } from '../arm/localdns.ts';
import { futureFields } from './resources.ts';

/** A kind and its share of all kinds in the list. */
interface Share {
  readonly kind: string;
  readonly share: number;
}

export interface ClusterKind extends Share {
  readonly sku?: 'Automatic';
  readonly properties?: JsonObject;
}

export interface PoolKind extends Share {
  readonly properties: JsonObject;
  /** Nodes; between 2 and 12 if absent. */
  readonly nodes?: number;
  /** The pool lags behind its cluster: no newer than this version. */
  readonly atMost?: string;
  /** Only on this minor version or later; a plain pool takes its place otherwise. */
  readonly from?: number;
}

const services = { loadBalancerSku: 'standard', dnsServiceIP: '10.0.0.10', serviceCidr: '10.0.0.0/16' };
const podCidr = '10.244.0.0/16';
const overlay = { networkPluginMode: 'overlay', ...services, podCidr };
const network = (profile: JsonObject): JsonObject => ({ networkProfile: profile });
const nap = { nodeProvisioningProfile: { mode: 'Auto', defaultNodePools: 'Auto' } };

export const clusterKinds: readonly ClusterKind[] = [
  { kind: 'plain', share: 62 },
  { kind: 'stopped', share: 3, properties: { powerState: { code: 'Stopped' } } },
  { kind: 'autoprovisioning', share: 8, properties: nap },
  { kind: 'automatic', share: 4, sku: 'Automatic', properties: nap },
  {
    kind: 'cilium',
    share: 8,
    properties: network({ networkPlugin: 'azure', networkPolicy: 'cilium', networkDataplane: 'cilium', ...overlay }),
  },
  {
    kind: 'calico',
    share: 4,
    properties: network({ networkPlugin: 'azure', networkPolicy: 'calico', networkDataplane: 'azure', ...overlay }),
  },
  { kind: 'own-cni', share: 2, properties: network({ networkPlugin: 'none', ...services }) },
  { kind: 'kubenet', share: 3, properties: network({ networkPlugin: 'kubenet', ...services, podCidr }) },
  {
    kind: 'flat',
    share: 3,
    properties: network({ networkPlugin: 'azure', networkPolicy: 'none', networkDataplane: 'azure', ...services }),
  },
  { kind: 'failed', share: 2, properties: { provisioningState: 'Failed' } },
  { kind: 'updating', share: 1, properties: { provisioningState: 'Updating' } },
];

const azureLinux3 = { osSKU: 'AzureLinux', nodeImageVersion: 'AKSAzureLinux-V3gen2-202610.19.1' };

/** What a pool is if the version of its cluster does not allow the kind that was drawn. */
export const plainPool: PoolKind = { kind: 'plain', share: 26, properties: { nodeLabels: { tier: 'frontend' } } };

/** Every pool of an Automatic cluster: LocalDNS is preset there. Source: AKS release notes, 2026-05-29. */
export const automaticPool: PoolKind = {
  kind: 'preset',
  share: 0,
  from: 31,
  properties: { ...azureLinux3, localDNSProfile: defaultProfile('Required') },
};

const small = { kind: 'small-size', properties: { vmSize: 'Standard_D2s_v3' } };
const oldImage = {
  kind: 'old-image',
  properties: { nodeImageVersion: 'AKSUbuntu-2204gen2containerd-202502.12.0' },
};
const enabled = { kind: 'enabled', from: 31, properties: { localDNSProfile: defaultProfile('Required') } };
const single = { kind: 'single-node', nodes: 1, properties: {} };
const linux3 = { kind: 'azure-linux-3', from: 31, properties: azureLinux3 };

export const systemPoolKinds: readonly PoolKind[] = [
  { ...plainPool, share: 80 },
  { ...small, share: 6 },
  { ...linux3, share: 6 },
  { ...oldImage, share: 2 },
  { ...enabled, share: 4 },
  { ...single, share: 2 },
];

export const userPoolKinds: readonly PoolKind[] = [
  plainPool,
  {
    kind: 'large',
    share: 8,
    properties: {
      vmSize: 'Standard_E8ds_v5',
      upgradeSettings: { maxSurge: '33%', maxUnavailable: '0' },
      ...futureFields,
    },
  },
  { kind: 'autoscaled', share: 8, properties: { enableAutoScaling: true, minCount: 1, maxCount: 15, ...futureFields } },
  { ...small, share: 6 },
  { kind: 'constrained-size', share: 2, properties: { vmSize: 'Standard_M8-2ms' } },
  { kind: 'retired-size', share: 3, properties: { vmSize: 'Standard_DS3' } },
  { ...linux3, share: 6 },
  {
    kind: 'azure-linux-2',
    share: 2,
    atMost: '1.31.8',
    properties: { osSKU: 'AzureLinux', nodeImageVersion: 'AKSAzureLinux-V2gen2-202512.06.0' },
  },
  {
    kind: 'ubuntu-2004',
    share: 3,
    properties: { enableFIPS: true, nodeImageVersion: 'AKSUbuntu-2004gen2fipscontainerd-202507.02.0' },
  },
  {
    kind: 'fips',
    share: 3,
    properties: { enableFIPS: true, nodeImageVersion: 'AKSUbuntu-2204gen2fipscontainerd-202610.19.1' },
  },
  { ...oldImage, share: 3 },
  { kind: 'fresh-image', share: 4, properties: { nodeImageVersion: 'AKSUbuntu-2204gen2containerd-202611.03.0' } },
  {
    kind: 'windows',
    share: 6,
    properties: {
      osType: 'Windows',
      osSKU: 'Windows2022',
      nodeImageVersion: 'AKSWindows-2022-containerd-20348.4297.251022',
      windowsProfile: {},
    },
  },
  {
    kind: 'spot',
    share: 3,
    properties: { scaleSetPriority: 'Spot', scaleSetEvictionPolicy: 'Delete', spotMaxPrice: -1 },
  },
  { ...single, share: 3 },
  { kind: 'empty', share: 2, nodes: 0, properties: {} },
  { ...enabled, share: 4 },
  { kind: 'preferred', share: 2, from: 31, properties: { localDNSProfile: defaultProfile('Preferred') } },
  { kind: 'disabled', share: 2, from: 31, properties: { localDNSProfile: defaultProfile('Disabled') } },
  {
    kind: 'failed',
    share: 2,
    properties: {
      provisioningState: 'Failed',
      status: {
        provisioningError: {
          code: 'UpgradeFailed',
          message: 'Drain node failed when evicting a pod: Too Many Requests.',
        },
      },
    },
  },
  { kind: 'stopped-pool', share: 2, nodes: 0, properties: { powerState: { code: 'Stopped' } } },
  { kind: 'no-surge', share: 2, properties: { upgradeSettings: { maxSurge: '0', maxUnavailable: '1' } } },
  { kind: 'owned', share: 2, properties: { tags: { 'managed-by': 'terraform' } } },
  {
    kind: 'virtual-machines',
    share: 2,
    nodes: 3,
    properties: {
      type: 'VirtualMachines',
      vmSize: '',
      virtualMachinesProfile: { scale: { manual: [{ size: 'Standard_D4ds_v5', count: 3 }] } },
    },
  },
  { kind: 'gateway', share: 1, properties: { mode: 'Gateway' } },
  { kind: 'lagging', share: 2, atMost: '1.30.9', properties: {} },
  {
    kind: 'container-linux',
    share: 1,
    from: 34,
    properties: { osSKU: 'AzureContainerLinux', nodeImageVersion: 'AKSAzureContainerLinux-202606.01.0' },
  },
];

/** Tags that tools leave on a cluster. */
export const ownerKinds: readonly (Share & { readonly tags: JsonObject })[] = [
  { kind: 'none', share: 74, tags: {} },
  { kind: 'Terraform', share: 15, tags: { 'managed-by': 'terraform' } },
  { kind: 'Bicep', share: 5, tags: { 'deployed-by': 'bicep' } },
  { kind: 'Cluster API', share: 3, tags: { 'sigs.k8s.io_cluster-api-provider-azure_cluster_fleet': 'owned' } },
  { kind: 'Azure Service Operator', share: 3, tags: { 'azure-service-operator': 'platform' } },
];

export const versionKinds: readonly Share[] = [
  { kind: '1.29.9', share: 3 },
  { kind: '1.30.9', share: 7 },
  { kind: '1.31.8', share: 15 },
  { kind: '1.32.5', share: 20 },
  { kind: '1.33.4', share: 30 },
  { kind: '1.34.1', share: 20 },
  { kind: '1.35.0', share: 5 },
];

export const tierKinds: readonly Share[] = [
  { kind: 'Standard', share: 80 },
  { kind: 'Free', share: 12 },
  { kind: 'Premium', share: 8 },
];

/**
 * `managed`: AKS's own network. `full`: no address is left. `dns-*`: DNS servers of its own, and what the security
 * group does to TCP 53.
 */
export const networkKinds: readonly Share[] = [
  { kind: 'managed', share: 60 },
  { kind: 'custom', share: 20 },
  { kind: 'full', share: 5 },
  { kind: 'dns-open', share: 8 },
  { kind: 'dns-no-group', share: 4 },
  { kind: 'dns-blocked', share: 3 },
];

export const teamKinds: readonly Share[] = [
  ...['shop', 'payments', 'search', 'data', 'identity', 'platform', 'logistics', 'media'].map((kind) => ({
    kind,
    share: 12,
  })),
  { kind: 'none', share: 4 },
];

export const environmentKinds: readonly Share[] = [
  { kind: 'dev', share: 30 },
  { kind: 'test', share: 30 },
  { kind: 'prod', share: 40 },
];
