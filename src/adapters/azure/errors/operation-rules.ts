import { bare, wrapped, type ErrorRule } from './rule.ts';

const quotaHint =
  'The surge nodes need vCPUs beyond the quota. Lower --max-surge, or use --max-surge 0 --max-unavailable 1, or request a higher quota; then run the same command again.';
const mixedHint = 'Some nodes may be updated and others not. Fix the cause, then run the same command again.';

function bootstrap(exit: number, what: string, hint: string): ErrorRule {
  return {
    id: `node-bootstrap-${String(exit)}`,
    class: 'node-bootstrap',
    match: {
      text: new RegExp(`exit (status|code)[\\s=:"']*${String(exit)}\\b|"ExitCode":\\s*"?${String(exit)}\\b`, 'i'),
    },
    hints: [`Exit status ${String(exit)} of the node setup means: ${what}.`, hint],
    source: 'AgentBaker, cse_helpers.sh and localdns.sh',
    example: {
      body: wrapped(
        'VMExtensionProvisioningError',
        `VM has reported a failure when processing extension 'vmssCSE'. Error message: "Enable failed: failed to execute command: command terminated with exit status=${String(exit)}"`,
      ),
    },
  };
}

/** Errors that end an operation; some of the same codes also answer a request. */
export const operationRules: readonly ErrorRule[] = [
  bootstrap(
    216,
    'LocalDNS did not start on the node, or its health check failed',
    'Check that the DNS servers of the virtual network are reachable from the nodes: aks-localdns troubleshoot',
  ),
  bootstrap(
    217,
    'the LocalDNS configuration (Corefile) is missing on the node',
    'Upgrade the node image: aks-localdns nodepool upgrade --node-image-only',
  ),
  bootstrap(
    218,
    "the LocalDNS service's resource slice is missing on the node",
    'Upgrade the node image: aks-localdns nodepool upgrade --node-image-only',
  ),
  bootstrap(
    219,
    'the CoreDNS binary is missing on the node',
    'Upgrade the node image: aks-localdns nodepool upgrade --node-image-only',
  ),
  {
    id: 'node-bootstrap',
    class: 'node-bootstrap',
    match: {
      anyCodes: [
        'VMExtensionProvisioningError',
        'VMExtensionProvisioningTimeout',
        'VMExtensionHandlerNonTransientError',
      ],
    },
    hints: ['A node did not start. Look up the exit status in the message: https://aka.ms/aks/cse-error', mixedHint],
    source: 'AKS docs, troubleshoot node bootstrap',
    example: {
      body: wrapped(
        'VMExtensionProvisioningError',
        'VM has reported a failure: command terminated with exit status=50',
      ),
    },
  },
  {
    id: 'preempted',
    class: 'operation-in-progress',
    match: { anyCodes: ['AKSOperationPreempted', 'OperationPreempted'] },
    hints: ['Another operation took precedence. Run the same command again with --wait-for-operation.'],
    source: 'Azure CLI, acs live tests',
    example: {
      status: 409,
      body: bare(
        'AKSOperationPreempted',
        'This operation has been preempted by another operation. Please retry later after the ongoing operation has finished.',
      ),
    },
  },
  {
    id: 'overridden',
    class: 'overridden',
    match: { text: /overrid+en and cancell?ed by a later operation/i },
    hints: [
      'Someone else started another operation on this pool, or aborted this one. Check the pool, then run the same command again if the change is still needed.',
    ],
    source: 'terraform-provider-azurerm issues',
    example: { body: wrapped('Canceled', 'The operation was overriden and canceled by a later operation 1b2c.') },
  },
  {
    id: 'canceled',
    class: 'overridden',
    match: { codes: ['Canceled', 'Cancelled', 'OperationCanceled'] },
    hints: [
      'The operation was aborted, so nodes may have different settings. Run the same command again to make them consistent.',
    ],
    source: 'AKS docs, manage-abort-operations',
    example: { body: wrapped('Canceled', 'Operation was canceled') },
  },
  {
    id: 'blocked-by-disruption-budget',
    class: 'drain',
    match: { anyCodes: ['UnsatisfiablePDB'] },
    hints: [
      'A pod disruption budget allows no evictions: kubectl get pdb -A shows it with 0 allowed disruptions. Change the budget, or add a replica.',
    ],
    source: 'AKS issue 4860',
    example: {
      status: 400,
      body: bare('UnsatisfiablePDB', 'Upgrade is blocked due to invalid Pod Disruption Budgets (PDBs).'),
    },
  },
  {
    id: 'drain',
    class: 'drain',
    match: {
      anyCodes: ['PodDrainFailure', 'UpgradeFailed', 'KubeletDrainFailure', 'DrainFailed'],
      text: /drain|evict|PDB/i,
    },
    hints: [
      'A pod was not evicted in time. Check the pod disruption budget or pod named in the message: kubectl get pdb -A',
      'A longer --drain-timeout gives pods more time. Run the same command again to continue where it stopped.',
    ],
    source: 'AKS docs, error-code-poddrainfailure',
    example: {
      body: wrapped(
        'UpgradeFailed',
        'Drain node aks-np1-0 failed when evicting pod web-0 failed with Too Many Requests error. PDB debug info: ns/web blocked by pdb web.',
      ),
    },
  },
  {
    id: 'subnet-full',
    class: 'network-capacity',
    match: { anyCodes: ['SubnetIsFull', 'InsufficientSubnetSize', 'SubnetFull'] },
    hints: [
      'The subnet does not have enough addresses for the surge nodes. Use --max-surge 0 --max-unavailable 1, or enlarge the subnet.',
    ],
    source: 'AKS docs, error-code-subnetisfull and error-code-insufficientsubnetsize',
    example: {
      body: wrapped(
        'SubnetIsFull',
        'Subnet s with address prefix 10.0.0.0/24 does not have enough capacity for 30 IP addresses.',
      ),
    },
  },
  {
    id: 'no-capacity',
    class: 'capacity',
    match: {
      anyCodes: [
        'AllocationFailed',
        'ZonalAllocationFailed',
        'OverconstrainedAllocationRequest',
        'OverconstrainedZonalAllocationRequest',
        'SkuNotAvailable',
        'SKUNotAvailable',
      ],
    },
    hints: [
      'Azure currently has no capacity for this VM size in the region. Use --max-surge 0 --max-unavailable 1, so that no extra node is needed, or try again later.',
    ],
    source: 'AKS docs, error-code-zonalallocation-allocationfailed',
    example: {
      body: wrapped('ReconcileVMSSAgentPoolFailed', 'Create or update failed.', {
        details: [{ code: 'AllocationFailed', message: 'Allocation failed.' }],
      }),
    },
  },
  {
    id: 'quota',
    class: 'quota',
    match: {
      anyCodes: ['QuotaExceeded', 'OperationNotAllowed', 'PublicIPCountLimitReached', 'LowPriorityQuotaExceeded'],
      text: /quota|Current Limit: \d+/i,
    },
    hints: [quotaHint],
    source: 'seen on the wire (AKS operation status)',
    example: {
      body: wrapped('QuotaExceeded', 'Create or update VMSS failed.', {
        details: [
          {
            code: 'OperationNotAllowed',
            message:
              'Operation could not be completed as it results in exceeding approved Total Regional Cores quota. Current Limit: 10, Current Usage: 6, Additional Required: 6',
          },
        ],
      }),
    },
  },
];

/** Tried after all rules that match a status. */
export const internalErrorRule: ErrorRule = {
  id: 'aks-retries-itself',
  class: 'transient',
  match: { anyCodes: ['ProvisioningControlPlaneError', 'InternalOperationError', 'InternalServerError'] },
  hints: ['AKS had an internal error and may continue on its own. Check the pool again later.', mixedHint],
  source: 'mspnp/aks-baseline-regulated issue 44',
  example: {
    body: wrapped(
      'ProvisioningControlPlaneError',
      'AKS encountered an internal error while attempting the requested Updating operation. AKS will continuously retry the requested operation.',
    ),
  },
};
