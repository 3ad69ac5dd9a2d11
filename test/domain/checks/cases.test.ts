import { describe, expect, test } from 'vitest';
import type { CheckStatus, Ruleset } from '../../../src/model/check.ts';
import { catalogue, type PoolFacts } from '../../../src/domain/checks/index.ts';
import { judge } from '../../../src/domain/checks/judge.ts';
import { known, notKnown } from '../../../src/model/known.ts';
import { clusterWith, facts, poolWith } from './facts.ts';
import { inNetwork, outbound, servers, subnetId } from './network-facts.ts';

interface Case {
  readonly check: string;
  readonly when: string;
  readonly facts: Partial<PoolFacts>;
  /** `undefined`: there is no row. */
  readonly status: CheckStatus | undefined;
  /** Texts that the row must contain. */
  readonly says?: readonly string[];
  readonly ruleset?: Ruleset;
}

const feature = (state: string | undefined) => {
  const { subscription } = facts();
  return {
    subscription: {
      ...subscription,
      feature: known(state === undefined ? ({ known: false } as const) : ({ known: true, state } as const)),
    },
  };
};
const provider = (state: string) => ({ subscription: { ...facts().subscription, provider: known({ state }) } });
const pool = (...parameters: Parameters<typeof poolWith>) => ({ pool: poolWith(...parameters) });
const cluster = (...parameters: Parameters<typeof clusterWith>) => ({ cluster: known(clusterWith(...parameters)) });
const image = (nodeImageVersion: string | undefined, rest = {}) => pool({ nodeImageVersion, ...rest });
const sku = (osSKU: string | undefined, version = '1.33.2', rest = {}) =>
  pool({ nodeImageVersion: undefined, osSKU, currentOrchestratorVersion: version, ...rest });
const surge = (maxSurge: string | undefined, maxUnavailable?: string, rest = {}) =>
  pool({ upgradeSettings: { maxSurge, maxUnavailable }, count: 10, ...rest });

const usages = known([]);
const nodes = (properties: Parameters<typeof poolWith>[0]) => ({ usages, ...pool(properties) });

