import { without, type JsonObject } from '../../src/core/json.ts';
import { Secret } from '../../src/core/secret.ts';
import { AzureError, type AzureErrorClass } from '../../src/model/azure-error.ts';
import { readCluster, type Cluster } from '../../src/model/cluster.ts';
import { clusterId, poolId, type ClusterRef, type PoolRef } from '../../src/model/ids.ts';
import { readNodePool, type NodePool } from '../../src/model/node-pool.ts';
import type { OperationHandle, OperationStatus } from '../../src/model/operation.ts';
import type { NodePools, ObserveOptions, PutOptions, Submission } from '../../src/model/ports.ts';

export const fakeRef: PoolRef = {
  subscriptionId: '00000000-0000-4000-8000-000000000001',
  resourceGroup: 'rg-demo',
  cluster: 'aks-demo',
  pool: 'userpool',
};

export const poolProperties: JsonObject = {
  count: 3,
  vmSize: 'Standard_D4ds_v5',
  osDiskSizeGB: 128,
  osDiskType: 'Ephemeral',
  kubeletDiskType: 'OS',
  maxPods: 250,
  type: 'VirtualMachineScaleSets',
  enableAutoScaling: false,
  scaleDownMode: 'Delete',
  provisioningState: 'Succeeded',
  powerState: { code: 'Running' },
  orchestratorVersion: '1.33',
  currentOrchestratorVersion: '1.33.2',
  mode: 'User',
  osType: 'Linux',
  osSKU: 'Ubuntu',
  nodeImageVersion: 'AKSUbuntu-2204gen2containerd-202610.19.1',
  upgradeSettings: { maxSurge: '10%', maxUnavailable: '0' },
  enableFIPS: false,
  xFutureField: { kept: true },
  eTag: 'etag-0',
};

export function azureError(kind: AzureErrorClass, message = `Azure said ${kind}.`, status?: number): AzureError {
  return new AzureError({
    class: kind,
    azureCode: kind,
    message,
    hints: [],
    status,
  });
}

export interface SendResult {
  readonly kind: 'put' | 'upgrade' | 'abort';
  readonly properties: JsonObject | undefined;
  readonly options: PutOptions | undefined;
}

/** What happens to the next write; defaults to `accept`. */
export type Fate = 'accept' | 'lost-before' | 'lost-after' | AzureError;

/**
 * One cluster with its pools in memory. Writes begin an operation that ends when it is observed, or when the pool is
 * read often enough.
 */
export class FakeNodePools implements NodePools {
  readonly sent: SendResult[] = [];
  readonly fates: Fate[] = [];
  /** The results of the operations in order; default to `succeeded`. `running` never ends. */
  readonly endings: OperationStatus['state'][] = [];
  /** Called before every read of a pool with the number of earlier reads, for changes by somebody else. */
  onRead: (reads: number) => void = () => undefined;
  /** How Azure changes a stored pool. */
  onStore: (properties: JsonObject) => JsonObject = (properties) => properties;
  latestImage: string | undefined;
  sku = 'Base';
  reads = 0;
  readonly #pools = new Map<string, JsonObject>();
  #etags = 0;
  #aborting = false;
  readonly #base: ClusterRef;

  constructor(properties: JsonObject | null = poolProperties, ref: PoolRef = fakeRef) {
    this.#base = ref;
    if (properties !== null) this.#pools.set(ref.pool, properties);
  }

  properties(name = fakeRef.pool): JsonObject | undefined {
    return this.#pools.get(name);
  }

  /** A change by somebody else, with a new eTag. */
  change(properties: JsonObject, name = fakeRef.pool): void {
    this.#pools.set(name, { ...this.#pools.get(name), ...properties, eTag: this.#newTag() });
  }

  remove(name: string): void {
    this.#pools.delete(name);
  }

  pool(ref: PoolRef): NodePool {
    const properties = this.#pools.get(ref.pool);
    if (properties === undefined) throw azureError('not-found', `No pool ${ref.pool}.`, 404);
    return readNodePool(ref, poolId(ref), properties);
  }

