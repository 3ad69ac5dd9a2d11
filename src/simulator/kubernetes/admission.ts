import { asArray, asString, at, isJsonObject, own, type JsonObject } from '../../core/json.ts';
import type { KubernetesSettings } from './behaviour.ts';
import { collectionOf, type KubernetesState } from './store.ts';

function containersOf(pod: JsonObject): readonly JsonObject[] {
  return [...asArray(at(pod, 'spec', 'initContainers')), ...asArray(at(pod, 'spec', 'containers'))].filter((each) =>
    isJsonObject(each),
  );
}

function quoted(names: readonly string[], word = 'container'): string {
  const list = names.map((name) => `"${name}"`).join(', ');
  return `${names.length === 1 ? word : `${word}s`} ${list}`;
}

/** What a pod does that the level "restricted" forbids. Source: Pod Security Standards; texts of Kubernetes 1.33. */
function restrictedViolations(pod: JsonObject): readonly string[] {
  const containers = containersOf(pod);
  const podContext = at(pod, 'spec', 'securityContext');
  const failing = (check: (context: JsonObject) => boolean): readonly string[] =>
    containers
      .filter((container) => {
        const context = own(container, 'securityContext');
        return !check(isJsonObject(context) ? context : {});
      })
      .map((container) => asString(own(container, 'name')) ?? '');
  const escalates = failing((context) => context['allowPrivilegeEscalation'] === false);
  const capable = failing((context) => asArray(at(context, 'capabilities', 'drop')).includes('ALL'));
  const rooted = failing((context) => (context['runAsNonRoot'] ?? own(podContext, 'runAsNonRoot')) === true);
  const profiles = ['RuntimeDefault', 'Localhost'];
  const unprofiled = failing((context) =>
    profiles.includes(
      asString(at(context, 'seccompProfile', 'type') ?? at(podContext, 'seccompProfile', 'type')) ?? '',
    ),
  );
  const privileged = failing((context) => context['privileged'] !== true);
  const host = ['hostNetwork', 'hostPID', 'hostIPC'].filter((field) => at(pod, 'spec', field) === true);
  return [
    ...(host.length === 0 ? [] : [`host namespaces (${host.map((field) => `${field}=true`).join(', ')})`]),
    ...(privileged.length === 0
      ? []
      : [`privileged (${quoted(privileged)} must not set securityContext.privileged=true)`]),
    ...(escalates.length === 0
      ? []
      : [
          `allowPrivilegeEscalation != false (${quoted(escalates)} must set securityContext.allowPrivilegeEscalation=false)`,
        ]),
    ...(capable.length === 0
      ? []
      : [`unrestricted capabilities (${quoted(capable)} must set securityContext.capabilities.drop=["ALL"])`]),
    ...(rooted.length === 0
      ? []
      : [`runAsNonRoot != true (pod or ${quoted(rooted)} must set securityContext.runAsNonRoot=true)`]),
    ...(unprofiled.length === 0
      ? []
      : [
          `seccompProfile (pod or ${quoted(unprofiled)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")`,
        ]),
  ];
}

/** Namespaces of AKS itself are not held to the level. */
const ownNamespaces = new Set(['kube-system', 'gatekeeper-system']);

function enforcesRestricted(state: KubernetesState, settings: KubernetesSettings, namespace: string): boolean {
  const labels = at(collectionOf(state, '/namespaces').get(`/${namespace}`)?.object, 'metadata', 'labels');
  const level = own(labels, 'pod-security.kubernetes.io/enforce');
  return level === 'restricted' || (settings.restricted && !ownNamespaces.has(namespace));
}

/** Why admission refuses a pod, with the words of the API server; undefined if it does not. */
export function refusesPod(
  state: KubernetesState,
  settings: KubernetesSettings,
  pod: JsonObject,
): { readonly plain?: string; readonly why?: string } | undefined {
  if (settings.podsRefused !== undefined) return { plain: settings.podsRefused };
  const namespace = asString(at(pod, 'metadata', 'namespace')) ?? '';
  if (!enforcesRestricted(state, settings, namespace)) return undefined;
  const violations = restrictedViolations(pod);
  if (violations.length === 0) return undefined;
  return { why: `violates PodSecurity "restricted:latest": ${violations.join(', ')}` };
}
