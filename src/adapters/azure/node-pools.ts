import { asString, at, isJsonObject, own, type JsonObject } from '../../core/json.ts';
import type { Emit } from '../../core/events.ts';
import type { Clock } from '../../core/ports.ts';
import { hidden, Secret } from '../../core/secret.ts';
import { AzureError } from '../../model/azure-error.ts';
import { poolEntries, readCluster, type Cluster } from '../../model/cluster.ts';
import { clusterId, poolId, type ClusterRef, type PoolRef } from '../../model/ids.ts';
import { newerSettingsSince } from '../../model/api-versions.ts';
import { newerSettings, overrideMaps } from '../../model/profile.ts';
import { list } from '../../core/text.ts';
import { readNodePool, type NodePool } from '../../model/node-pool.ts';
import type { OperationHandle } from '../../model/operation.ts';
import type { NodePools, PutOptions, Submission } from '../../model/ports.ts';
import { idsOf, type ArmAnswer } from './arm/answer.ts';
import type { ArmClient, ArmRequest, WriteAnswer } from './arm/client.ts';
import { clusterPath, poolPath } from './arm/urls.ts';
import type { ContainerServiceVersions } from './arm/versions.ts';
import { answerWithout } from './errors/classify.ts';
import { safeText } from '../../core/redact.ts';
import type { Budgets } from './operations/budgets.ts';
import { Scheduler } from './operations/scheduler.ts';

function poolOf(ref: PoolRef, resource: unknown, answer?: ArmAnswer): NodePool | undefined {
  const properties = own(resource, 'properties');
  if (!isJsonObject(properties) || Object.keys(properties).length === 0) return undefined;
  return {
    ...readNodePool(ref, asString(own(resource, 'id')) ?? poolId(ref), properties),
    answer: answer && idsOf(answer),
  };
}

/** An entry in the list of a cluster's pools; undefined if it is not one. */
function listedPool(ref: ClusterRef, entry: JsonObject): NodePool | undefined {
  const name = asString(entry['name']);
  return name === undefined ? undefined : poolOf({ ...ref, pool: name }, entry);
}

/** A GUID or a short word. Anything else is untrusted. */
function operationId(segment: string): string {
  return /^[\w-]{1,20}$|^[\w-]{0,40}[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}[\w-]{0,40}$/i.test(segment)
    ? safeText(segment)
    : hidden;
}

/** The status URL is signed: it is kept as received, and only its last path segment is shown. */
function operationOf(answer: ArmAnswer): OperationHandle | undefined {
  const url = answer.headers['azure-asyncoperation'];
  if (url === undefined || !URL.canParse(url)) return undefined;
  return { id: operationId(new URL(url).pathname.split('/').at(-1) ?? ''), url: new Secret(url) };
}

function outcome(ref: PoolRef, written: WriteAnswer): Submission {
  if (written.kind === 'lost') return written;
  const { answer } = written;
  const pool = poolOf(ref, answer.body);
  const operation = operationOf(answer);
  if (pool === undefined && operation === undefined && (answer.status === 200 || answer.status === 201)) {
    return {
      kind: 'lost',
      reason: `The response (HTTP ${String(answer.status)}) contains neither the stored pool nor the running operation.`,
    };
  }
  return { kind: 'accepted', created: answer.status === 201, pool, operation };
}

function preconditions(options: PutOptions): Readonly<Record<string, string>> {
  return {
    // Unquoted, as the service returns it. Source: AKS docs, use-etags.
    ...(options.ifMatch === undefined ? {} : { 'If-Match': options.ifMatch }),
    ...(options.ifNoneMatch === undefined ? {} : { 'If-None-Match': options.ifNoneMatch }),
  };
}

