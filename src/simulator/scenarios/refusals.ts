import { isJsonObject, own } from '../../core/json.ts';
import { lockId } from '../arm/locks.ts';
import { providerOf } from '../arm/lookup.ts';
import { authorizationFailed } from '../arm/permissions.ts';
import { assignmentId } from '../arm/policies.ts';
import type { Lock, PolicyAssignment } from '../world.ts';
import type { ScenarioRecord } from './scenario.ts';

const always = Number.POSITIVE_INFINITY;

/** What Azure refuses until somebody changes something in Azure. */
export const refusalScenarios: readonly ScenarioRecord[] = [
  {
    name: 'quota',
    summary:
      'Two regional vCPUs are left: a surge node does not fit; an update with maxSurge 0 and maxUnavailable 1 succeeds.',
    source: 'recorded 400 of AKS',
    prepare: (world) => {
      world.settings.regionalVcpus = { used: 98, limit: 100 };
    },
  },
  {
    name: 'policy-denied',
    summary: 'An Azure Policy denies changes of node pools.',
    source: 'Azure docs: RequestDisallowedByPolicy',
    prepare: (world) => {
      for (const { id } of world.subscriptions.values()) {
        const policy: PolicyAssignment = {
          scope: `/subscriptions/${id}`,
          name: 'node-pools-by-platform-team',
          displayName: 'Node pools only through the platform team',
          definition: { name: 'deny-node-pools', displayName: 'Deny node pools' },
          denies: 'Microsoft.ContainerService/managedClusters/agentPools',
        };
        world.policies.set(assignmentId(policy).toLowerCase(), policy);
      }
    },
  },
  {
    name: 'locked',
    summary: 'A ReadOnly lock on every resource group with clusters refuses every write, until somebody removes it.',
    source: 'Azure docs: ScopeLocked',
    prepare: (world) => {
      for (const { id, clusters } of world.subscriptions.values()) {
        for (const { resourceGroup } of clusters.values()) {
          const scope = `/subscriptions/${id}/resourceGroups/${resourceGroup}`;
          const lock: Lock = { scope, name: 'change-freeze', level: 'ReadOnly', notes: 'No changes this week.' };
          world.locks.set(lockId(lock).toLowerCase(), lock);
        }
      }
    },
  },
  {
    name: 'not-permitted',
    summary: 'The caller may read everything and write nothing.',
    source: 'Azure RBAC: the Reader role',
    prepare: (world) => {
      world.settings.grants = ['*/read'];
    },
  },
  {
    name: 'no-access',
    summary: 'The caller has no permissions.',
    source: 'Azure RBAC',
    prepare: (world) => {
      world.settings.grants = [];
    },
  },
  {
    name: 'pool-rights-only',
    summary:
      'The caller has the Agent Pool Manager role: pools may be read and written, the cluster, its operations and the subscription may not be read.',
    source: 'Azure built-in role 1b7f3653-4324-473a-9165-bc55e4d04ba8',
    prepare: (world) => {
      const pools = 'Microsoft.ContainerService/managedClusters/agentPools';
      world.settings.grants = ['read', 'write', 'delete', 'abort/action', 'upgradeNodeImageVersion/action'].map(
        (action) => `${pools}/${action}`,
      );
    },
  },
  {
    name: 'subnet-join-denied',
    summary: "The caller lacks the right to join the pool's subnet.",
    source: 'ARM: LinkedAuthorizationFailed',
    faults: [
      {
        routes: ['agentPools.put'],
        times: always,
        effect: {
          kind: 'answer',
          answer: (exchange) => {
            const plain = authorizationFailed(exchange, 'Microsoft.Network/virtualNetworks/subnets/join/action');
            const error = own(plain.body, 'error');
            return {
              ...plain,
              body: { error: { ...(isJsonObject(error) ? error : {}), code: 'LinkedAuthorizationFailed' } },
            };
          },
        },
      },
    ],
  },
  {
    name: 'disruption-policy-block',
    summary: 'The node disruption policy of every cluster is Block.',
    source: 'AKS documentation, node disruption policy (preview); the refusal itself is not known',
    prepare: (world) => {
      for (const subscription of world.subscriptions.values()) {
        for (const cluster of subscription.clusters.values()) {
          const properties = own(cluster.resource, 'properties');
          cluster.resource = {
            ...cluster.resource,
            properties: {
              ...(isJsonObject(properties) ? properties : {}),
              nodeDisruptionProfile: { nodeDisruptionPolicy: 'Block' },
            },
          };
        }
      }
    },
  },
  {
    name: 'provider-not-registered',
    summary: 'Microsoft.ContainerService is not registered on any subscription.',
    source: 'ARM: MissingSubscriptionRegistration',
    prepare: (world) => {
      for (const subscription of world.subscriptions.values())
        providerOf(world, subscription, 'Microsoft.ContainerService').state = 'NotRegistered';
    },
  },
];
