import { asArray, asString, at, isJsonObject, own, type JsonObject, type JsonValue } from '../../../core/json.ts';
import type { PolicyEngine } from './engine.ts';
import { labelsOf, type Labels } from './labels.ts';

/** Pods with the same labels in a namespace, which every policy treats alike. */
export interface PodGroup {
  readonly namespace: string;
  readonly labels: Labels;
  /** Pods, or workloads where manifests were read. */
  readonly count: number;
  /** A pod or workload of the group, for messages. */
  readonly example: string;
}

type PolicyKind = 'NetworkPolicy' | 'CiliumNetworkPolicy' | 'CiliumClusterwideNetworkPolicy';

export interface Policy {
  readonly kind: PolicyKind;
  readonly name: string;
  /** Undefined for a policy of the whole cluster. */
  readonly namespace: string | undefined;
  readonly spec: JsonObject;
}

/** A policy of a kind that is not evaluated. */
interface ForeignPolicy {
  readonly kind: string;
  readonly name: string;
  /** Undefined for a policy of the whole cluster. */
  readonly namespace: string | undefined;
  /** The one engine that reads it; undefined for any. */
  readonly engine: PolicyEngine | undefined;
}

/** What a cluster or a set of manifests holds that decides whether pods reach a name server. */
export interface PolicyFacts {
  readonly pods: readonly PodGroup[];
  readonly namespaces: ReadonlyMap<string, Labels>;
  /** Those with pods on the node's own network, which are not in `pods`. */
  readonly hostNetworked: ReadonlySet<string>;
  readonly policies: readonly Policy[];
  /** Resources of an engine's own kinds that are not evaluated, such as Calico's GlobalNetworkPolicy. */
  readonly unknown: readonly ForeignPolicy[];
}

/** The label templates of workloads, by kind; where the pods' labels and namespace stand. */
const templates: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  Deployment: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

/** API groups of policies that are not evaluated, with the engine that reads them. */
const foreignGroups: readonly (readonly [group: string, engine: PolicyEngine | undefined])[] = [
  ['crd.projectcalico.org/', 'calico'],
  ['projectcalico.org/', 'calico'],
  ['policy.networking.k8s.io/', undefined],
];
const clusterwideKinds = ['GlobalNetworkPolicy', 'AdminNetworkPolicy', 'BaselineAdminNetworkPolicy'];

const policyKinds: readonly string[] = ['NetworkPolicy', 'CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'];

/** A pod on the node's own network is not subject to network policies. */
const usesHostNetwork = (template: JsonValue | undefined): boolean => at(template, 'spec', 'hostNetwork') === true;

/** Cilium takes one `spec` or a list of `specs`. */
const specsOf = (resource: JsonObject): readonly JsonObject[] =>
  [own(resource, 'spec'), ...asArray(own(resource, 'specs'))].filter(isJsonObject);

class Collector {
  readonly #groups = new Map<string, PodGroup>();
  readonly namespaces = new Map<string, Labels>();
  readonly hostNetworked = new Set<string>();
  readonly policies: Policy[] = [];
  readonly unknown: ForeignPolicy[] = [];

  get pods(): readonly PodGroup[] {
    return [...this.#groups.values()];
  }

  #addPods(namespace: string, example: string, template: JsonValue | undefined): void {
    if (usesHostNetwork(template)) {
      this.hostNetworked.add(namespace);
      return;
    }
    const labels = labelsOf(at(template, 'metadata', 'labels'));
    const key = JSON.stringify([namespace, Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))]);
    const known = this.#groups.get(key);
    this.#groups.set(key, { namespace, labels, example: known?.example ?? example, count: (known?.count ?? 0) + 1 });
  }

  add(resource: JsonValue): void {
    if (!isJsonObject(resource)) return;
    const kind = asString(own(resource, 'kind')) ?? '';
    const apiVersion = asString(own(resource, 'apiVersion')) ?? '';
    const name = asString(at(resource, 'metadata', 'name')) ?? '';
    const namespace = asString(at(resource, 'metadata', 'namespace')) ?? 'default';
    const foreign = foreignGroups.find(([group]) => apiVersion.startsWith(group));
    if (kind === 'Namespace') this.namespaces.set(name, labelsOf(at(resource, 'metadata', 'labels')));
    else if (foreign !== undefined) {
      const everywhere = clusterwideKinds.includes(kind);
      if (kind.endsWith('Policy'))
        this.unknown.push({ kind, name, namespace: everywhere ? undefined : namespace, engine: foreign[1] });
    } else if (policyKinds.includes(kind)) {
      const clusterwide = kind === 'CiliumClusterwideNetworkPolicy';
      for (const spec of specsOf(resource))
        this.policies.push({ kind: kind as PolicyKind, name, namespace: clusterwide ? undefined : namespace, spec });
    } else {
      const path = templates[kind];
      if (path !== undefined) this.#addPods(namespace, name, path.length === 0 ? resource : at(resource, ...path));
    }
  }
}

/** The resources with the items of lists in place of these. */
function* flattened(resources: readonly JsonValue[]): Generator<JsonValue, void> {
  for (const resource of resources) {
    const items = own(resource, 'items');
    if (asString(own(resource, 'kind'))?.endsWith('List') === true && Array.isArray(items))
      yield* flattened(items as readonly JsonValue[]);
    else yield resource;
  }
}

/** Sorts resources of Kubernetes, lists among them, into what the judge needs; others are left out. */
export function policyFacts(resources: readonly JsonValue[]): PolicyFacts {
  const collector = new Collector();
  for (const resource of flattened(resources)) collector.add(resource);
  const { pods, namespaces, hostNetworked, policies, unknown } = collector;
  return { pods, namespaces, hostNetworked, policies, unknown };
}