const cases: readonly Case[] = [
  { check: 'feature-registered', when: 'it is registered', facts: feature('Registered'), status: 'pass' },
  {
    check: 'feature-registered',
    when: 'it is pending, which needs an approval',
    facts: feature('Pending'),
    status: 'fail',
    says: ['approval by Microsoft', 'aks-localdns check', '--ruleset ga'],
  },
  {
    check: 'feature-registered',
    when: 'it is not registered',
    facts: feature('NotRegistered'),
    status: 'fail',
    says: ['aks-localdns setup --subscription 11111111-', '--ruleset ga'],
  },
  {
    check: 'feature-registered',
    when: 'the registration is in progress',
    facts: feature('Registering'),
    status: 'fail',
    says: ['in progress'],
  },
  {
    check: 'feature-registered',
    when: 'Azure no longer lists the feature',
    facts: feature(undefined),
    status: 'warn',
    says: ['does not list', 'November 2025'],
  },
  {
    check: 'feature-registered',
    when: 'Azure reports an unrecognized state',
    facts: feature('Pondering'),
    status: 'unknown',
    says: ['Pondering'],
  },
  {
    check: 'feature-registered',
    when: 'the rule set is ga',
    facts: feature('NotRegistered'),
    status: 'skip',
    ruleset: 'ga',
    says: ['Not required'],
  },
  { check: 'provider-registered', when: 'it is registered', facts: provider('Registered'), status: 'pass' },
  {
    check: 'provider-registered',
    when: 'it is not registered, with the rule set ga as well',
    facts: provider('NotRegistered'),
    status: 'fail',
    ruleset: 'ga',
    says: ['provider register'],
  },
  { check: 'provider-registered', when: 'it is being registered', facts: provider('Registering'), status: 'warn' },
  { check: 'cluster-running', when: 'the cluster is running', facts: {}, status: 'pass' },
  {
    check: 'cluster-running',
    when: 'the cluster is stopped, although its last operation succeeded',
    facts: cluster({ powerState: { code: 'Stopped' } }),
    status: 'fail',
    says: ['az aks start -g rg-shop -n aks-shop'],
  },
  {
    check: 'cluster-running',
    when: 'the cluster may not be read',
    facts: { cluster: notKnown('managedClusters/read is missing.') },
    status: 'unknown',
    says: ['managedClusters/read'],
  },
  {
    check: 'cluster-state',
    when: 'the state is one that Azure may add later',
    facts: cluster({ provisioningState: 'Rebalancing' }),
    status: 'warn',
    says: ['in progress', 'az aks wait', '--updated'],
  },
  {
    check: 'cluster-state',
    when: 'the last operation failed',
    facts: cluster({ provisioningState: 'Failed' }),
    status: 'warn',
    says: ['az aks update'],
  },
  {
    check: 'cluster-state',
    when: 'the cluster is being deleted',
    facts: cluster({ provisioningState: 'Deleting' }),
    status: 'fail',
  },
  {
    check: 'node-autoprovisioning',
    when: 'Azure does not report it',
    facts: cluster({ nodeProvisioningProfile: undefined }),
    status: 'pass',
  },
  {
    check: 'node-autoprovisioning',
    when: 'it is on',
    facts: cluster({ nodeProvisioningProfile: { mode: 'Auto' } }),
    status: 'fail',
    says: ['aks-localdns check', '--ruleset ga'],
  },
  {
    check: 'node-autoprovisioning',
    when: 'it is on because the cluster is Automatic',
    facts: cluster({ nodeProvisioningProfile: { mode: 'Auto' } }, { sku: { name: 'Automatic' } }),
    status: 'fail',
    says: ['AKS Automatic', 'check -g rg-shop'],
  },
  {
    check: 'node-autoprovisioning',
    when: 'it is on, with the rule set ga',
    facts: cluster({ nodeProvisioningProfile: { mode: 'Auto' } }),
    status: 'warn',
    ruleset: 'ga',
    says: ['AKSNodeClass'],
  },
  { check: 'network-plugin', when: 'it is azure without policies', facts: {}, status: 'pass' },
  {
    check: 'network-plugin',
    when: 'the cluster uses its own',
    facts: cluster({ networkProfile: { networkPlugin: 'none' } }),
    status: 'warn',
    says: ['skips such clusters'],
  },
  {
    check: 'network-plugin',
    when: 'the dataplane is Cilium',
    facts: cluster({ networkProfile: { networkPlugin: 'azure', networkDataplane: 'cilium' } }),
    status: 'warn',
    says: ['169.254.10.0/24', 'Cilium'],
  },
  {
    check: 'network-plugin',
    when: 'Calico enforces the policies',
    facts: cluster({ networkProfile: { networkPlugin: 'kubenet', networkPolicy: 'calico' } }),
    status: 'warn',
    says: ['169.254.10.0/24'],
  },
  {
    check: 'kubernetes-version',
    when: 'the pool is older than its cluster',
    facts: pool({ currentOrchestratorVersion: '1.30.9', orchestratorVersion: '1.31' }),
    status: 'fail',
    says: ['1.30.9', 'nodepool upgrade', '--kubernetes-version 1.33.2'],
  },
  {
    check: 'kubernetes-version',
    when: 'the control plane is too old as well',
    facts: { ...pool({ currentOrchestratorVersion: '1.29.1' }), ...cluster({ currentKubernetesVersion: '1.29.1' }) },
    status: 'fail',
    says: ['az aks upgrade', '--kubernetes-version 1.35'],
  },
  {
    check: 'kubernetes-version',
    when: 'only the alias is known',
    facts: pool({ currentOrchestratorVersion: undefined, orchestratorVersion: '1.31' }),
    status: 'pass',
  },
  {
    check: 'kubernetes-version',
    when: 'it is 1.4, which is older than 1.31',
    facts: pool({ currentOrchestratorVersion: '1.4.0' }),
    status: 'fail',
  },
  {
    check: 'kubernetes-version',
    when: 'it cannot be read',
    facts: pool({ currentOrchestratorVersion: 'latest' }),
    status: 'unknown',
    says: ['latest'],
  },
  {
    check: 'kubernetes-version',
    when: 'a new pool uses the version of its cluster',
    facts: { ...pool({ currentOrchestratorVersion: undefined, orchestratorVersion: undefined }), isNew: true },
    status: 'pass',
    says: ['1.33.2'],
  },
  {
    check: 'pool-type',
    when: 'it consists of virtual machines',
    facts: pool({ type: 'VirtualMachines' }),
    status: 'fail',
    says: ['nodepool add', 'userpool2', '--ruleset ga'],
  },
  {
    check: 'pool-type',
    when: 'it consists of virtual machines, with the rule set ga',
    facts: pool({ type: 'VirtualMachines' }),
    status: 'warn',
    ruleset: 'ga',
  },
  {
    check: 'pool-type',
    when: 'it is an availability set, with the rule set ga as well',
    facts: pool({ type: 'availabilitySet' }),
    status: 'fail',
    ruleset: 'ga',
  },
  { check: 'pool-type', when: 'it is an availability set', facts: pool({ type: 'AvailabilitySet' }), status: 'fail' },
  {
    check: 'pool-type',
    when: 'a new pool has no type',
    facts: { ...pool({ type: undefined }), isNew: true },
    status: 'pass',
  },
  { check: 'pool-mode', when: 'it is a Gateway pool that was named', facts: pool({ mode: 'Gateway' }), status: 'fail' },
  {
    check: 'pool-mode',
    when: 'it is a Gateway pool of a cluster',
    facts: { ...pool({ mode: 'Gateway' }), named: false },
    status: 'skip',
    says: ['egress'],
  },
  {
    check: 'pool-mode',
    when: 'support for the mode is not documented',
    facts: pool({ mode: 'ManagedSystem' }),
    status: 'unknown',
  },
  {
    check: 'vm-vcpus',
    when: 'the list has more vCPUs than the name suggests: DS3_v2 has 4',
    facts: pool({ vmSize: 'Standard_DS3_v2' }),
    status: 'pass',
    says: ['4 vCPUs'],
  },
  {
    check: 'vm-vcpus',
    when: 'the size is constrained to 2',
    facts: pool({ vmSize: 'Standard_M8-2ms' }),
    status: 'fail',
    says: ['2 usable vCPUs'],
  },
  {
    check: 'vm-vcpus',
    when: 'the size is too small',
    facts: pool({ vmSize: 'standard_d2s_V5' }),
    status: 'fail',
    says: ['--like userpool --node-vm-size Standard_D4s_v5', '-n userpool2'],
  },
  {
    check: 'vm-vcpus',
    when: 'the region does not list the size',
    facts: pool({ vmSize: 'Standard_D64_v9' }),
    status: 'unknown',
    says: ['Standard_D64_v9', 'not listed'],
  },
  {
    check: 'vm-vcpus',
    when: 'one of several sizes is too small',
    facts: pool({
      vmSize: '',
      virtualMachinesProfile: {
        scale: { manual: [{ size: 'Standard_D4s_v5' }], autoscale: [{ size: 'Standard_D2s_v5' }] },
      },
    }),
    status: 'fail',
    says: ['Standard_D2s_v5 has 2'],
  },
  {
    check: 'vm-vcpus',
    when: 'one of several sizes is not listed',
    facts: pool({
      vmSize: '',
      virtualMachinesProfile: { scale: { manual: [{ size: 'Standard_D4s_v5' }, { size: 'Standard_X1' }] } },
    }),
    status: 'unknown',
  },
  {
    check: 'vm-vcpus',
    when: 'the list could not be read',
    facts: { vmSizes: notKnown('Microsoft.Compute/skus/read is missing.') },
    status: 'unknown',
    says: ['skus/read'],
  },
  {
    check: 'vm-vcpus',
    when: 'a new pool lets Azure choose',
    facts: { ...pool({ vmSize: undefined }), isNew: true },
    status: 'warn',
    says: ['--node-vm-size'],
  },
  {
    check: 'os-sku',
    when: 'the image is Ubuntu 22.04',
    facts: image('AKSUbuntu-2204gen2containerd-202510.19.1'),
    status: 'pass',
    says: ['22.04'],
  },
  {
    check: 'os-sku',
    when: 'the image is Ubuntu 24.04 for Arm',
    facts: image('AKSUbuntu-2404gen2arm64containerd-202510.19.1'),
    status: 'pass',
  },
  {
    check: 'os-sku',
    when: 'the image is Ubuntu 20.04, regardless of the SKU',
    facts: image('AKSUbuntu-2004gen2fipscontainerd-202507.02.0', { osSKU: 'Ubuntu2004' }),
    status: 'fail',
    says: ['20.04', '--os-sku Ubuntu2204'],
  },
  {
    check: 'os-sku',
    when: 'the image is older than its SKU, and setting the SKU would not change it',
    facts: image('AKSUbuntu-2004gen2fipscontainerd-202507.02.0', { osSKU: 'Ubuntu2204', enableFIPS: true }),
    status: 'fail',
    says: ['20.04', '--node-image-only'],
  },
  {
    check: 'os-sku',
    when: 'the nodes are confidential VMs, for which 22.04 is not available',
    facts: image('AKSUbuntu-2004cvmcontainerd-202507.02.0', { vmSize: 'Standard_DC4as_v5' }),
    status: 'fail',
    says: ['--os-sku Ubuntu2404'],
  },
  {
    check: 'os-sku',
    when: 'the version is past the end of 22.04',
    facts: image('AKSUbuntu-2004fipscontainerd-202507.02.0', {
      enableFIPS: true,
      currentOrchestratorVersion: '1.37.0',
    }),
    status: 'fail',
    says: ['--os-sku Ubuntu2404'],
  },
  {
    check: 'os-sku',
    when: 'the pool has a newer SKU but an old image',
    facts: image('AKSUbuntu-2004containerd-202507.02.0'),
    status: 'fail',
    says: ['--node-image-only'],
  },
  {
    check: 'os-sku',
    when: 'the image is Ubuntu 18.04',
    facts: image('AKSUbuntu-1804-2020.03.05'),
    status: 'fail',
    says: ['18.04'],
  },
  {
    check: 'os-sku',
    when: 'the image is Azure Linux 3',
    facts: image('AKSAzureLinux-V3gen2-202606.08.1', { osSKU: 'AzureLinux' }),
    status: 'pass',
  },
  {
    check: 'os-sku',
    when: 'the image is Azure Linux 2',
    facts: image('AKSAzureLinux-V2gen2-202512.06.0', { osSKU: 'AzureLinux' }),
    status: 'fail',
    says: ['--os-sku AzureLinux3', 'removed'],
  },
  {
    check: 'os-sku',
    when: 'the image is Mariner 2',
    facts: image('AKSCBLMariner-V2katagen2-202406.25.0', { osSKU: 'CBLMariner' }),
    status: 'fail',
  },
  {
    check: 'os-sku',
    when: 'the image is Azure Container Linux',
    facts: image('AKSAzureContainerLinux-202606.01.0'),
    status: 'unknown',
  },
  {
    check: 'os-sku',
    when: 'the image is of an unrecognized family',
    facts: image('AKSUbuntuPro-9-202606.01.0'),
    status: 'unknown',
  },
  { check: 'os-sku', when: 'the image is Flatcar', facts: image('AKSFlatcar-flatcargen2-202508.06.0'), status: 'fail' },
  {
    check: 'os-sku',
    when: 'it is a Windows pool that was named',
    facts: pool({
      osType: 'Windows',
      osSKU: 'Windows2022',
      nodeImageVersion: 'AKSWindows-2022-containerd-20348.3207.250214',
    }),
    status: 'fail',
    says: ['only on Linux nodes'],
  },
  {
    check: 'os-sku',
    when: 'it is a Windows pool of a cluster',
    facts: { ...pool({ osType: 'Windows', osSKU: 'Windows2022' }), named: false },
    status: 'skip',
    says: ['only on Linux nodes'],
  },
  { check: 'os-sku', when: 'there is no image, and Ubuntu means 22.04 or later', facts: sku('Ubuntu'), status: 'pass' },
  {
    check: 'os-sku',
    when: 'there is no image, and FIPS may mean 20.04',
    facts: sku('Ubuntu', '1.33.2', { enableFIPS: true }),
    status: 'unknown',
  },
  { check: 'os-sku', when: 'there is no image, and the SKU names 20.04', facts: sku('Ubuntu2004'), status: 'fail' },
  {
    check: 'os-sku',
    when: 'there is no image, and Azure Linux means 3',
    facts: sku('AzureLinux', '1.32.1'),
    status: 'pass',
  },
  {
    check: 'os-sku',
    when: 'there is no image, and Azure Linux may mean 2 or 3',
    facts: sku('AzureLinux', '1.31.9'),
    status: 'unknown',
  },
  {
    check: 'os-sku',
    when: 'there is no image, and Azure Linux means 2',
    facts: sku('AzureLinux', '1.30.0'),
    status: 'fail',
  },
  {
    check: 'os-sku',
    when: 'there is no image, and the SKU is OS Guard',
    facts: sku('AzureLinuxOSGuard'),
    status: 'unknown',
  },
  {
    check: 'os-sku',
    when: 'a new pool has no SKU and gets Ubuntu',
    facts: { ...sku(undefined), isNew: true },
    status: 'pass',
  },
  { check: 'os-sku', when: 'Azure reports neither', facts: sku(undefined), status: 'unknown' },
  { check: 'node-image', when: 'it is recent', facts: {}, status: 'pass' },
  {
    check: 'known-bad-image',
    when: 'the image is newer than all known issues',
    facts: {},
    status: 'pass',
  },
  {
    check: 'known-bad-image',
    when: 'a crash of the LocalDNS service leaves the node without DNS',
    facts: image('AKSAzureLinux-V3gen2-202608.06.0'),
    status: 'warn',
    says: ['before 2026-09', '#5930', '--node-image-only'],
  },
  {
    check: 'known-bad-image',
    when: 'the DNS servers of the network were not read',
    facts: image('AKSUbuntu-2204gen2containerd-202509.11.0'),
    status: 'warn',
    says: ['before 2025-10, if the virtual network has custom DNS servers'],
  },
  {
    check: 'known-bad-image',
    when: 'the image has no month, which another check reports',
    facts: image('AKSUbuntu-2204gen2containerd'),
    status: undefined,
  },
  {
    check: 'known-bad-image',
    when: 'the image is older than LocalDNS, which another check reports',
    facts: image('AKSUbuntu-2204gen2containerd-202502.06.0'),
    status: 'pass',
  },
  {
    check: 'node-image',
    when: 'it is from 2025-05',
    facts: image('AKSUbuntu-2204gen2containerd-202505.01.0'),
    status: 'pass',
  },
  {
    check: 'node-image',
    when: 'it is older than LocalDNS',
    facts: image('AKSUbuntu-2204gen2containerd-202504.30.0'),
    status: 'fail',
    says: ['silently', '--node-image-only'],
  },
  {
    check: 'node-image',
    when: 'it is a FIPS image',
    facts: image('AKSUbuntu-2204gen2fipscontainerd-202510.19.1'),
    status: 'warn',
    says: ['FIPS'],
  },
  {
    check: 'node-image',
    when: 'its date cannot be read',
    facts: image('AKSUbuntu-2204gen2containerd-latest'),
    status: 'unknown',
  },
  {
    check: 'node-image',
    when: 'a pool without nodes has none',
    facts: image(undefined, { count: 0 }),
    status: 'skip',
    says: ['newest'],
  },
  { check: 'node-image', when: 'a pool with nodes has none', facts: image(undefined), status: 'unknown' },
  {
    check: 'node-image',
    when: 'the pool does not exist yet',
    facts: { ...image(undefined), isNew: true },
    status: undefined,
  },
  {
    check: 'pool-state',
    when: 'the state is one that Azure may add later',
    facts: pool({ provisioningState: 'Shuffling' }),
    status: 'warn',
    says: ['in progress', 'nodepool wait'],
  },
  {
    check: 'pool-state',
    when: 'the last operation failed',
    facts: pool({
      provisioningState: 'Failed',
      status: { provisioningError: { code: 'PodDrainFailure', message: 'cannot\u001b evict' } },
    }),
    status: 'warn',
    says: ['different settings', 'PodDrainFailure', 'cannot\\u001b evict'],
  },
  {
    check: 'pool-state',
    when: 'the last operation was canceled',
    facts: pool({ provisioningState: 'Canceled' }),
    status: 'warn',
    says: ['canceled'],
  },
  {
    check: 'pool-state',
    when: 'the pool is being deleted',
    facts: pool({ provisioningState: 'Deleting' }),
    status: 'fail',
  },
  {
    check: 'pool-power',
    when: 'the pool is stopped',
    facts: pool({ powerState: { code: 'Stopped' } }),
    status: 'fail',
    says: ['az aks nodepool start'],
  },
  {
    check: 'pool-power',
    when: 'it is stopped with its cluster',
    facts: { ...pool({ powerState: { code: 'Stopped' } }), ...cluster({ powerState: { code: 'Stopped' } }) },
    status: 'fail',
    says: ['with its cluster', 'az aks start'],
  },
  {
    check: 'spot',
    when: 'it is a spot pool',
    facts: pool({ scaleSetPriority: 'Spot' }),
    status: 'warn',
    says: ['without draining'],
  },
  {
    check: 'single-node',
    when: 'there is one node',
    facts: pool({ count: 1 }),
    status: 'warn',
    says: ['evicted at the same time', '--node-count 2'],
  },
  {
    check: 'single-node',
    when: 'the autoscaler has left one node',
    facts: pool({ count: 1, enableAutoScaling: true, minCount: 1, maxCount: 5 }),
    status: 'warn',
    says: ['--min-count 2 --max-count 5'],
  },
  { check: 'single-node', when: 'there is no node', facts: pool({ count: 0 }), status: 'pass' },
  {
    check: 'surge',
    when: 'it uses the default: 10% of ten nodes',
    facts: surge(undefined),
    status: 'pass',
    says: ['1 node at a time', 'assumption', '10% (the default)'],
  },
  {
    check: 'surge',
    when: 'a third of ten nodes, rounded up',
    facts: surge('33%'),
    status: 'pass',
    says: ['4 nodes at a time'],
  },
  {
    check: 'surge',
    when: 'nodes are taken out of service instead',
    facts: surge('0', '20%'),
    status: 'warn',
    says: ['loses 2 nodes', '--max-surge 33%', 'assumption'],
  },
  {
    check: 'surge',
    when: 'no node can be replaced',
    facts: surge('0%'),
    status: 'warn',
    says: ['No node can be replaced'],
  },
  { check: 'surge', when: 'the setting cannot be read', facts: surge('many'), status: 'unknown' },
  {
    check: 'surge',
    when: 'a spot pool has none',
    facts: surge('0', '0', { scaleSetPriority: 'Spot' }),
    status: undefined,
  },
  { check: 'instance-limit', when: 'capacity was not requested', facts: pool({ count: 1000 }), status: undefined },
  {
    check: 'instance-limit',
    when: 'the surge just fits',
    facts: nodes({ count: 900, upgradeSettings: { maxSurge: '100' } }),
    status: 'pass',
    says: ['900 nodes and 100 surge nodes'],
  },
  {
    check: 'instance-limit',
    when: 'the surge does not fit',
    facts: nodes({ count: 950, upgradeSettings: {} }),
    status: 'warn',
    says: ['would have 1045 nodes', 'assumption', '--max-surge 50'],
  },
  {
    check: 'instance-limit',
    when: 'there is no room at all',
    facts: nodes({ count: 1000 }),
    status: 'warn',
    says: ['--max-surge 0 --max-unavailable 1'],
  },
  {
    check: 'instance-limit',
    when: 'there is no room at all in a system pool',
    facts: nodes({ count: 1000, mode: 'System' }),
    status: 'warn',
    says: ['Scale the pool down first'],
  },
  {
    check: 'instance-limit',
    when: 'it is a spot pool',
    facts: nodes({ count: 1000, scaleSetPriority: 'Spot' }),
    status: 'pass',
  },
  {
    check: 'instance-limit',
    when: 'it is not a scale set',
    facts: nodes({ count: 1000, type: 'VirtualMachines' }),
    status: undefined,
  },
  {
    check: 'instance-limit',
    when: 'Azure does not report the number of nodes',
    facts: nodes({ count: undefined }),
    status: 'unknown',
  },
  {
    check: 'vnet-dns-servers',
    when: 'networks were not requested',
    facts: pool({ vnetSubnetID: subnetId }),
    status: undefined,
  },
  {
    check: 'vnet-dns-servers',
    when: 'AKS created the network',
    facts: { ...inNetwork([]), ...pool() },
    status: undefined,
  },
  {
    check: 'vnet-dns-servers',
    when: 'the network uses Azure DNS',
    facts: inNetwork([]),
    status: 'pass',
    says: ['Azure DNS'],
  },
  {
    check: 'vnet-dns-servers',
    when: 'the network lists the address of Azure DNS',
    facts: inNetwork(['168.63.129.16']),
    status: 'pass',
  },
  {
    check: 'vnet-dns-servers',
    when: 'the network has custom DNS servers',
    facts: inNetwork(servers),
    status: 'warn',
    says: ['10.250.0.4, 10.250.0.5', 'ForceTCP', '2026-08'],
  },
  {
    check: 'vnet-dns-servers',
    when: 'the network may not be read',
    facts: inNetwork(undefined),
    status: 'unknown',
    says: ['no right.'],
  },
  {
    check: 'vnet-dns-servers',
    when: 'the network was not read',
    facts: { ...inNetwork(servers), ...pool({ vnetSubnetID: '/subscriptions/s/other/subnets/x' }) },
    status: 'unknown',
    says: ['was not read'],
  },
  {
    check: 'dns-tcp-53',
    when: 'networks were not requested',
    facts: pool({ vnetSubnetID: subnetId }),
    status: undefined,
  },
  { check: 'dns-tcp-53', when: 'the network uses Azure DNS', facts: inNetwork([], [outbound]), status: undefined },
  {
    check: 'dns-tcp-53',
    when: 'there is no security group',
    facts: inNetwork(servers),
    status: 'pass',
    says: ['no network security group'],
  },
  {
    check: 'dns-tcp-53',
    when: 'the rules allow it',
    facts: inNetwork(servers, []),
    status: 'pass',
    says: ['10.250.0.4 and 10.250.0.5'],
  },
  {
    check: 'dns-tcp-53',
    when: 'a rule denies it to one of the servers',
    facts: inNetwork(servers, [
      { ...outbound, destinations: ['10.250.0.5'] },
      { ...outbound, priority: 199, ports: ['80'] },
    ]),
    status: 'warn',
    says: [
      'denied by DenyDns: 10.250.0.5',
      'ForceTCP',
      '2026-08',
      'az network nsg rule create -g RG-NET --nsg-name NSG',
      '--priority 198 ',
      '--destination-address-prefixes 10.250.0.5',
    ],
  },
  {
    check: 'dns-tcp-53',
    when: 'there is no free priority before the rule that denies',
    facts: inNetwork(servers, [{ ...outbound, priority: 100 }]),
    status: 'warn',
    says: ['allows TCP port 53 to 10.250.0.4 and 10.250.0.5'],
  },
  {
    check: 'dns-tcp-53',
    when: 'the rules do not decide it',
    facts: inNetwork(servers, [{ ...outbound, destinations: [] }]),
    status: 'unknown',
    says: ['DenyDns'],
  },
  {
    check: 'dns-tcp-53',
    when: 'the rules may not be read',
    facts: inNetwork(servers, 'not read'),
    status: 'unknown',
    says: ['no right.'],
  },
  { check: 'dns-tcp-53', when: 'the subnet may not be read', facts: inNetwork(servers, [], false), status: 'unknown' },
  { check: 'dns-tcp-53', when: 'the network may not be read', facts: inNetwork(undefined, []), status: 'unknown' },
  { check: 'owner', when: 'no tag shows another tool', facts: pool({ tags: { team: 'shop' } }), status: 'pass' },
  {
    check: 'owner',
    when: 'a tag of the pool names Terraform',
    facts: pool({ tags: { managed_by: 'terraform' } }),
    status: 'warn',
    says: ['Terraform', 'managed_by=terraform of the pool', 'azapi'],
  },
  {
    check: 'owner',
    when: 'a tag of the cluster names azd',
    facts: cluster({}, { tags: { 'azd-env-name': 'dev' } }),
    status: 'warn',
    says: ['Azure Developer CLI'],
  },
  {
    check: 'owner',
    when: 'there is a tag of Cluster API',
    facts: cluster({}, { tags: { 'sigs.k8s.io_cluster-api-provider-azure_cluster_x': 'owned' } }),
    status: 'warn',
    says: ['Cluster API'],
  },
  {
    check: 'owner',
    when: 'there is a tag of Azure Service Operator',
    facts: pool({ tags: { 'serviceoperator.azure.com/owner': 'x' } }),
    status: 'warn',
    says: ['Azure Service Operator'],
  },
  {
    check: 'owner',
    when: 'there are tags of Bicep and Pulumi',
    facts: pool({ tags: { source: 'infra/main.bicep', 'pulumi:stack': 'prod' } }),
    status: 'warn',
    says: ['Bicep', 'Pulumi'],
  },
  {
    check: 'owner',
    when: 'the cluster is managed by a resource',
    facts: cluster({}, { managedBy: '/subscriptions/x/providers/Contoso/y' }),
    status: 'warn',
    says: ['managedBy /subscriptions/x'],
  },
  {
    check: 'owner',
    when: 'the tag names people, not a tool',
    facts: pool({ tags: { managedBy: 'manual' } }),
    status: 'pass',
  },
  {
    check: 'owner',
    when: 'a tag of the pool shows one, and the cluster may not be read',
    facts: { ...pool({ tags: { iac: 'Terraform' } }), cluster: notKnown('no right.') },
    status: 'warn',
  },
  { check: 'current-localdns', when: 'it was never configured', facts: {}, status: 'pass', says: ['never configured'] },
  {
    check: 'current-localdns',
    when: 'it is on',
    facts: pool({ localDNSProfile: { mode: 'Required', state: 'Enabled' } }),
    status: 'pass',
    says: ['already on in this pool', 'mode Required, state Enabled'],
  },
  {
    check: 'current-localdns',
    when: 'it was requested but is not on',
    facts: pool({ localDNSProfile: { mode: 'Required', state: 'Disabled' } }),
    status: 'warn',
  },
  {
    check: 'current-localdns',
    when: 'it is off',
    facts: pool({ localDNSProfile: { mode: 'Disabled', state: 'Disabled' } }),
    status: 'pass',
    says: ['off'],
  },
  {
    check: 'current-localdns',
    when: 'the mode leaves the choice to AKS',
    facts: pool({ localDNSProfile: { mode: 'Preferred', state: 'Disabled' } }),
    status: 'pass',
    says: ['not installed'],
  },
  { check: 'config-valid', when: 'no file is given', facts: {}, status: undefined },
  {
    check: 'config-valid',
    when: 'the file has errors',
    facts: { config: { file: 'dns.json', errors: ['line 3: bad', 'line 4: worse'], warnings: [] } },
    status: 'fail',
    says: ['line 3: bad; line 4: worse', 'dns.json'],
  },
  {
    check: 'config-valid',
    when: 'the file has warnings',
    facts: { config: { file: 'dns.json', errors: [], warnings: ['line 3: odd'] } },
    status: 'warn',
    says: ['line 3: odd'],
  },
  {
    check: 'config-valid',
    when: 'the file is fine',
    facts: { config: { file: 'dns.json', errors: [], warnings: [] } },
    status: 'pass',
  },
];

describe('each check', () => {
  test.each(cases)(
    '$check is $status if $when',
    ({ check, facts: changes, status, says = [], ruleset = 'preview' }) => {
      const rows = judge(facts(changes), { ruleset, only: [check] });
      expect(rows.map((row) => row.status)).toEqual(status === undefined ? [] : [status]);
      const text = JSON.stringify(rows).replaceAll('\\\\', '\\');
      for (const word of says) expect(text).toContain(word);
    },
  );

  test('has a case in which it does not pass', () => {
    const tried = new Set(
      cases.filter(({ status }) => status !== 'pass' && status !== undefined).map(({ check }) => check),
    );
    // Checks of the whole scope are tested separately.
    expect([...tried].sort()).toEqual(
      catalogue
        .filter(({ judge: own }) => own !== undefined)
        .map(({ id }) => id)
        .sort(),
    );
  });

  test('passes for a pool that meets all requirements of the guide', () => {
    const rows = judge(facts(), { ruleset: 'preview' });
    expect(rows.filter(({ status }) => status !== 'pass')).toEqual([]);
    expect(rows).toHaveLength(20);
  });
});
