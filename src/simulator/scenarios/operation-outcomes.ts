import { without } from '../../core/json.ts';
import { onlyTheCaller } from '../arm/operations.ts';
import { gatewayError } from '../arm/reply.ts';
import type { OperationShape } from '../world.ts';
import type { ScenarioRecord } from './scenario.ts';

const starting = ['agentPools.put', 'agentPools.upgradeNodeImageVersion'];
const always = Number.POSITIVE_INFINITY;

function failing(name: string, summary: string, source: string, shape: OperationShape): ScenarioRecord {
  return {
    name,
    summary,
    source,
    faults: [
      { routes: starting, effect: { kind: 'operation', shape: { outcome: 'Failed', afterNodes: 1, ...shape } } },
    ],
  };
}

function node(pool: string): string {
  return `aks-${pool}-12345678-vmss000001`;
}

/** How an accepted operation ends. Most affect the first operation only, so that sending again repairs the pool. */
export const operationScenarios: readonly ScenarioRecord[] = [
  failing(
    'drain-blocked',
    'A pod disruption budget keeps the second node from being drained; the operation fails at the drain timeout.',
    'AKS documentation and blog, node drain failures',
    {
      waitsForDrain: true,
      error: ({ pool }) => ({
        code: 'UpgradeFailed',
        message:
          `Drain node ${node(pool)} failed when evicting pod web-0 failed with Too Many Requests error. This is often caused by a restrictive Pod Disruption Budget (PDB) policy. ` +
          "See http://aka.ms/aks/debugdrainfailures. Original error: Cannot evict pod as it would violate the pod's disruption budget.. PDB debug info: shop/web-0 blocked by pdb web-pdb with 0 unready pods.",
      }),
    },
  ),
  failing(
    'bootstrap-failed',
    'LocalDNS does not come up on the second node: its bootstrap ends with exit code 217.',
    'AgentBaker, exit codes of the node bootstrap',
    {
      seconds: 600,
      error: ({ pool }) => ({
        code: 'VMExtensionProvisioningError',
        message: `VM has reported a failure when processing extension 'vmssCSE' (publisher 'Microsoft.Azure.Extensions' and type 'CustomScript'). Error message: "Enable failed: failed to execute command: command terminated with exit status=217\n[stdout]\n{ \\"ExitCode\\": \\"217\\", \\"Output\\": \\"could not generate the localdns corefile\\" }\n[stderr]\n". Node: ${node(pool)}.`,
        details: [{ code: 'VMExtensionProvisioningError', message: 'vmssCSE: exit status=217', target: node(pool) }],
      }),
    },
  ),
  failing('quota-during', 'The quota runs out while a surge node is made.', 'recorded status of a failed operation', {
    afterNodes: 0,
    error: ({ pool }) => ({
      code: 'QuotaExceeded',
      message: `Create or update VMSS aks-${pool}-12345678-vmss failed. Operation could not be completed as it results in exceeding approved Total Regional Cores quota.`,
      details: [
        {
          code: 'OperationNotAllowed',
          message:
            'Operation could not be completed as it results in exceeding approved Total Regional Cores quota. Current Limit: 10, Current Usage: 6, Additional Required: 6, (Minimum) New Limit Required: 12.',
        },
      ],
    }),
  }),
  failing('no-capacity', 'The region has no capacity for this VM size at the moment.', 'Compute error codes', {
    afterNodes: 0,
    error: () => ({
      code: 'AllocationFailed',
      message: 'Allocation failed. We do not have sufficient capacity for the requested VM size in this region.',
    }),
  }),
  failing('subnet-full', 'The subnet has no address for a surge node.', 'AKS error codes', {
    afterNodes: 0,
    error: () => ({
      code: 'SubnetIsFull',
      message: 'Subnet aks-subnet with address prefix 10.224.0.0/24 does not have enough capacity for 31 IP addresses.',
    }),
  }),
  {
    name: 'failed-rolled-back',
    summary: 'The operation fails on the second node, and AKS puts the former profile back.',
    source:
      'AKS documentation, node disruption policy, configuration rollback; what the pool shows afterwards is not known',
    prepare: (world) => {
      world.settings.rollbackOnFailure = true;
    },
    faults: [
      {
        routes: starting,
        effect: {
          kind: 'operation',
          shape: {
            outcome: 'Failed',
            afterNodes: 1,
            error: () => ({
              code: 'NodePoolUpdateFailed',
              message: 'The update of the node pool failed; the last known good configuration was restored.',
            }),
          },
        },
      },
    ],
  },
  {
    name: 'canceled-by-later',
    summary: 'Somebody else overrides the operation after one node: it ends Canceled.',
    source: 'text as users report it',
    faults: [
      {
        routes: starting,
        effect: {
          kind: 'operation',
          shape: {
            outcome: 'Canceled',
            afterNodes: 1,
            error: ({ laterOperation }) => ({
              code: 'Canceled',
              message: `The operation was overriden and canceled by a later operation ${laterOperation}.`,
            }),
          },
        },
      },
    ],
  },
  {
    name: 'never-ends',
    summary: 'The operation never ends, and its status stays the same.',
    source: 'support cases',
    faults: [{ routes: starting, effect: { kind: 'operation', shape: { never: true } } }],
  },
  {
    name: 'odd-status',
    summary:
      'The status of the running operation is free text that contains "failed" and "Succeeded" without being either.',
    source: 'recorded status texts; ARM documentation: only three words are terminal',
    faults: [
      {
        routes: starting,
        times: always,
        effect: {
          kind: 'operation',
          shape: {
            texts: [
              'InProgress',
              'Retrying a failed surge node',
              'SucceededPartially: 1/3 nodes',
              'Waiting\u001b[31m for drain',
            ],
          },
        },
      },
    ],
  },
  {
    name: 'status-refused',
    summary: 'The status URL is always refused with 403: only the pool and the cluster can be read.',
    source: 'text as users report it',
    faults: [
      {
        routes: ['operations.get', 'operationResults.get'],
        times: always,
        effect: { kind: 'answer', answer: () => onlyTheCaller() },
      },
    ],
  },
  {
    name: 'status-gone',
    summary: 'The status URL is answered 404: only the pool and the cluster can be read.',
    source: 'the retention of AKS is not documented',
    faults: [
      {
        routes: ['operations.get', 'operationResults.get'],
        times: always,
        effect: {
          kind: 'answer',
          answer: (exchange) =>
            gatewayError(404, 'EntityNotFound', `The operation '${exchange.params['operation'] ?? ''}' was not found.`),
        },
      },
    ],
  },
  {
    name: 'profile-not-stored',
    summary: 'A LocalDNS profile is accepted and the operation succeeds, but the profile is not stored.',
    source: 'clients and services in between that drop unknown fields',
    faults: [
      {
        routes: ['agentPools.put'],
        times: always,
        effect: {
          kind: 'store',
          store: (accepted, before) => {
            const former = before?.['localDNSProfile'];
            const rest = without(accepted, ['localDNSProfile']);
            return former === undefined ? rest : { ...rest, localDNSProfile: former };
          },
        },
      },
    ],
  },
  {
    name: 'field-lost',
    summary: 'The profile is stored, but the labels and a field that no client knows are lost.',
    source: 'clients and services in between that drop unknown fields',
    faults: [
      {
        routes: ['agentPools.put'],
        times: always,
        effect: { kind: 'store', store: (accepted) => without(accepted, ['nodeLabels', 'x-future']) },
      },
    ],
  },
];
