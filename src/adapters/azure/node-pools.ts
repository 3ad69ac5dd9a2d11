import { asString, at, isJsonObject, own, type JsonObject } from '../../core/json.ts';
import type { Clock } from '../../core/ports.ts';
import { Secret } from '../../core/secret.ts';
import { AzureError } from '../../model/azure-error.ts';
import { readCluster, type Cluster } from '../../model/cluster.ts';
import { clusterId, poolId, type ClusterRef, type PoolRef } from '../../model/ids.ts';
import { readNodePool, type NodePool } from '../../model/node-pool.ts';
import type { OperationHandle } from '../../model/operation.ts';
import type { NodePools, PutOptions, Submission } from '../../model/ports.ts';
import type { ArmAnswer } from './arm/answer.ts';
import type { ArmClient, ArmRequest, WriteAnswer } from './arm/client.ts';
import { clusterPath, poolPath } from './arm/urls.ts';
import type { ContainerServiceVersions } from './arm/versions.ts';
import { safeText } from '../../core/redact.ts';
import type { Budgets } from './operations/budgets.ts';
import { Scheduler } from './operations/scheduler.ts';

function notAResource(answer: ArmAnswer, what: string): AzureError {
  return new AzureError({
    class: 'unexpected',
    azureCode: `HTTP ${String(answer.status)}`,
    status: answer.status,
    message: `Azure answered without the ${what}.`,
    hints: ['Try again later.'],
    requestId: answer.requestId,
    correlationId: answer.correlationId,
  });
}

function poolOf(ref: PoolRef, resource: unknown): NodePool | undefined {
  const properties = own(resource, 'properties');
  return isJsonObject(properties)
    ? readNodePool(ref, asString(own(resource, 'id')) ?? poolId(ref), properties)
    : undefined;
}

/** The status URL is signed: it is kept as it came, and only its last path segment is shown. */
function operationOf(answer: ArmAnswer): OperationHandle | undefined {
  const url = answer.headers['azure-asyncoperation'];
  if (url === undefined || !URL.canParse(url)) return undefined;
  return { id: safeText(new URL(url).pathname.split('/').at(-1) ?? ''), url: new Secret(url) };
}

function outcome(ref: PoolRef, written: WriteAnswer): Submission {
  if (written.kind === 'lost') return written;
  const { answer } = written;
  const pool = poolOf(ref, answer.body);
  const operation = operationOf(answer);
  if (pool === undefined && operation === undefined && (answer.status === 200 || answer.status === 201)) {
    return {
      kind: 'lost',
      reason: `The answer (HTTP ${String(answer.status)}) says neither what was stored nor which operation runs.`,
    };
  }
  return { kind: 'accepted', created: answer.status === 201, pool, operation };
}

function preconditions(options: PutOptions): Readonly<Record<string, string>> {
  return {
    // Unquoted, as the service sends it. Source: AKS docs, use-etags.
    ...(options.ifMatch === undefined ? {} : { 'If-Match': options.ifMatch }),
    ...(options.ifNoneMatch === undefined ? {} : { 'If-None-Match': options.ifNoneMatch }),
  };
}

/** Clusters and pools over ARM, in raw JSON. */
export function createNodePools(
  client: ArmClient,
  versions: ContainerServiceVersions,
  budgets: Budgets,
  clock: Clock,
  signal: AbortSignal,
): NodePools {
  const get = (path: string, apiVersion: string, given?: AbortSignal): ArmRequest => ({
    method: 'GET',
    to: { path, apiVersion },
    signal: given,
  });
  const asCluster = (ref: ClusterRef, answer: ArmAnswer): Cluster => {
    if (!isJsonObject(answer.body)) throw notAResource(answer, 'cluster');
    return readCluster(ref, answer.body);
  };
  const asPool = (ref: PoolRef, answer: ArmAnswer): NodePool => {
    const pool = poolOf(ref, answer.body);
    if (pool === undefined) throw notAResource(answer, 'node pool');
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

  const scheduler = new Scheduler(clock, budgets, {
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
        asCluster(ref, await client.read(ref.subscriptionId, get(clusterPath(ref), version))),
      );
    },
    listPools: async (ref) => {
      await budgets.take('other', ref.subscriptionId, signal);
      const entries = await versions.with(ref.subscriptionId, async (version) =>
        client.list(ref.subscriptionId, get(`${clusterPath(ref)}/agentPools`, version)),
      );
      return entries.flatMap((entry: JsonObject) => {
        const name = asString(entry['name']);
        const pool = name === undefined ? undefined : poolOf({ ...ref, pool: name }, entry);
        return pool === undefined ? [] : [pool];
      });
    },
    readPool: async (ref) => {
      await budgets.take('other', ref.subscriptionId, signal);
      return versions.with(ref.subscriptionId, async (version) =>
        asPool(ref, await client.read(ref.subscriptionId, get(poolPath(ref), version))),
      );
    },
    putPool: async (ref, properties, options) =>
      write(ref, 'PUT', '', { body: { properties }, headers: preconditions(options) }),
    upgradeNodeImage: async (ref) => write(ref, 'POST', '/upgradeNodeImageVersion'),
    latestNodeImage: async (ref) => {
      await budgets.take('other', ref.subscriptionId, signal);
      const answer = await versions.with(ref.subscriptionId, async (version) =>
        client.read(ref.subscriptionId, get(`${poolPath(ref)}/upgradeProfiles/default`, version)),
      );
      return asString(at(answer.body, 'properties', 'latestNodeImageVersion'));
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
