import { defineCommand, type Options } from '../../framework/definition.ts';
import {
  configOption,
  judgeOptions,
  otherOperationOption,
  poolOptions,
  upgradeSettingOptions,
  waitOptions,
} from '../options.ts';
import { rulesetOf } from '../ruleset.ts';
import { poolTarget } from '../target.ts';
import { writeColumns } from './columns.ts';
import { writePermissions } from './permissions.ts';

const options = {
  ...poolOptions,
  ...configOption,
  'node-count': { type: 'integer', short: 'c', min: 0, max: 1000, default: '3', summary: 'Number of nodes' },
  'node-vm-size': {
    type: 'string',
    short: 's',
    placeholder: 'SIZE',
    summary: 'VM size of the nodes; at least 4 vCPUs. AKS chooses one where it is not given',
  },
  mode: { type: 'string', choices: ['User', 'System'], default: 'User', summary: 'Mode of the pool' },
  'os-type': {
    type: 'string',
    choices: ['Linux', 'Windows'],
    default: 'Linux',
    summary: 'Operating system of the nodes; LocalDNS needs Linux',
  },
  'os-sku': {
    type: 'string',
    placeholder: 'SKU',
    summary: 'Distribution: Ubuntu, Ubuntu2204, Ubuntu2404, AzureLinux, AzureLinux3',
  },
  'kubernetes-version': {
    type: 'string',
    short: 'k',
    placeholder: 'VERSION',
    summary: "Kubernetes version; the cluster's where it is not given",
  },
  zones: { type: 'string', short: 'z', repeatable: true, placeholder: 'ZONE', summary: 'Availability zones' },
  'vnet-subnet-id': { type: 'string', placeholder: 'ID', summary: 'Resource ID of the subnet of the nodes' },
  'pod-subnet-id': { type: 'string', placeholder: 'ID', summary: 'Resource ID of the subnet of the pods' },
  'enable-cluster-autoscaler': {
    type: 'boolean',
    short: 'e',
    summary: 'Let the cluster autoscaler set the number of nodes',
  },
  'min-count': { type: 'integer', min: 0, max: 1000, summary: 'Least number of nodes for the autoscaler' },
  'max-count': { type: 'integer', min: 1, max: 1000, summary: 'Largest number of nodes for the autoscaler' },
  labels: { type: 'string', repeatable: true, placeholder: 'KEY=VALUE', summary: 'Labels of the nodes' },
  'node-taints': {
    type: 'string',
    repeatable: true,
    placeholder: 'KEY=VALUE:EFFECT',
    summary: 'Taints of the nodes; several words, or one with commas',
  },
  tags: { type: 'string', repeatable: true, placeholder: 'KEY=VALUE', summary: 'Tags of the pool' },
  'node-osdisk-size': { type: 'integer', min: 0, max: 2048, placeholder: 'GIB', summary: 'Size of the OS disk in GiB' },
  'node-osdisk-type': { type: 'string', choices: ['Managed', 'Ephemeral'], summary: 'Type of the OS disk' },
  'max-pods': { type: 'integer', short: 'm', min: 10, max: 250, summary: 'Most pods on a node' },
  ...upgradeSettingOptions,
  'node-soak-duration': {
    type: 'integer',
    min: 0,
    max: 30,
    placeholder: 'MINUTES',
    summary: 'Minutes to wait after a node was replaced',
  },
  priority: { type: 'string', choices: ['Regular', 'Spot'], summary: 'Priority of the scale set' },
  'eviction-policy': {
    type: 'string',
    choices: ['Delete', 'Deallocate'],
    summary: 'What happens to an evicted spot node',
  },
  'spot-max-price': {
    type: 'string',
    placeholder: 'PRICE',
    summary: 'Most to pay for a spot node in US dollars an hour; -1 for the price on demand',
  },
  'enable-fips-image': { type: 'boolean', summary: 'Use a FIPS image' },
  'enable-encryption-at-host': { type: 'boolean', summary: 'Encrypt the disks at the host' },
  like: {
    type: 'string',
    placeholder: 'POOL',
    summary: 'Take the settings of another pool of the cluster; options given here win',
  },
  set: {
    type: 'string',
    repeatable: true,
    placeholder: 'PATH=VALUE',
    summary: 'Any other property of the agent pool, by its ARM path, such as kubeletConfig.cpuManagerPolicy=static',
  },
  ...judgeOptions,
  'dry-run': { type: 'boolean', summary: 'Show what would be created and stop; nothing is sent' },
  'show-request': { type: 'boolean', summary: 'With --dry-run: add the exact request body to the result' },
  ...otherOperationOption,
  ...waitOptions,
} as const satisfies Options;

export const nodepoolAdd = defineCommand({
  path: ['nodepool', 'add'],
  summary: 'Add a node pool with LocalDNS',
  description:
    'Without --localdns-config the pool gets the documented default profile. Existing pools are not touched.',
  options,
  examples: [
    {
      title: 'Three nodes with the default profile',
      command: 'aks-localdns nodepool add -g rg-demo --cluster-name aks-demo -n dnspool -s Standard_D4ds_v5',
    },
    {
      title: 'As another pool is, with a profile of our own',
      command:
        'aks-localdns nodepool add -g rg-demo --cluster-name aks-demo -n dnspool --like userpool --localdns-config localdnsconfig.json',
    },
    {
      title: 'See the request',
      command: 'aks-localdns nodepool add -g rg-demo --cluster-name aks-demo -n dnspool -c 1 --dry-run --show-request',
    },
  ],
  effect: 'write',
  permissions: writePermissions,
  columns: writeColumns,
  run: async (context, args) => {
    const { surveyPool } = await import('../../../usecases/survey/index.ts');
    const { refused } = await import('../../../domain/checks/index.ts');
    const { addPool } = await import('../../../usecases/nodepool/index.ts');
    const { usableProfile } = await import('../profile-file.ts');
    const { addProperties } = await import('./add-properties.ts');
    const { writeWaiting, writeWork, written } = await import('./write.ts');
    const waits = writeWaiting(args);
    const properties = addProperties(args);
    const ruleset = rulesetOf(context, args.ruleset);
    const file =
      args.localdnsConfig === undefined ? undefined : await usableProfile(context, args.localdnsConfig, 'add');
    const { azure, ref, subscription } = await poolTarget(context.azure, args);
    const purpose = file?.profile.mode === 'Disabled' ? 'disable' : 'enable';
    const work = {
      ...(await writeWork(context, azure, ref, false)),
      judge: async (wantedPool: Parameters<Parameters<typeof addPool>[0]['judge']>[0]) =>
        surveyPool(azure, ref, {
          ruleset,
          ignore: args.ignore,
          purpose,
          config: file?.facts,
          subscriptionName: subscription.name,
          wantedPool,
        }),
      refuse: refused,
    };
    const result = await addPool(
      work,
      { ref, properties, like: args.like, set: args.set, profile: file?.profile },
      waits,
    );
    return written(context, result, args.showRequest);
  },
});
