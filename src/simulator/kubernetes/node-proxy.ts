import type { HttpResponse } from '../../core/http.ts';
import { kubeletConfiguration } from './nodes.ts';
import { exporterMetrics, localDnsMetrics } from './metrics.ts';
import type { ResourceRequest } from './request.ts';
import { answer, failure, noSuchPath, notFound, text } from './status.ts';
import { collectionOf } from './store.ts';

/** The API server's words if nothing listens there. */
function refused(address: string, port: string, path: string): HttpResponse {
  const url = `${address}:${port}/${path}`;
  return failure(
    503,
    'ServiceUnavailable',
    `error trying to reach service: dial tcp ${address}:${port}: connect: connection refused`,
    { causes: [{ message: url }] },
  );
}

/** `nodes/NAME[:PORT]/proxy/…`: the kubelet on its own port, LocalDNS' metrics and its exporter. */
export function nodeProxy(asked: ResourceRequest): HttpResponse {
  const { state, resource, name = '', rest, cluster, now } = asked;
  const [, node = name, port = ''] = /^(?:https?:)?([^:]+)(?::(\d*))?:?$/.exec(name) ?? [];
  const object = collectionOf(state, '/nodes').get(`/${node}`)?.object;
  const dns = state.dns.get(node);
  if (object === undefined || dns === undefined) return notFound(resource, node);
  const path = rest.join('/');
  if (port === '' || port === '10250') {
    if (path === 'configz') return answer(200, kubeletConfiguration(cluster, dns, object));
    if (path === 'healthz') return text(200, 'ok');
    return noSuchPath();
  }
  const alive = dns.on && dns.fault !== 'closed' && dns.fault !== 'stopped';
  if (path === 'metrics' && port === '9253' && alive) return text(200, localDnsMetrics(dns, now));
  if (path === 'metrics' && port === '9353' && dns.on) return text(200, exporterMetrics(dns, now));
  return refused(node, port, path);
}
