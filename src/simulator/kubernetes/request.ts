import type { HttpRequest, HttpResponse } from '../../core/http.ts';
import type { Cluster, World } from '../world.ts';
import type { Resource } from './resources.ts';
import type { KubernetesState } from './store.ts';

/** One request for a resource of one cluster. */
export interface ResourceRequest {
  readonly world: World;
  readonly cluster: Cluster;
  readonly state: KubernetesState;
  readonly now: number;
  readonly request: HttpRequest;
  readonly query: URLSearchParams;
  readonly resource: Resource;
  /** Undefined across all namespaces, and for resources without. */
  readonly namespace: string | undefined;
  /** Undefined for the whole collection. */
  readonly name: string | undefined;
  /** Empty if none. */
  readonly subresource: string;
  /** What follows the subresource: `configz` of `nodes/NAME/proxy/configz`. */
  readonly rest: readonly string[];
}

export type ResourceHandler = (asked: ResourceRequest) => HttpResponse;

/** Source: Kubernetes, the request verbs: what a method asks for. */
export function verbOf({ request, name, query, subresource }: ResourceRequest): string {
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      if (name !== undefined) return 'get';
      return isWatch(query) ? 'watch' : 'list';
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    default:
      return name === undefined && subresource === '' ? 'deletecollection' : 'delete';
  }
}

export function isWatch(query: URLSearchParams): boolean {
  return ['true', '1'].includes(query.get('watch') ?? '');
}
