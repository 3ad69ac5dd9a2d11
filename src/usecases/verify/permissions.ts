import { CliError } from '../../core/errors.ts';
import { toYaml } from '../../core/yaml.ts';
import type { Kubectl } from '../../model/kubernetes.ts';
import { kubectlFailure } from '../../model/kubernetes-failure.ts';

export interface KubernetesPermission {
  readonly verb: string;
  readonly resource: string;
  readonly subresource?: string;
  /** In one namespace instead of the whole cluster. */
  readonly namespaced?: boolean;
  /** Without an optional permission, the command does less and reports it. */
  readonly optional: boolean;
  /** Its purpose, as a verb phrase: `read the labels of nodes`. */
  readonly purpose: string;
}

export const readNodes: KubernetesPermission = {
  verb: 'list',
  resource: 'nodes',
  optional: false,
  purpose: 'find the nodes and read their labels',
};

export const readKubelet: KubernetesPermission = {
  verb: 'get',
  resource: 'nodes',
  subresource: 'proxy',
  optional: true,
  purpose: "read the kubelet's clusterDNS",
};

const pods = { resource: 'pods', namespaced: true, optional: false } as const;

/** The permissions to query DNS from pods. */
export const runProbes: readonly KubernetesPermission[] = [
  { ...pods, verb: 'create', purpose: 'ask DNS from pods' },
  { ...pods, verb: 'get', purpose: 'make the pods that ask DNS once' },
  { ...pods, verb: 'list', purpose: 'wait for the pods that ask DNS' },
  { ...pods, verb: 'get', subresource: 'log', purpose: 'read what the pods have found' },
  { ...pods, verb: 'delete', purpose: 'remove the pods that ask DNS' },
];

/** All permissions in a cluster; they are checked, and printed as roles. */
const permissions: readonly KubernetesPermission[] = [readNodes, readKubelet, ...runProbes];

function nameOf({ resource, subresource }: KubernetesPermission): string {
  return subresource === undefined ? resource : `${resource}/${subresource}`;
}

/** Asks the API server. @throws CliError `kubernetes-*` if it does not answer */
export async function isAllowed(
  kubectl: Kubectl,
  permission: KubernetesPermission,
  namespace = 'default',
): Promise<boolean> {
  const { verb, resource, subresource, namespaced = false } = permission;
  // `can-i get nodes/proxy` returns yes if only get on nodes is permitted.
  const more = [
    ...(subresource === undefined ? [] : [`--subresource=${subresource}`]),
    ...(namespaced ? ['--namespace', namespace] : []),
  ];
  const result = await kubectl.run(['auth', 'can-i', verb, resource, ...more]);
  // Run command prints the warnings of stderr before the result.
  const answer = /^(yes|no)\b/m.exec(result.stdout)?.[1];
  if (answer === 'yes') return true;
  if (answer === 'no') return false;
  throw kubectlFailure('Asking for permissions', result);
}

/** @throws CliError `kubernetes-not-permitted` */
export async function requireAllowed(
  kubectl: Kubectl,
  permission: KubernetesPermission,
  namespace?: string,
): Promise<void> {
  if (await isAllowed(kubectl, permission, namespace)) return;
  const { verb, purpose } = permission;
  throw new CliError({
    code: 'kubernetes-not-permitted',
    message: `The account may not ${verb} ${nameOf(permission)} in ${permission.namespaced === true ? `the namespace ${namespace ?? 'default'}` : 'the cluster'}, which is needed to ${purpose}.`,
    hints: ['Print the role that is needed: aks-localdns verify --print-role'],
  });
}

function ruleOf(permission: KubernetesPermission) {
  return { apiGroups: [''], resources: [nameOf(permission)], verbs: [permission.verb] };
}

const apiVersion = 'rbac.authorization.k8s.io/v1';

/** The minimum roles for the command, as YAML; optional permissions have a comment. */
export function printedRole(namespace: string): string {
  const needed = permissions.filter(({ optional }) => !optional);
  const clusterRole = {
    apiVersion,
    kind: 'ClusterRole',
    metadata: { name: 'aks-localdns-verify' },
    rules: needed.filter(({ namespaced }) => namespaced !== true).map(ruleOf),
  };
  const role = {
    apiVersion,
    kind: 'Role',
    metadata: { name: 'aks-localdns-verify', namespace },
    rules: needed.filter(({ namespaced }) => namespaced === true).map(ruleOf),
  };
  const comments = permissions
    .filter(({ optional }) => optional)
    .flatMap((permission) => [
      `Optional, to ${permission.purpose}:`,
      ...toYaml([ruleOf(permission)])
        .trimEnd()
        .split('\n'),
    ]);
  return `${toYaml(clusterRole)}${comments.map((line) => `  # ${line}\n`).join('')}---\n${toYaml(role)}`;
}
