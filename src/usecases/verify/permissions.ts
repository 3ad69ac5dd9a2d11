import { CliError } from '../../core/errors.ts';
import { toYaml } from '../../core/yaml.ts';
import type { Kubectl } from '../../model/kubernetes.ts';
import { kubectlFailure } from '../../model/kubernetes-failure.ts';

export interface KubernetesPermission {
  readonly verb: string;
  readonly resource: string;
  readonly subresource?: string;
  /** Without an optional one the command does less, and says so. */
  readonly optional: boolean;
  /** What it is for, with a verb: `read the labels of nodes`. */
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

/** What the command does in a cluster; it is asked for, and printed as a role. */
const permissions: readonly KubernetesPermission[] = [readNodes, readKubelet];

function nameOf({ resource, subresource }: KubernetesPermission): string {
  return subresource === undefined ? resource : `${resource}/${subresource}`;
}

/** Asks the API server. @throws CliError `kubernetes-*` if it does not answer */
export async function isAllowed(kubectl: Kubectl, permission: KubernetesPermission): Promise<boolean> {
  const { verb, resource, subresource } = permission;
  // `can-i get nodes/proxy` answers yes to those who may only get nodes.
  const more = subresource === undefined ? [] : [`--subresource=${subresource}`];
  const result = await kubectl.run(['auth', 'can-i', verb, resource, ...more]);
  // Through Azure the warnings of standard error stand before it.
  const answer = /^(yes|no)\b/m.exec(result.stdout)?.[1];
  if (answer === 'yes') return true;
  if (answer === 'no') return false;
  throw kubectlFailure('Asking for permissions', result);
}

/** @throws CliError `kubernetes-not-permitted` */
export async function requireAllowed(kubectl: Kubectl, permission: KubernetesPermission): Promise<void> {
  if (await isAllowed(kubectl, permission)) return;
  const { verb, purpose } = permission;
  throw new CliError({
    code: 'kubernetes-not-permitted',
    message: `The account may not ${verb} ${nameOf(permission)} in the cluster, which is needed to ${purpose}.`,
    hints: ['Print the role that is needed: aks-localdns verify --print-role'],
  });
}

function ruleOf(permission: KubernetesPermission) {
  return { apiGroups: [''], resources: [nameOf(permission)], verbs: [permission.verb] };
}

/** The least role for the command, as YAML; what it can do without is a comment. */
export function printedRole(): string {
  const role = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'aks-localdns-verify' },
    rules: permissions.filter(({ optional }) => !optional).map(ruleOf),
  };
  const comments = permissions
    .filter(({ optional }) => optional)
    .flatMap((permission) => [
      `Optional, to ${permission.purpose}:`,
      ...toYaml([ruleOf(permission)])
        .trimEnd()
        .split('\n'),
    ]);
  return `${toYaml(role)}${comments.map((line) => `  # ${line}\n`).join('')}`;
}
