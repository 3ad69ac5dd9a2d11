import { parseJson, type JsonObject } from '../../core/json.ts';
import type { PolicyAssignment } from '../world.ts';
import { param, type Exchange, type Route } from './exchange.ts';
import { covers, subscriptionOf } from './lookup.ts';
import { gatewayError, ok, type Reply } from './reply.ts';

const provider = 'providers/Microsoft.Authorization';

export function assignmentId({ scope, name }: Pick<PolicyAssignment, 'scope' | 'name'>): string {
  return `${scope}/${provider}/policyAssignments/${name}`;
}

/** The definition is the subscription's own. */
function definitionId({ scope, definition }: PolicyAssignment): string {
  const [subscription = ''] = /^\/subscriptions\/[^/]+/i.exec(scope) ?? [];
  return `${subscription}/${provider}/policyDefinitions/${definition.name}`;
}

/** Source: Azure docs, troubleshoot RequestDisallowedByPolicy: code, text, and what `additionalInfo` holds. */
export function checkPolicies(exchange: Exchange): Reply | undefined {
  const { request, route, url, world } = exchange;
  if (request.method !== 'PUT' || route.action === undefined) return undefined;
  const type = route.action.toLowerCase().replace(/\/write$/, '');
  const policy = [...world.policies.values()].find(
    ({ scope, denies }) => denies.toLowerCase() === type && covers(scope, url.pathname),
  );
  if (policy === undefined) return undefined;
  const name = decodeURIComponent(url.pathname.split('/').pop() ?? '');
  const identifiers = [
    {
      policyAssignment: { name: policy.displayName, id: assignmentId(policy) },
      policyDefinition: { name: policy.definition.displayName, id: definitionId(policy) },
    },
  ];
  return gatewayError(
    403,
    'RequestDisallowedByPolicy',
    `Resource '${name}' was disallowed by policy. Policy identifiers: '${JSON.stringify(identifiers)}'.`,
    {
      error: {
        target: name,
        additionalInfo: [
          {
            type: 'PolicyViolation',
            info: {
              policyDefinitionDisplayName: policy.definition.displayName,
              policyDefinitionId: definitionId(policy),
              policyDefinitionName: policy.definition.name,
              policyDefinitionEffect: 'deny',
              policyAssignmentId: assignmentId(policy),
              policyAssignmentName: policy.name,
              policyAssignmentDisplayName: policy.displayName,
              policyAssignmentScope: policy.scope,
              policyAssignmentParameters: {},
            },
          },
        ],
      },
    },
  );
}

function renderAssignment(policy: PolicyAssignment): JsonObject {
  return {
    id: assignmentId(policy),
    name: policy.name,
    type: 'Microsoft.Authorization/policyAssignments',
    properties: {
      displayName: policy.displayName,
      policyDefinitionId: definitionId(policy),
      scope: policy.scope,
      notScopes: [],
      enforcementMode: 'Default',
      parameters: {},
      metadata: {},
    },
  };
}

function renderDefinition(policy: PolicyAssignment): JsonObject {
  return {
    id: definitionId(policy),
    name: policy.definition.name,
    type: 'Microsoft.Authorization/policyDefinitions',
    properties: {
      displayName: policy.definition.displayName,
      policyType: 'Custom',
      mode: 'All',
      parameters: {},
      metadata: {},
      policyRule: parseJson(`{"if":{"field":"type","equals":"${policy.denies}"},"then":{"effect":"deny"}}`) ?? null,
    },
  };
}

function scopeOf({ url }: Exchange): string {
  const [scope = ''] = url.pathname.split(/\/providers\/Microsoft\.Authorization\/policyAssignments/i);
  return scope;
}

/** Source: Policy API: `atExactScope()` leaves out those above, `atScope()` those below. */
function listAssignments(exchange: Exchange): Reply {
  const scope = scopeOf(exchange);
  const filter = exchange.query.get('$filter')?.replaceAll(/\s/g, '').toLowerCase();
  const found = [...exchange.world.policies.values()].filter((policy) => {
    const [above, below] = [covers(policy.scope, scope), covers(scope, policy.scope)];
    if (filter === 'atexactscope()') return above && below;
    return above || (below && filter !== 'atscope()');
  });
  return ok({ value: found.map((policy) => renderAssignment(policy)) });
}

function getAssignment(exchange: Exchange): Reply {
  const name = param(exchange, 'assignment');
  const policy = exchange.world.policies.get(assignmentId({ scope: scopeOf(exchange), name }).toLowerCase());
  if (policy !== undefined) return ok(renderAssignment(policy));
  return gatewayError(404, 'PolicyAssignmentNotFound', `The policy assignment '${name}' is not found.`);
}

/** Of the subscription, each once. */
function definitionsOf(exchange: Exchange): ReadonlyMap<string, JsonObject> {
  const root = `/subscriptions/${subscriptionOf(exchange).id}`;
  const own = [...exchange.world.policies.values()].filter((policy) => covers(root, policy.scope));
  return new Map(own.map((policy) => [policy.definition.name.toLowerCase(), renderDefinition(policy)]));
}

function getDefinition(exchange: Exchange): Reply {
  const found = definitionsOf(exchange).get(param(exchange, 'definition').toLowerCase());
  if (found !== undefined) return ok(found);
  return gatewayError(
    404,
    'PolicyDefinitionNotFound',
    `The policy definition '${param(exchange, 'definition')}' could not be found.`,
  );
}

const subscription = '/subscriptions/{subscription}';
const group = `${subscription}/resourceGroups/{resourceGroup}`;
const scopes = {
  subscription,
  resourceGroup: group,
  resource: `${group}/providers/{namespace}/{type}/{name}`,
};
const read = (kind: string): string => `Microsoft.Authorization/${kind}/read`;

export const policyRoutes: readonly Route[] = [
  ...Object.entries(scopes).flatMap(([level, scope]): readonly Route[] => [
    {
      name: `policyAssignments.list.${level}`,
      method: 'GET',
      template: `${scope}/${provider}/policyAssignments`,
      handler: listAssignments,
      versions: 'authorization',
      action: read('policyAssignments'),
    },
    {
      name: `policyAssignments.get.${level}`,
      method: 'GET',
      template: `${scope}/${provider}/policyAssignments/{assignment}`,
      handler: getAssignment,
      versions: 'authorization',
      action: read('policyAssignments'),
    },
  ]),
  {
    name: 'policyDefinitions.list',
    method: 'GET',
    template: `${subscription}/${provider}/policyDefinitions`,
    handler: (exchange) => ok({ value: [...definitionsOf(exchange).values()] }),
    versions: 'authorization',
    action: read('policyDefinitions'),
  },
  {
    name: 'policyDefinitions.get',
    method: 'GET',
    template: `${subscription}/${provider}/policyDefinitions/{definition}`,
    handler: getDefinition,
    versions: 'authorization',
    action: read('policyDefinitions'),
  },
];
