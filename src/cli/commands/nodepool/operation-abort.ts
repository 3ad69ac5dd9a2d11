import { CliError } from '../../../core/errors.ts';
import { defineCommand, type Options } from '../../framework/definition.ts';
import { operationPermission } from '../../options/pool-write.ts';
import { poolOptions, poolTarget, readPermissions } from '../../options/pool.ts';
import { waiting, waitOptions, yesOption } from '../../options/waiting.ts';

const options = { ...poolOptions, ...yesOption, ...waitOptions } as const satisfies Options;

export const nodepoolOperationAbort = defineCommand({
  path: ['nodepool', 'operation-abort'],
  summary: 'Abort the running operation on a node pool',
  description:
    'Nodes that were already replaced stay as they are, so nodes may have different settings afterwards. Set the profile again to make them consistent. Prompts for confirmation.',
  options,
  examples: [
    {
      title: 'Abort and wait',
      command: 'aks-localdns nodepool operation-abort -g rg-demo --cluster-name aks-demo -n userpool',
    },
  ],
  effect: 'write',
  permissions: [
    ...readPermissions,
    'Microsoft.ContainerService/managedClusters/agentPools/abort/action',
    operationPermission,
  ],
  columns: [
    { header: 'Name', path: 'name' },
    { header: 'Changed', path: 'changed' },
    { header: 'ProvisioningState', path: 'provisioningState' },
  ],
  run: async (context, args) => {
    const { abortOperation, poolValue } = await import('../../../usecases/nodepool/index.ts');
    const { poolDeps } = await import('../../nodepool/pool-deps.ts');
    const waits = waiting(args);
    const { azure, ref } = await poolTarget(context.azure, args);
    const principal = await azure.accounts.principal(ref.subscriptionId);
    const agreed = await context.consent({
      summary: `Abort the operation on node pool ${ref.resourceGroup}/${ref.cluster}/${ref.pool}, as ${principal.name}.\nNodes that were already replaced stay as they are, so nodes may have different settings afterwards.`,
      question: 'Abort the operation?',
      yes: args.yes,
    });
    if (!agreed) throw new CliError({ code: 'declined', message: 'Cancelled; nothing was changed.' });
    const result = await abortOperation(poolDeps(context, azure), ref, waits);
    context.say(result.summary);
    return {
      value: {
        ...poolValue(result.pool),
        changed: result.changed,
        outcome: result.outcome,
        ...(result.operationId === undefined ? {} : { operationId: result.operationId }),
      },
    };
  },
});
