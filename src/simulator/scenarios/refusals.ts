import { isJsonObject, own } from '../../core/json.ts';
import { providerOf } from '../arm/lookup.ts';
import { authorizationFailed } from '../arm/permissions.ts';
import { gatewayError } from '../arm/reply.ts';
import type { ScenarioRecord } from './scenario.ts';

const always = Number.POSITIVE_INFINITY;
const writes = ['agentPools.put', 'agentPools.delete', 'agentPools.abort', 'agentPools.upgradeNodeImageVersion'];

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
    source: 'ARM: RequestDisallowedByPolicy',
    faults: [
      {
        routes: ['agentPools.put'],
        times: always,
        effect: {
          kind: 'answer',
          answer: (exchange) => {
            const pool = exchange.params['pool'] ?? '';
            const assignment = 'Node pools only through the platform team';
            return gatewayError(
              403,
              'RequestDisallowedByPolicy',
              `Resource '${pool}' was disallowed by policy. Policy identifiers: '[{"policyAssignment":{"name":"${assignment}"}}]'.`,
              {
                error: {
                  target: pool,
                  additionalInfo: [
                    {
                      type: 'PolicyViolation',
                      info: { policyAssignmentDisplayName: assignment, policyDefinitionEffect: 'deny' },
                    },
                  ],
                },
              },
            );
          },
        },
      },
    ],
  },
  {
    name: 'locked',
    summary: 'A ReadOnly lock on the resource group refuses every write.',
    source: 'ARM: ScopeLocked',
    faults: [
      {
        routes: writes,
        times: always,
        effect: {
          kind: 'answer',
          answer: (exchange) => {
            const group = `/subscriptions/${exchange.params['subscription'] ?? ''}/resourceGroups/${exchange.params['resourceGroup'] ?? ''}`;
            return gatewayError(
              409,
              'ScopeLocked',
              `The scope '${exchange.url.pathname}' cannot perform write operation because following scope(s) are locked: '${group}'. Please remove the lock and try again.`,
            );
          },
        },
      },
    ],
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
