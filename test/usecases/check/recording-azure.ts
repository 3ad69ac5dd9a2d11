import { AzureError, type AzureErrorClass } from '../../../src/model/azure-error.ts';
import type { Cluster } from '../../../src/model/cluster.ts';
import type { NodePool } from '../../../src/model/node-pool.ts';
import type { Azure, VmSize } from '../../../src/model/ports.ts';
import type { FeatureState, ProviderState } from '../../../src/model/registration.ts';

export interface Answers {
  readonly cluster: () => Cluster;
  readonly pools: () => readonly NodePool[];
  readonly feature: () => FeatureState;
  readonly provider: () => ProviderState;
  readonly vmSizes: () => ReadonlyMap<string, VmSize>;
}

export interface Fake {
  readonly azure: Azure;
  /** A request with the number of answers received before it: its depth. */
  readonly requests: { readonly what: string; readonly depth: number }[];
}

export function azureError(kind: AzureErrorClass, message = 'Azure said no.'): AzureError {
  return new AzureError({ class: kind, azureCode: 'Code', message, hints: [] });
}

function unexpected(what: string): never {
  throw new Error(`The check must not call ${what}.`);
}

/** The ports as a check sees them: records each call, and throws on a call that a check must not make. */
export function fakeAzure(answers: Answers): Fake {
  const requests: { readonly what: string; readonly depth: number }[] = [];
  let depth = 1;
  const answer = async <T>(what: string, value: () => T): Promise<T> => {
    requests.push({ what, depth });
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
    depth = Math.max(depth, (requests.find((request) => request.what === what)?.depth ?? 0) + 1);
    return value();
  };
  const nodePools: Azure['nodePools'] = {
    readCluster: async () => answer('cluster', answers.cluster),
    listPools: async () => answer('pools', answers.pools),
    readPool: async (ref) =>
      answer('pool', () => answers.pools().find((pool) => pool.ref.pool === ref.pool) ?? unexpected(ref.pool)),
    putPool: async () => unexpected('putPool'),
    upgradeNodeImage: async () => unexpected('upgradeNodeImage'),
    useNewerSettings: async () => unexpected('useNewerSettings'),
    latestNodeImage: async () => unexpected('latestNodeImage'),
    abort: async () => unexpected('abort'),
    observe: () => unexpected('observe'),
  };
  const azure: Azure = {
    nodePools,
    inventory: { vmSizes: async (_, location) => answer(`sizes of ${location}`, answers.vmSizes) },
    registration: {
      feature: async () => answer('feature', answers.feature),
      provider: async () => answer('provider', answers.provider),
      registerFeature: async () => unexpected('registerFeature'),
      unregisterFeature: async () => unexpected('unregisterFeature'),
      registerProvider: async () => unexpected('registerProvider'),
    },
    fleet: {
      subscriptions: async () => unexpected('subscriptions'),
      subscriptionsUnder: async () => unexpected('subscriptionsUnder'),
      clusters: () => unexpected('clusters'),
      usages: async () => unexpected('usages'),
      subnet: async () => unexpected('subnet'),
      virtualNetwork: async () => unexpected('virtualNetwork'),
      securityRules: async () => unexpected('securityRules'),
    },
    clusterAccess: {
      userKubeconfig: async () => unexpected('userKubeconfig'),
      clusterToken: async () => unexpected('clusterToken'),
      runCommand: async () => unexpected('runCommand'),
    },
    accounts: {
      subscription: async () => unexpected('subscription'),
      principal: async () => unexpected('principal'),
    },
  };
  return { azure, requests };
}
