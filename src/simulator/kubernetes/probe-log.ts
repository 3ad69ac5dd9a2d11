import type { JsonObject } from '../../core/json.ts';
import type { NodeDns } from './store.ts';

/** What a container's resolv.conf says. */
export interface Resolver {
  readonly nameservers: readonly string[];
  readonly search: readonly string[];
  readonly ndots: number;
}

/** How a probe sees its surroundings. */
export interface ProbeView {
  readonly nonce: string;
  readonly resolver: Resolver;
  readonly node: NodeDns;
  /** Policies drop the traffic of pods only. */
  readonly hostNetwork: boolean;
}

const vnet = '169.254.10.10';
const kube = '169.254.10.11';
/** How long one question waits. */
const wait = 2000;

type Proto = 'udp' | 'tcp';
type Check = 'health' | 'internal' | 'external' | 'guard';

interface Answer {
  readonly result: string;
  readonly ms: number;
  readonly answers?: number;
  readonly authorities?: number;
  readonly aa?: 0 | 1;
  readonly nsid?: string;
}

const silence: Answer = { result: 'timeout', ms: wait };
const closed: Answer = { result: 'closed', ms: 0 };

/** Why LocalDNS' address gives no answer; undefined if it gives one. The faults of one protocol are those of port 53. */
function unanswered({ node, hostNetwork }: ProbeView, proto: Proto | 'http'): Answer | undefined {
  if (!node.on) return silence;
  if (node.fault === 'closed') return closed;
  if (node.fault === 'stopped') return silence;
  if (hostNetwork) return undefined;
  return node.fault === 'blocked' || node.fault === `${proto}-blocked` ? silence : undefined;
}

/** Source: the node's Corefile (localdns-node-spec 5.1): the health block has no nsid, the guard answers without SOA. */
function localDnsAnswer(view: ProbeView, check: Check, server: string, proto: Proto): Answer {
  const gone = unanswered(view, proto);
  if (gone !== undefined) return gone;
  const nsid = server === kube ? 'localdns-pod' : 'localdns';
  if (check === 'health') return { result: 'noerror', ms: 0, answers: 0, aa: 1, nsid: '' };
  if (check === 'guard') return { result: 'nxdomain', ms: 0, authorities: 0, aa: 1, nsid };
  if (view.node.fault === 'upstream-dead') return silence;
  return { result: 'noerror', ms: 10, answers: check === 'external' ? 2 : 1, aa: 1, nsid };
}

/** Another resolver: CoreDNS of the cluster, or the VNet's. */
function otherAnswer(check: Check, server: string): Answer {
  const clusterDns = server !== '168.63.129.16';
  if (check === 'external') return { result: 'noerror', ms: 10, answers: 2, aa: 0, nsid: '' };
  if (check === 'internal' && clusterDns) return { result: 'noerror', ms: 10, answers: 1, aa: 1, nsid: '' };
  return { result: 'nxdomain', ms: 10, answers: 0, authorities: 1, aa: 0, nsid: '' };
}

function isLocalDns(server: string): boolean {
  return server === vnet || server === kube;
}

function raw(view: ProbeView, check: Check, server: string, proto: Proto): JsonObject {
  const found = isLocalDns(server) ? localDnsAnswer(view, check, server, proto) : otherAnswer(check, server);
  const { result, ms, answers = 0, authorities = 0, aa = 0, nsid = '' } = found;
  return { check, server, proto, tool: 'nc', result, answers, authorities, aa, nsid, ms };
}

function ready(view: ProbeView, server: string): JsonObject {
  const gone = unanswered(view, 'http');
  return {
    check: 'ready',
    server,
    proto: 'http',
    tool: 'wget',
    result: gone?.result ?? 'ok',
    ms: gone?.ms ?? 0,
  };
}

/** nslookup through resolv.conf; Source: busybox 1.36, which names the server after an answer only. */
function throughResolver(view: ProbeView, check: 'internal' | 'external'): JsonObject {
  const [server = ''] = view.resolver.nameservers;
  const { result, ms } = raw(view, check, server, 'udp');
  const answered = result !== 'timeout' && result !== 'closed';
  return {
    check: `pod-${check}`,
    server: answered ? server : '',
    proto: 'udp',
    tool: 'nslookup',
    result: result === 'closed' ? 'timeout' : (result ?? 'unknown'),
    ms: answered ? (ms ?? 0) : wait,
  };
}

/** The line that the program's probe script would print in this pod, and how long the script takes. */
export function probeLog(view: ProbeView): { readonly line: string; readonly milliseconds: number } {
  const { nonce, resolver } = view;
  const [first = ''] = resolver.nameservers;
  const questions = (server: string): readonly JsonObject[] => [
    raw(view, 'health', server, 'udp'),
    raw(view, 'internal', server, 'udp'),
    raw(view, 'external', server, 'udp'),
  ];
  const results = [
    ...[vnet, kube].flatMap((server) => [
      ...questions(server),
      raw(view, 'guard', server, 'udp'),
      raw(view, 'health', server, 'tcp'),
      raw(view, 'external', server, 'tcp'),
      ready(view, server),
    ]),
    ...(first === '' || isLocalDns(first) ? [] : questions(first)),
    throughResolver(view, 'internal'),
    throughResolver(view, 'external'),
  ];
  const slowest = Math.max(...results.map(({ ms }) => Number(ms)));
  const milliseconds = slowest >= wait ? 5100 : 2100;
  const line = JSON.stringify({ probe: 1, nonce, ...resolver, ncUdp: true, ms: milliseconds, results });
  return { line, milliseconds };
}
