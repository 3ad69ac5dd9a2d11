import { CliError } from '../../../../src/core/errors.ts';
import type { Cluster } from '../../../../src/model/cluster.ts';
import { clusterId } from '../../../../src/model/ids.ts';
import type { ClusterPage, ClusterScope, ScopeProblem } from '../../../../src/model/inventory.ts';
import type { Azure, Registration } from '../../../../src/model/ports.ts';
import type { Subscription } from '../../../../src/model/registration.ts';

export function subscription(digit: string, name: string, state = 'Enabled'): Subscription {
  const block = (length: number): string => digit.repeat(length);
  return { id: `${block(8)}-${block(4)}-4${block(3)}-8${block(3)}-${block(12)}`, name, tenantId: undefined, state };
}

export const production = subscription('1', 'Production');
export const staging = subscription('2', 'Staging');
export const retired = subscription('3', 'Retired', 'Disabled');
export const sandbox = subscription('4', 'Sandbox');

export function aksId(of: Subscription, name = 'aks-demo', pool?: string): string {
  return `${clusterId({ subscriptionId: of.id, resourceGroup: 'rg-demo', cluster: name })}${pool === undefined ? '' : `/agentPools/${pool}`}`;
}

/** The parts of a cluster that the search for subscriptions uses. */
export function clusterIn(of: Subscription, name = 'aks-demo'): Cluster {
  return {
    ref: { subscriptionId: of.id, resourceGroup: 'rg-demo', cluster: name },
    id: aksId(of, name),
    location: 'westeurope',
    tags: {},
    kubernetesVersion: '1.33.2',
    currentKubernetesVersion: '1.33.2',
    provisioningState: 'Succeeded',
    powerState: 'Running',
    nodeProvisioning: 'Manual',
    tier: 'Standard',
    addons: [],
    pools: [],
  } as unknown as Cluster;
}

export function page(clusters: readonly Cluster[], problems: readonly ScopeProblem[] = []): ClusterPage {
  return { clusters, problems, total: undefined };
}

export interface FakeAzure {
  readonly azure: Azure;
  /** The requests, in order: `subscription Production`, `clusters`, `POST provider 1111…`. */
  readonly asked: string[];
  readonly scopes: ClusterScope[];
}

interface Known {
  readonly all?: readonly Subscription[];
  readonly active?: Subscription;
  readonly under?: Readonly<Record<string, readonly Subscription[]>>;
  readonly pages?: (scope: ClusterScope) => readonly ClusterPage[];
  /** Subscriptions that refuse to register. */
  readonly refusing?: readonly Subscription[];
}

function registrationOf(known: Known, asked: string[]): Registration {
  const registered = new Set<string>();
  const ask = (what: string, id: string): void => {
    asked.push(`${what} ${id.slice(0, 4)}`);
    if (known.refusing?.some((one) => one.id === id) === true)
      throw new CliError({ code: 'azure-not-permitted', message: 'You may not do that.' });
  };
  return {
    feature: async (id) =>
      Promise.resolve()
        .then(() => ask('GET feature', id))
        .then(() => ({ known: true, state: registered.has(id) ? 'Registered' : 'NotRegistered' })),
    registerFeature: async (id) =>
      Promise.resolve()
        .then(() => ask('POST feature', id))
        .then(() => {
          registered.add(id);
          return { known: true, state: 'Registered' };
        }),
    unregisterFeature: async (id) =>
      Promise.resolve()
        .then(() => ask('POST unregister', id))
        .then(() => ({ known: true, state: 'Unregistering' })),
    provider: async (id) =>
      Promise.resolve()
        .then(() => ask('GET provider', id))
        .then(() => ({ state: 'Registered' })),
    registerProvider: async (id) =>
      Promise.resolve()
        .then(() => ask('POST provider', id))
        .then(() => ({ state: 'Registered' })),
  };
}

/** The part of Azure that the scope options and the registration commands use, in memory. */
export function fakeAzure(known: Known = {}): FakeAzure {
  const { all = [production, staging, retired], active = production, under = {} } = known;
  const asked: string[] = [];
  const scopes: ClusterScope[] = [];
  const unavailable = (): never => {
    throw new Error('This test has no such answer.');
  };
  const azure: Azure = {
    accounts: {
      subscription: async (word, options) => {
        asked.push(`subscription ${word ?? '(active)'}`);
        if (word === undefined) return Promise.resolve(active);
        const found = all.find(({ id, name }) => [id, name].some((each) => each.toLowerCase() === word.toLowerCase()));
        if (found !== undefined) return Promise.resolve(found);
        if (options?.unread === true && /^[0-9a-f-]{36}$/i.test(word))
          return Promise.resolve({
            id: word.toLowerCase(),
            name: word.toLowerCase(),
            tenantId: undefined,
            state: undefined,
          });
        throw new CliError({
          code: 'subscription-not-found',
          message: `The subscription '${word}' was not found.`,
        });
      },
      principal: unavailable,
    },
    nodePools: {
      readCluster: unavailable,
      listPools: unavailable,
      readPool: unavailable,
      useNewerSettings: unavailable,
      putPool: unavailable,
      upgradeNodeImage: unavailable,
      latestNodeImage: unavailable,
      abort: unavailable,
      observe: unavailable,
    },
    inventory: { vmSizes: unavailable },
    fleet: {
      subscriptions: async () => {
        asked.push('all subscriptions');
        return Promise.resolve(all);
      },
      subscriptionsUnder: async (group) => {
        asked.push(`management group ${group}`);
        return Promise.resolve(under[group] ?? []);
      },
      clusters: async function* (scope) {
        scopes.push(scope);
        for (const each of known.pages?.(scope) ?? []) {
          asked.push('clusters');
          yield await Promise.resolve(each);
        }
      },
      usages: unavailable,
      subnet: unavailable,
      virtualNetwork: unavailable,
      securityRules: unavailable,
    },
    registration: registrationOf(known, asked),
    clusterAccess: { userKubeconfig: unavailable, clusterToken: unavailable, runCommand: unavailable },
  };
  return { azure, asked, scopes };
}