interface NodePoolsTools {
  readonly clock: Clock;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

function sendsNewerSettings(properties: JsonObject): boolean {
  return overrideMaps
    .flatMap((map) => Object.values(at(properties, 'localDNSProfile', map) ?? {}))
    .some((zone) => newerSettings.some((name) => (own(zone, name) ?? null) !== null));
}

/** Clusters and pools through ARM, as raw JSON. */
export function createNodePools(
  client: ArmClient,
  versions: ContainerServiceVersions,
  budgets: Budgets,
  { clock, emit, signal }: NodePoolsTools,
): NodePools {
  const get = (path: string, apiVersion: string, given?: AbortSignal): ArmRequest => ({
    method: 'GET',
    to: { path, apiVersion },
    signal: given,
  });
  const asCluster = (ref: ClusterRef, answer: ArmAnswer): Cluster => {
    if (isJsonObject(answer.body) && poolEntries(own(answer.body, 'properties')) !== undefined) {
      const cluster = readCluster(ref, answer.body);
      return { ...cluster, pools: cluster.pools.map((pool) => ({ ...pool, answer: idsOf(answer) })) };
    }
    throw answerWithout(answer, 'the cluster and its node pools');
  };
  const asPool = (ref: PoolRef, answer: ArmAnswer): NodePool => {
    const pool = poolOf(ref, answer.body, answer);
    if (pool === undefined) throw answerWithout(answer, 'the node pool');
    return pool;
  };
  const write = async (
    ref: PoolRef,
    method: 'PUT' | 'POST',
    action: string,
    more: Partial<ArmRequest> = {},
  ): Promise<Submission> =>
    outcome(
      ref,
      await versions.with(ref.subscriptionId, async (apiVersion) =>
        client.write(ref.subscriptionId, { ...more, method, to: { path: `${poolPath(ref)}${action}`, apiVersion } }),
      ),
    );

  const useNewerSettings = async (subscriptionId: string): Promise<void> => {
    await versions.useFrom(subscriptionId, newerSettingsSince, list(newerSettings));
  };

  const scheduler = new Scheduler(clock, emit, budgets, {
    operation: async (subscriptionId, url, given) =>
      client.readOnce(subscriptionId, { method: 'GET', to: { url }, signal: given }),
    cluster: async (ref, given) =>
      versions.with(ref.subscriptionId, async (version) =>
        asCluster(ref, await client.readOnce(ref.subscriptionId, get(clusterPath(ref), version, given))),
      ),
    pool: async (ref, given) =>
      versions.with(ref.subscriptionId, async (version) =>
        asPool(ref, await client.readOnce(ref.subscriptionId, get(poolPath(ref), version, given))),
      ),
  });

  return {
    readCluster: async (ref) => {
      await budgets.take('cluster', clusterId(ref), signal);
      return versions.with(ref.subscriptionId, async (version) =>
        client.read(ref.subscriptionId, get(clusterPath(ref), version), (answer) => asCluster(ref, answer)),
      );
    },
    listPools: async (ref) => {
      await budgets.take('other', ref.subscriptionId, signal);
      const entries = await versions.with(ref.subscriptionId, async (version) =>
        client.list(ref.subscriptionId, {
          ...get(`${clusterPath(ref)}/agentPools`, version),
          whole: (entry) => listedPool(ref, entry) !== undefined,
        }),
      );
      return entries.flatMap((entry) => listedPool(ref, entry) ?? []);
    },
    readPool: async (ref) => {
      await budgets.take('other', ref.subscriptionId, signal);
      return versions.with(ref.subscriptionId, async (version) =>
        client.read(ref.subscriptionId, get(poolPath(ref), version), (answer) => asPool(ref, answer)),
      );
    },
    useNewerSettings,
    putPool: async (ref, properties, options) => {
      if (sendsNewerSettings(properties)) await useNewerSettings(ref.subscriptionId);
      return write(ref, 'PUT', '', { body: { properties }, headers: preconditions(options) });
    },
    upgradeNodeImage: async (ref) => write(ref, 'POST', '/upgradeNodeImageVersion'),
    latestNodeImage: async (ref) => {
      await budgets.take('other', ref.subscriptionId, signal);
      return versions.with(ref.subscriptionId, async (version) =>
        client.read(ref.subscriptionId, get(`${poolPath(ref)}/upgradeProfiles/default`, version), (answer) => {
          const properties = own(answer.body, 'properties');
          if (isJsonObject(properties)) return asString(properties['latestNodeImageVersion']);
          throw answerWithout(answer, 'the upgrade profile of the node pool');
        }),
      );
    },
    abort: async (ref) => {
      try {
        const written = await versions.with(ref.subscriptionId, async (apiVersion) =>
          client.write(ref.subscriptionId, { method: 'POST', to: { path: `${poolPath(ref)}/abort`, apiVersion } }),
        );
        if (written.kind === 'answered' && written.answer.status === 204) return { kind: 'nothing-running' };
        if (written.kind === 'lost') return written;
        return {
          kind: 'accepted',
          created: false,
          pool: poolOf(ref, written.answer.body),
          operation: operationOf(written.answer),
        };
      } catch (error) {
        // 409: the operation had already ended. Source: AKS docs, manage-abort-operations.
        if (error instanceof AzureError && error.class === 'conflict') return { kind: 'nothing-running' };
        throw error;
      }
    },
    observe: (ref, operation, options) =>
      scheduler.observe(
        ref,
        operation,
        options,
        options.signal === undefined ? signal : AbortSignal.any([signal, options.signal]),
      ),
  };
}
