import { wrapped, type ErrorRule } from './rule.ts';

/** The account lacks a role for the request. Source: ARM docs, common error codes. */
const codes = [
  'AuthorizationFailed',
  'RoleAssignmentScopeNotAssignable',
  'Forbidden',
  'AuthorizationPermissionMismatch',
] as const;

const contributor = 'Azure Kubernetes Service Contributor Role';
const poolManager = 'Azure Kubernetes Service Agent Pool Manager Role';
const again = 'If the role was assigned recently, sign in again: az login';

/** The built-in roles that include an action. */
interface Grant {
  readonly id: string;
  /** Matches the whole action, case-insensitively. */
  readonly action: RegExp;
  /** Completes a sentence. */
  readonly roles: string;
  readonly source: string;
  /** An action that this grant matches and no earlier one does. */
  readonly example: string;
}

/** The first match decides. */
const grants: readonly Grant[] = [
  {
    id: 'register',
    action: /(?:[\w./]+\/(?:un)?register\/action|Microsoft\.Features\/[\w/]+\/(?:write|delete))/,
    roles: 'Contributor or Owner on the subscription; no AKS-specific role includes it',
    source: 'Azure built-in roles: Contributor; ARM docs, resource-providers-and-types',
    example: 'Microsoft.Features/providers/features/register/action',
  },
  {
    id: 'pool-read',
    action: /Microsoft\.ContainerService\/managedClusters\/agentPools\/read/,
    roles: `Reader, ${contributor}, or ${poolManager}`,
    source: 'Azure built-in roles, containers',
    example: 'Microsoft.ContainerService/managedClusters/agentPools/read',
  },
  {
    id: 'pool-change',
    action: /Microsoft\.ContainerService\/managedClusters\/agentPools\/[\w/]+/,
    roles: `${contributor}, or ${poolManager}`,
    source: 'Azure built-in roles, containers',
    example: 'Microsoft.ContainerService/managedClusters/agentPools/write',
  },
  {
    id: 'user-credential',
    action: /Microsoft\.ContainerService\/managedClusters\/listClusterUserCredential\/action/,
    roles: `Azure Kubernetes Service Cluster User Role, or ${contributor}`,
    source: 'Azure built-in roles, containers',
    example: 'Microsoft.ContainerService/managedClusters/listClusterUserCredential/action',
  },
  {
    id: 'aks-read',
    action: /Microsoft\.ContainerService\/[\w/]+\/read/,
    roles: `Reader, or ${contributor}; ${poolManager} does not include it`,
    source: 'Azure built-in roles, containers',
    example: 'Microsoft.ContainerService/managedClusters/read',
  },
  {
    id: 'aks-change',
    action: /Microsoft\.ContainerService\/[\w/]+/,
    roles: contributor,
    source: 'Azure built-in roles, containers',
    example: 'Microsoft.ContainerService/managedClusters/runcommand/action',
  },
  {
    id: 'subnet-join',
    action: /Microsoft\.Network\/[\w/]+\/join\/action/,
    roles: 'Network Contributor on the resource that the message names',
    source: 'Azure built-in roles, networking',
    example: 'Microsoft.Network/virtualNetworks/subnets/join/action',
  },
  {
    id: 'read',
    action: /[\w./]+\/read/,
    roles: 'Reader at the scope that the message names',
    source: 'Azure built-in roles: Reader is */read',
    example: 'Microsoft.Resources/subscriptions/providers/read',
  },
];

function refusal(action: string): string {
  return wrapped(
    'AuthorizationFailed',
    `The client 'a@b' with object id 'o' does not have authorization to perform action '${action}' over scope '/subscriptions/S'.`,
  );
}

/** Permission errors, by the action that Azure's message names. */
export const permissionRules: readonly ErrorRule[] = [
  ...grants.map(({ id, action, roles, source, example }): ErrorRule => ({
    id: `not-permitted-${id}`,
    class: 'not-permitted',
    match: { codes, text: new RegExp(`perform action '(?:${action.source})'`, 'i') },
    hints: [`The account does not have the action named in the message. It is included in the role ${roles}.`, again],
    source,
    example: { status: 403, body: refusal(example) },
  })),
  {
    id: 'not-permitted',
    class: 'not-permitted',
    match: { codes },
    hints: [
      'The account does not have the action named in the message. List its roles: az role assignment list --assignee ACCOUNT --all',
      again,
    ],
    source: 'ARM docs, common error codes',
    example: { status: 403, body: refusal('Microsoft.Authorization/roleAssignments/write') },
  },
];
