import { defineCommand, type Options } from '../../framework/definition.ts';
import { configOption, judgeOptions } from '../../options/judging.ts';
import { addProperties, newPoolOptions } from '../../options/new-pool.ts';
import { dryRunOptions, showRequestOption, writeColumns, writePermissions } from '../../options/pool-write.ts';
import { poolOptions, poolTarget } from '../../options/pool.ts';
import { otherOperationOption, waitOptions } from '../../options/waiting.ts';

const options = {
  ...poolOptions,
  ...configOption,
  ...newPoolOptions,
  like: {
    type: 'string',
    placeholder: 'POOL',
    summary: 'Copy the settings of another node pool in the cluster; other options take precedence',
  },
  set: {
    type: 'string',
    repeatable: true,
    placeholder: 'PATH=VALUE',
    summary: 'Set any other agent pool property by its ARM path, such as kubeletConfig.cpuManagerPolicy=static',
  },
  ...judgeOptions,
  ...dryRunOptions,
  ...showRequestOption,
  ...otherOperationOption,
  ...waitOptions,
} as const satisfies Options;

export const nodepoolAdd = defineCommand({
  path: ['nodepool', 'add'],
  summary: 'Add a node pool with LocalDNS',
  description:
    'Without --localdns-config, the node pool gets the documented default profile. Existing node pools are not changed.',
  options,
  examples: [
    {
      title: 'Three nodes with the default profile',
      command: 'aks-localdns nodepool add -g rg-demo --cluster-name aks-demo -n dnspool -s Standard_D4ds_v5',
    },
    {
      title: 'Copy another node pool, with your own profile',
      command:
        'aks-localdns nodepool add -g rg-demo --cluster-name aks-demo -n dnspool --like userpool --localdns-config localdnsconfig.json',
    },
    {
      title: 'Show the request',
      command: 'aks-localdns nodepool add -g rg-demo --cluster-name aks-demo -n dnspool -c 1 --dry-run --show-request',
    },
  ],
  effect: 'write',
  permissions: writePermissions,
  columns: writeColumns,
  run: async (context, args) => {
    const { addPool } = await import('../../../usecases/nodepool/index.ts');
    const { hasNewerSettings } = await import('../../../domain/localdns/index.ts');
    const { usableProfile } = await import('../../profile/file.ts');
    const { judgeDeps, writeWaiting, writeDeps } = await import('../../nodepool/pool-deps.ts');
    const { givenOptions } = await import('../../framework/given.ts');
    const { requireDryRun, writeOutput } = await import('../../nodepool/write-output.ts');
    requireDryRun(args);
    const waits = writeWaiting(args);
    const properties = addProperties(args);
    const judge = await judgeDeps(context, args);
    const file =
      args.localdnsConfig === undefined ? undefined : await usableProfile(context, args.localdnsConfig, 'add');
    const { azure, ref, subscription } = await poolTarget(context.azure, args);
    if (file !== undefined && hasNewerSettings(file.profile))
      await azure.nodePools.useNewerSettings(ref.subscriptionId);
    const deps = {
      ...(await writeDeps(context, azure, ref.subscriptionId, false)),
      ...judge.of(azure, ref, {
        profile: file?.profile,
        config: file?.facts,
        subscriptionName: subscription.name,
        given: givenOptions(options, args, Object.keys(poolOptions)),
      }),
    };
    const request = { ref, properties, like: args.like, set: args.set, profile: file?.profile };
    return writeOutput(context, await addPool(deps, request, waits), args);
  },
});
