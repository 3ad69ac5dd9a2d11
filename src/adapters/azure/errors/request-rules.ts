import { shellLine } from '../../../core/text.ts';
import { permissionRules } from './permission-rules.ts';
import { bare, wrapped, type ErrorRule } from './rule.ts';

const lockSet = 'A ReadOnly lock is set. Its owner can remove it for the change:';

/** The command that lists the lock, for the last scope in Azure's message. */
function lockHints(message: string): readonly string[] | undefined {
  const [, subscription, group] =
    /are locked: '\/subscriptions\/([\w-]+)(?:\/resourceGroups\/([\w.()-]+))?[/',]/i.exec(message) ?? [];
  if (subscription === undefined) return undefined;
  const where = group === undefined ? [] : ['-g', group];
  return [`${lockSet} ${shellLine(['az', 'lock', 'list', ...where, '--subscription', subscription])}`];
}

/** Errors that answer a request. */
export const requestRules: readonly ErrorRule[] = [
  {
    id: 'operation-result-of-another',
    class: 'not-permitted',
    match: { status: [401, 403], text: /original caller of an asynchronous operation/i },
    hints: ['Only the account that started an operation may read its status. The state of the pool shows it as well.'],
    source: 'azure-docs issue 119301',
    example: {
      status: 403,
      body: bare(
        'Unauthorized',
        'Only the original caller of an asynchronous operation is allowed to retrieve the results.',
      ),
    },
  },
  {
    id: 'wrong-tenant',
    class: 'not-signed-in',
    match: { status: [401], codes: ['InvalidAuthenticationTokenTenant'] },
    hints: ["Sign in to the subscription's tenant: az login --tenant TENANT"],
    source: 'ARM docs, common error codes',
    example: {
      status: 401,
      body: wrapped(
        'InvalidAuthenticationTokenTenant',
        "The access token is from the wrong issuer 'https://sts.windows.net/A/'.",
      ),
    },
  },
  {
    id: 'token-refused',
    class: 'not-signed-in',
    match: { status: [401] },
    hints: ['Sign in again: az login', 'To use another sign-in method, set --sign-in.'],
    source: 'ARM docs, common error codes (ExpiredAuthenticationToken, InvalidAuthenticationToken)',
    example: {
      status: 401,
      body: wrapped(
        'ExpiredAuthenticationToken',
        "The access token expiry UTC time '1/1/2026' is earlier than current UTC time.",
      ),
    },
  },
  {
    id: 'policy',
    class: 'policy',
    match: { codes: ['RequestDisallowedByPolicy', 'RequestDisallowedByAzure'] },
    hints: [
      'Azure Policy denies this change. The owner of the policy assignment can exempt the resource: az policy exemption create --help',
    ],
    source: 'Azure Policy docs, error codes',
    example: {
      status: 403,
      body: wrapped('RequestDisallowedByPolicy', "Resource 'np1' was disallowed by policy.", {
        additionalInfo: [{ type: 'PolicyViolation', info: { policyAssignmentDisplayName: 'No changes on Fridays' } }],
      }),
    },
  },
  {
    id: 'linked-permission',
    class: 'not-permitted',
    match: { codes: ['LinkedAuthorizationFailed'] },
    hints: [
      "The change affects a linked resource, such as the pool's subnet. The account needs a role with the action named in the message on that resource.",
    ],
    source: 'ARM docs, common error codes',
    example: {
      status: 403,
      body: wrapped(
        'LinkedAuthorizationFailed',
        "The client has permission to perform action 'Microsoft.ContainerService/managedClusters/agentPools/write', but lacks 'Microsoft.Network/virtualNetworks/subnets/join/action' on the linked scope.",
      ),
    },
  },
  {
    id: 'locked',
    class: 'locked',
    match: { codes: ['ScopeLocked'] },
    hints: [`${lockSet} az lock list -g RESOURCE_GROUP`],
    hintsFrom: lockHints,
    source: 'ARM docs, lock-resources',
    example: {
      status: 409,
      body: wrapped(
        'ScopeLocked',
        "The scope '/subscriptions/S/resourceGroups/rg' cannot perform write operation because following scope(s) are locked.",
      ),
    },
  },
  {
    id: 'subscription-disabled',
    class: 'subscription-disabled',
    match: {
      anyCodes: ['ReadOnlyDisabledSubscription', 'DisabledSubscription', 'SubscriptionNotRegisteredForBilling'],
    },
    hints: [
      'The subscription is disabled and read-only. Its owner can reactivate it in the Azure portal, under Cost Management + Billing.',
    ],
    source: 'ARM docs, common error codes',
    example: {
      status: 409,
      body: wrapped(
        'ReadOnlyDisabledSubscription',
        "The subscription 'S' is disabled and therefore marked as read only.",
      ),
    },
  },
  ...permissionRules,
  {
    id: 'forbidden',
    class: 'not-permitted',
    match: { status: [403] },
    hints: ['The account does not have permission. List its roles: az role assignment list --assignee ACCOUNT --all'],
    source: 'HTTP 403',
    example: { status: 403, body: wrapped('SomethingForbidden', 'No.') },
  },
  {
    id: 'provider-not-registered',
    class: 'provider-not-registered',
    match: { anyCodes: ['MissingSubscriptionRegistration', 'SubscriptionNotRegistered'] },
    hints: ['Register the resource provider: aks-localdns provider register'],
    source: 'ARM docs, resource-providers-and-types',
    example: {
      status: 409,
      body: wrapped(
        'MissingSubscriptionRegistration',
        "The subscription is not registered to use namespace 'Microsoft.ContainerService'.",
      ),
    },
  },
  {
    id: 'feature-not-registered',
    class: 'feature-not-registered',
    match: { text: /feature.{0,120}?\bnot (registered|enabled)/i },
    hints: ['Register the preview feature, then refresh the provider: aks-localdns setup'],
    source:
      'AKS docs, LocalDNS (2025), and Azure CLI live tests: OperationNotAllowed also means "Feature is not enabled"',
    example: {
      status: 400,
      body: bare('OperationNotAllowed', 'Preview feature Microsoft.ContainerService/LocalDNSPreview not registered.'),
    },
  },
  {
    id: 'etag-mismatch-other-operation',
    class: 'operation-in-progress',
    match: { codes: ['EtagMismatch', 'ETagMismatch'], status: [409] },
    hints: [
      'Another operation is changing the same cluster. Wait for it with --wait-for-operation, or try again later.',
    ],
    source: 'terraform-azurerm-aks issue 604',
    example: {
      status: 409,
      body: bare('EtagMismatch', 'Operation is not allowed: Another operation is in progress', {
        details: [{ code: 'Unspecified', message: 'rpc error: code = FailedPrecondition desc = Etag mismatched' }],
      }),
    },
  },
  {
    id: 'other-operation',
    class: 'operation-in-progress',
    match: { codes: ['OperationNotAllowed', 'Conflict'], text: /in[- ]progress/i },
    hints: [
      'Another operation is running. Wait for it with --wait-for-operation, or follow it: aks-localdns nodepool wait',
    ],
    source: 'cilium issue 25944, azure-workload-identity issue 417, azure-cli-extensions PR 9855',
    example: {
      status: 409,
      body: bare(
        'OperationNotAllowed',
        "Operation is not allowed because there's an in progress update managed cluster operation (operation ID: e) on the managed cluster. Please wait for it to finish before starting a new operation.",
      ),
    },
  },
  {
    id: 'precondition-failed',
    class: 'precondition-failed',
    match: { status: [412] },
    hints: ['The pool changed after it was read. Run the same command again to read and check it again.'],
    source: 'AKS docs, use-etags',
    example: { status: 412, body: bare('PreConditionFailed', 'The etag does not match.') },
  },
  {
    id: 'immutable-property',
    class: 'invalid',
    match: { codes: ['PropertyChangeNotAllowed'] },
    hints: ['This property cannot be changed on an existing pool. Create a new pool.'],
    source: 'pulumi-azure-native issue 959',
    example: {
      status: 400,
      body: bare('PropertyChangeNotAllowed', "Changing property 'properties.vmSize' is not allowed.", {
        target: 'properties.vmSize',
      }),
    },
  },
  {
    id: 'quota-before-start',
    class: 'quota',
    match: { codes: ['ErrCode_InsufficientVCPUQuota', 'InsufficientVCPUQuota'] },
    hints: [
      'The surge nodes need vCPUs beyond the quota. Lower --max-surge, or use --max-surge 0 --max-unavailable 1, or request a higher quota: az quota update --help',
    ],
    source: 'seen on the wire (terraform-provider-azurerm tests)',
    example: {
      status: 400,
      body: bare(
        'ErrCode_InsufficientVCPUQuota',
        'Insufficient regional vcpu quota left for location westus2. left regional vcpu quota 4, requested quota 6.',
      ),
    },
  },
  {
    id: 'region-busy',
    class: 'capacity',
    match: { status: [400, 409, 503], text: /heavy usage in (the )?region|AKSCapacityHeavyUsage/i },
    hints: ['AKS currently has no capacity in this region. Try again later.'],
    source: 'AKS docs, error-code-aks-capacity',
    example: {
      status: 400,
      body: bare('BadRequest', 'AKS is experiencing heavy usage in region westeurope. Please try again later.'),
    },
  },
  {
    id: 'not-found',
    class: 'not-found',
    match: { codes: ['ResourceNotFound', 'NotFound', 'ParentResourceNotFound', 'AgentPoolNotFound'], status: [404] },
    hints: [
      'Check the names: aks-localdns nodepool list, az aks list -o table. Resources that the account may not read are also reported as not found.',
    ],
    source: 'ARM docs, common error codes',
    example: {
      status: 404,
      body: wrapped(
        'ResourceNotFound',
        "The Resource 'Microsoft.ContainerService/managedClusters/c' under resource group 'g' was not found.",
      ),
    },
  },
  {
    id: 'group-not-found',
    class: 'not-found',
    match: { codes: ['ResourceGroupNotFound'] },
    hints: ['Check the resource group and the subscription: az group list -o table'],
    source: 'ARM docs, common error codes',
    example: { status: 404, body: wrapped('ResourceGroupNotFound', "Resource group 'g' could not be found.") },
  },
  {
    id: 'subscription-not-found',
    class: 'not-found',
    match: { codes: ['SubscriptionNotFound', 'InvalidSubscriptionId'] },
    hints: ['Check the subscription and that the account can access it: az account list -o table'],
    source: 'ARM docs, common error codes',
    example: { status: 404, body: wrapped('SubscriptionNotFound', "The subscription 'S' could not be found.") },
  },
];
