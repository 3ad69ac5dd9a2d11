import type { HttpResponse } from '../../core/http.ts';
import type { JsonObject } from '../../core/json.ts';
import { apiVersionOf, resourcesOf, verbs, type Features, type Resource } from './resources.ts';
import { answer } from './status.ts';

/** `authorization.k8s.io` has no objects, only questions. */
const authorization = { group: 'authorization.k8s.io', version: 'v1' } as const;

function groupVersionsOf(features: Features): readonly string[] {
  const named = resourcesOf(features)
    .filter(({ group }) => group !== '')
    .map((resource) => apiVersionOf(resource));
  return [...new Set([...named, `${authorization.group}/${authorization.version}`])];
}

function groupOf(groupVersion: string): JsonObject {
  const [name = '', version = ''] = groupVersion.split('/');
  return { name, versions: [{ groupVersion, version }], preferredVersion: { groupVersion, version } };
}

function listed(resource: Resource): readonly JsonObject[] {
  const { plural, kind, namespaced, short, categories, subresources = [] } = resource;
  return [
    {
      name: plural,
      singularName: kind.toLowerCase(),
      namespaced,
      kind,
      verbs,
      ...(short === undefined ? {} : { shortNames: short }),
      ...(categories === undefined ? {} : { categories }),
    },
    ...subresources.map((part) => ({
      name: `${plural}/${part.name}`,
      singularName: '',
      namespaced,
      kind: part.kind,
      verbs: part.verbs,
    })),
  ];
}

function resourceList(features: Features, groupVersion: string): HttpResponse | undefined {
  const found = resourcesOf(features).filter((resource) => apiVersionOf(resource) === groupVersion);
  const question = {
    name: 'selfsubjectaccessreviews',
    singularName: 'selfsubjectaccessreview',
    namespaced: false,
    kind: 'SelfSubjectAccessReview',
    verbs: ['create'],
  };
  const isQuestion = groupVersion === `${authorization.group}/${authorization.version}`;
  if (found.length === 0 && !isQuestion) return undefined;
  const resources = isQuestion ? [question] : found.flatMap((resource) => listed(resource));
  return answer(200, { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources });
}

/** What the server says of itself: `/version`, `/api`, `/apis` and below; undefined for other paths. */
export function discover(features: Features, version: string, path: readonly string[]): HttpResponse | undefined {
  const [first, second, third] = path;
  if (path.length === 1 && first === 'version') return answer(200, versionOf(version));
  if (path.length === 1 && first === 'api')
    return answer(200, {
      kind: 'APIVersions',
      versions: ['v1'],
      serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: '10.0.0.1:443' }],
    });
  const groups = groupVersionsOf(features);
  if (path.length === 1 && first === 'apis')
    return answer(200, { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map((each) => groupOf(each)) });
  if (path.length === 2 && first === 'api') return resourceList(features, second ?? '');
  if (first !== 'apis' || second === undefined) return undefined;
  if (path.length === 3) return resourceList(features, `${second}/${third ?? ''}`);
  const group = groups.find((each) => each.startsWith(`${second}/`));
  return path.length === 2 && group !== undefined
    ? answer(200, { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(group) })
    : undefined;
}

function versionOf(version: string): JsonObject {
  const [major = '1', minor = '33'] = version.split('.');
  return {
    major,
    minor,
    gitVersion: `v${version}`,
    gitCommit: '0'.repeat(40),
    gitTreeState: 'clean',
    buildDate: '2026-10-01T00:00:00Z',
    goVersion: 'go1.24.6',
    compiler: 'gc',
    platform: 'linux/amd64',
  };
}