  cluster(): Cluster {
    const agentPoolProfiles = [...this.#pools].map(([name, properties]) => ({ name, ...properties }));
    return readCluster(this.#base, {
      id: clusterId(this.#base),
      location: 'westeurope',
      sku: { name: this.sku },
      properties: { provisioningState: 'Succeeded', powerState: { code: 'Running' }, agentPoolProfiles },
    });
  }

  async readCluster(): Promise<Cluster> {
    return this.cluster();
  }

  async listPools(ref: ClusterRef): Promise<readonly NodePool[]> {
    return [...this.#pools.keys()].map((pool) => this.pool({ ...ref, pool }));
  }

  async readPool(ref: PoolRef): Promise<NodePool> {
    this.onRead(this.reads);
    this.reads += 1;
    return this.pool(ref);
  }

  async useNewerSettings(): Promise<void> {
    return Promise.resolve();
  }

  async putPool(ref: PoolRef, properties: JsonObject, options: PutOptions): Promise<Submission> {
    this.sent.push({ kind: 'put', properties, options });
    const stored = this.#pools.get(ref.pool);
    return this.#meet((): Submission => {
      if (options.ifNoneMatch === '*' && stored !== undefined)
        throw azureError('precondition-failed', 'It exists.', 412);
      if (options.ifMatch !== undefined && options.ifMatch !== stored?.['eTag'])
        throw azureError('precondition-failed', 'The eTag does not match.', 412);
      const profile = properties['localDNSProfile'] as JsonObject;
      const next = this.onStore({
        ...properties,
        currentOrchestratorVersion: stored?.['currentOrchestratorVersion'],
        nodeImageVersion: stored?.['nodeImageVersion'],
        localDNSProfile: { ...profile, state: profile['mode'] === 'Required' ? 'Enabled' : 'Disabled' },
      });
      return this.#begin(ref, next, stored === undefined ? 'Creating' : 'Updating', stored === undefined);
    });
  }

  async upgradeNodeImage(ref: PoolRef): Promise<Submission> {
    this.sent.push({ kind: 'upgrade', properties: undefined, options: undefined });
    return this.#meet(() =>
      this.#begin(
        ref,
        { ...this.#pools.get(ref.pool), nodeImageVersion: this.latestImage ?? null },
        'UpgradingNodeImageVersion',
        false,
      ),
    );
  }

  async latestNodeImage(): Promise<string | undefined> {
    return this.latestImage;
  }

  async abort(ref: PoolRef): Promise<Submission | { readonly kind: 'nothing-running' }> {
    this.sent.push({ kind: 'abort', properties: undefined, options: undefined });
    if (this.pool(ref).provisioningState === 'Succeeded') return { kind: 'nothing-running' };
    return this.#meet(() => {
      this.#aborting = true;
      return this.#begin(ref, this.#pools.get(ref.pool) ?? {}, 'Canceling', false);
    });
  }

  async *observe(
    ref: PoolRef,
    operation: OperationHandle | undefined,
    options: ObserveOptions,
  ): AsyncGenerator<OperationStatus> {
    const reading = (state: OperationStatus['state'], text: string): OperationStatus => ({
      state,
      text,
      source: operation === undefined ? 'pool' : 'operation',
      error: state === 'failed' ? { code: 'UpgradeFailed', message: 'Drain failed.', details: [] } : undefined,
    });
    const { provisioningState = '' } = this.pool(ref);
    if (operation === undefined && ['Succeeded', 'Failed', 'Canceled'].includes(provisioningState)) {
      yield reading(provisioningState.toLowerCase() as 'succeeded', provisioningState);
      return;
    }
    yield reading('running', 'InProgress');
    if (options.signal?.aborted === true) return;
    const ending = this.endings.shift() ?? 'succeeded';
    if (ending === 'running') return;
    this.end(ref, ending);
    const canceled = this.pool(ref).provisioningState === 'Canceled';
    const state = ending === 'succeeded' && canceled && operation === undefined ? 'canceled' : ending;
    yield reading(state, state);
  }

  /** The operation of a pool ends. An abort that succeeds leaves the pool canceled. */
  end(ref: PoolRef, ending: 'succeeded' | 'failed' | 'canceled'): void {
    const words = {
      succeeded: this.#aborting ? 'Canceled' : 'Succeeded',
      failed: 'Failed',
      canceled: 'Canceled',
    } as const;
    this.#aborting = false;
    this.change({ provisioningState: words[ending] }, ref.pool);
  }

  #newTag(): string {
    this.#etags += 1;
    return `etag-${String(this.#etags)}`;
  }

  #begin(ref: PoolRef, properties: JsonObject, provisioningState: string, created: boolean): Submission {
    const present = Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
    this.#pools.set(ref.pool, { ...without(present, ['status']), provisioningState, eTag: this.#newTag() });
    return {
      kind: 'accepted',
      created,
      pool: this.pool(ref),
      operation: { id: `op-${String(this.#etags)}`, url: new Secret('https://signed.example/op?s=secret') },
    };
  }

  #meet(carryOut: () => Submission): Submission {
    const fate = this.fates.shift() ?? 'accept';
    if (fate instanceof AzureError) throw fate;
    if (fate === 'lost-before') return { kind: 'lost', reason: 'socket hang up' };
    const outcome = carryOut();
    return fate === 'lost-after' ? { kind: 'lost', reason: 'socket hang up' } : outcome;
  }
}
