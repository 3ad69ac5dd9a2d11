import { UsageError } from '../../../core/errors.ts';
import type { JsonObject, JsonValue } from '../../../core/json.ts';
import { parseDuration } from '../../../core/text.ts';
import { poolLine } from '../../../model/pool-command.ts';
import { defineCommand, type Options } from '../../framework/definition.ts';
import { compileQuery } from '../../io/query.ts';
import { poolColumns, poolOptions, poolTarget, readPermissions } from '../../options/pool.ts';

const options = {
  ...poolOptions,
  created: { type: 'boolean', summary: 'Wait until the node pool exists and is Succeeded' },
  updated: { type: 'boolean', summary: 'Wait until the node pool is Succeeded' },
  deleted: { type: 'boolean', summary: 'Wait until the node pool is deleted' },
  exists: { type: 'boolean', summary: 'Wait until the node pool exists, in any state' },
  custom: {
    type: 'string',
    placeholder: 'JMESPATH',
    summary: "Wait until this query on the node pool gives something, such as provisioningState=='Succeeded'",
  },
  interval: {
    type: 'integer',
    min: 1,
    max: 3600,
    placeholder: 'SECONDS',
    default: '30',
    summary: 'Polling interval in seconds',
  },
  timeout: {
    type: 'string',
    placeholder: 'DURATION',
    default: '1h',
    summary: 'Stop waiting after this time, requests included, with exit code 13',
  },
} as const satisfies Options;

const conditions = ['created', 'updated', 'deleted', 'exists', 'custom'] as const;

/** Whether Python, and so az, treats the result of --custom as true. */
function holds(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value);
}

export const nodepoolWait = defineCommand({
  path: ['nodepool', 'wait'],
  summary: 'Wait until no operation is running on a node pool, or until a condition is met',
  description:
    'Use it to continue when another command stopped waiting. Without a condition, it waits until no operation is running. A node pool that ends Failed is an error; with ' +
    '--created or --updated, so is a Canceled one. Nothing is changed.',
  options,
  examples: [
    {
      title: 'Wait for the running operation',
      command: 'aks-localdns nodepool wait -g rg-demo --cluster-name aks-demo -n userpool --timeout 90m',
    },
    {
      title: 'Wait until LocalDNS is on',
      command:
        'aks-localdns nodepool wait -g rg-demo --cluster-name aks-demo -n userpool --custom "localDNSProfile.state==\'Enabled\'"',
    },
  ],
  effect: 'read',
  permissions: readPermissions,
  columns: poolColumns,
  run: async (context, args) => {
    const { poolValue, waitForPool } = await import('../../../usecases/nodepool/index.ts');
    const { poolDeps } = await import('../../nodepool/pool-deps.ts');
    const [condition, ...more] = conditions.filter((name) => args[name] !== undefined && args[name] !== false);
    if (more.length > 0)
      throw new UsageError(`${conditions.map((name) => `--${name}`).join(', ')} are mutually exclusive.`);
    const timeoutSeconds = args.timeout === undefined ? undefined : parseDuration(args.timeout, '--timeout');
    const { custom } = args;
    const query = custom === undefined ? undefined : await compileQuery(custom, '--custom');
    const { azure, ref } = await poolTarget(context.azure, args);
    const deps = poolDeps(context, azure);
    const asked =
      custom === undefined || query === undefined
        ? { deps, condition: condition === 'custom' ? undefined : condition }
        : {
            deps: { ...deps, continueWith: () => poolLine('wait', ref, ['--custom', custom]) },
            condition: { query: custom, test: (pool: JsonObject) => holds(query.apply(pool)) },
          };
    const result = await waitForPool(asked.deps, ref, {
      condition: asked.condition,
      intervalSeconds: args.interval,
      timeoutSeconds,
    });
    context.say(result.summary);
    return result.pool === undefined ? {} : { value: poolValue(result.pool) };
  },
});
