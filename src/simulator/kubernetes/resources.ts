/** One resource of the API, as discovery lists it. */
export interface Resource {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly short?: readonly string[];
  readonly categories?: readonly string[];
  readonly subresources?: readonly Subresource[];
  /** Only if the cluster runs this. */
  readonly needs?: 'cilium' | 'autoprovisioning';
}

interface Subresource {
  readonly name: string;
  readonly kind: string;
  readonly verbs: readonly string[];
}

const status = (kind: string): Subresource => ({ name: 'status', kind, verbs: ['get', 'patch', 'update'] });
const core = { group: '', version: 'v1' } as const;
const apps = { group: 'apps', version: 'v1', namespaced: true, categories: ['all'] } as const;
const batch = { group: 'batch', version: 'v1', namespaced: true, categories: ['all'] } as const;
const cilium = { group: 'cilium.io', version: 'v2', needs: 'cilium' } as const;

const pods: Resource = {
  ...core,
  plural: 'pods',
  kind: 'Pod',
  namespaced: true,
  short: ['po'],
  categories: ['all'],
  subresources: [
    status('Pod'),
    { name: 'log', kind: 'Pod', verbs: ['get'] },
    { name: 'exec', kind: 'PodExecOptions', verbs: ['create', 'get'] },
    { name: 'eviction', kind: 'Eviction', verbs: ['create'] },
  ],
};

/** All resources that the clusters have; discovery, routes and permissions walk this. */
const resources: readonly Resource[] = [
  {
    ...core,
    plural: 'nodes',
    kind: 'Node',
    namespaced: false,
    short: ['no'],
    subresources: [status('Node'), { name: 'proxy', kind: 'NodeProxyOptions', verbs: ['create', 'get'] }],
  },
  { ...core, plural: 'namespaces', kind: 'Namespace', namespaced: false, short: ['ns'] },
  pods,
  { ...core, plural: 'events', kind: 'Event', namespaced: true, short: ['ev'] },
  { ...core, plural: 'services', kind: 'Service', namespaced: true, short: ['svc'], categories: ['all'] },
  { ...core, plural: 'endpoints', kind: 'Endpoints', namespaced: true, short: ['ep'] },
  { ...core, plural: 'configmaps', kind: 'ConfigMap', namespaced: true, short: ['cm'] },
  { ...core, plural: 'persistentvolumes', kind: 'PersistentVolume', namespaced: false, short: ['pv'] },
  { ...core, plural: 'persistentvolumeclaims', kind: 'PersistentVolumeClaim', namespaced: true, short: ['pvc'] },
  { ...apps, plural: 'deployments', kind: 'Deployment', short: ['deploy'] },
  { ...apps, plural: 'replicasets', kind: 'ReplicaSet', short: ['rs'] },
  { ...apps, plural: 'statefulsets', kind: 'StatefulSet', short: ['sts'] },
  { ...apps, plural: 'daemonsets', kind: 'DaemonSet', short: ['ds'] },
  { ...batch, plural: 'jobs', kind: 'Job' },
  {
    group: 'policy',
    version: 'v1',
    plural: 'poddisruptionbudgets',
    kind: 'PodDisruptionBudget',
    namespaced: true,
    short: ['pdb'],
    subresources: [status('PodDisruptionBudget')],
  },
  {
    group: 'networking.k8s.io',
    version: 'v1',
    plural: 'networkpolicies',
    kind: 'NetworkPolicy',
    namespaced: true,
    short: ['netpol'],
  },
  { ...cilium, plural: 'ciliumnetworkpolicies', kind: 'CiliumNetworkPolicy', namespaced: true, short: ['cnp'] },
  {
    ...cilium,
    plural: 'ciliumclusterwidenetworkpolicies',
    kind: 'CiliumClusterwideNetworkPolicy',
    namespaced: false,
    short: ['ccnp'],
  },
];

/** The cluster's own features, which some resources need. */
export type Features = ReadonlySet<NonNullable<Resource['needs']>>;

export function resourcesOf(features: Features): readonly Resource[] {
  return resources.filter(({ needs }) => needs === undefined || features.has(needs));
}

export function findResource(features: Features, group: string, version: string, plural: string): Resource | undefined {
  return resourcesOf(features).find(
    (resource) => resource.group === group && resource.version === version && resource.plural === plural,
  );
}

/** `group/plural`: where the store keeps its objects. */
export function storeName({ group, plural }: Pick<Resource, 'group' | 'plural'>): string {
  return `${group}/${plural}`;
}

export function apiVersionOf({ group, version }: Resource): string {
  return group === '' ? version : `${group}/${version}`;
}

export const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'] as const;
