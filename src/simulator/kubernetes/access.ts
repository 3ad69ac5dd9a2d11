import type { HttpRequest, HttpResponse } from '../../core/http.ts';
import { asString, at, own, parseJson, type JsonValue } from '../../core/json.ts';
import type { AccessRule, KubernetesSettings } from './behaviour.ts';
import { reviewFromProtobuf, type Review } from './protobuf.ts';
import { answer, badRequest } from './status.ts';

function matches({ verb, resource }: AccessRule, askedVerb: string, asked: string): boolean {
  return (verb === '*' || verb === askedVerb) && (resource === '*' || resource === asked);
}

/** @param resource with its subresource: `nodes/proxy` */
export function mayDo(settings: KubernetesSettings, verb: string, resource: string): boolean {
  return !settings.denied.some((rule) => matches(rule, verb, resource));
}

function reviewFromJson(body: JsonValue | undefined): Review | undefined {
  const spec = own(body, 'spec');
  const word = (part: string, field: string): string => asString(at(spec, part, field)) ?? '';
  if (spec === undefined) return undefined;
  const asked = 'resourceAttributes';
  return {
    namespace: word(asked, 'namespace'),
    verb: word(asked, 'verb') || word('nonResourceAttributes', 'verb'),
    group: word(asked, 'group'),
    resource: word(asked, 'resource'),
    subresource: word(asked, 'subresource'),
    name: word(asked, 'name'),
    path: word('nonResourceAttributes', 'path'),
  };
}

/** Answers whether the caller may do something: a SelfSubjectAccessReview, which is not stored. */
export function reviewAccess(settings: KubernetesSettings, request: HttpRequest): HttpResponse {
  const body = request.body ?? '';
  const isProtobuf = (request.headers['content-type'] ?? '').includes('protobuf');
  const review = isProtobuf ? reviewFromProtobuf(body) : reviewFromJson(parseJson(body));
  if (review === undefined) return badRequest('the body is not a SelfSubjectAccessReview');
  const { verb, resource, subresource, namespace, group, name, path } = review;
  const asked = subresource === '' ? resource : `${resource}/${subresource}`;
  const allowed = path !== '' || mayDo(settings, verb, asked);
  return answer(201, {
    kind: 'SelfSubjectAccessReview',
    apiVersion: 'authorization.k8s.io/v1',
    metadata: {},
    spec: { resourceAttributes: { namespace, verb, group, resource, subresource, name } },
    status: { allowed, ...(allowed ? { reason: 'RBAC: allowed by ClusterRoleBinding "simulated"' } : {}) },
  });
}
