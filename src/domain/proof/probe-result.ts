import { asArray, asNumber, asString, isJsonObject, own, parseJson, type JsonValue } from '../../core/json.ts';

export type ProbeCheck =
  | 'health'
  | 'internal'
  | 'external'
  | 'guard'
  | 'ready'
  | 'metrics'
  | 'pod-internal'
  | 'pod-external';

/** What came of one query of the probe. */
export interface ProbeAnswer {
  readonly check: ProbeCheck;
  /** An IP address; empty if nslookup did not say which. */
  readonly server: string;
  readonly proto: 'udp' | 'tcp' | 'http';
  readonly tool: 'nc' | 'nslookup' | 'wget';
  readonly result: string;
  /** Of raw queries only. */
  readonly answers: number | undefined;
  readonly authorities: number | undefined;
  readonly authoritative: boolean | undefined;
  readonly nsid: string | undefined;
  readonly milliseconds: number;
}

/** The one line that the probe prints. */
export interface ProbeResult {
  readonly nonce: string;
  /** The pod's own, in order. */
  readonly nameServers: readonly string[];
  /** Whether the image's nc speaks UDP, so that queries were raw DNS. */
  readonly rawQueries: boolean;
  readonly answers: readonly ProbeAnswer[];
}

const checks: readonly string[] = [
  'health',
  'internal',
  'external',
  'guard',
  'ready',
  'metrics',
  'pod-internal',
  'pod-external',
];

/** The words of probe.sh for what came of a query. */
const results = [
  'noerror',
  'nodata',
  'nxdomain',
  'servfail',
  'refused',
  'timeout',
  'closed',
  'unreachable',
  'garbled',
  'ok',
  'not-ready',
  'unknown',
];

/** An address, or nothing: the log is untrusted, and this reaches messages. */
const address = (value: unknown): string => /^[0-9A-Fa-f.:]{2,45}$/.exec(asString(value) ?? '')?.[0] ?? '';

const nsids: readonly string[] = ['localdns', 'localdns-pod', 'other'];

function answer(value: JsonValue): ProbeAnswer | undefined {
  const check = asString(own(value, 'check'));
  const proto = asString(own(value, 'proto'));
  const tool = asString(own(value, 'tool'));
  const result = asString(own(value, 'result'));
  if (check === undefined || !checks.includes(check) || result === undefined || !results.includes(result))
    return undefined;
  if (proto !== 'udp' && proto !== 'tcp' && proto !== 'http') return undefined;
  if (tool !== 'nc' && tool !== 'nslookup' && tool !== 'wget') return undefined;
  const aa = asNumber(own(value, 'aa'));
  return {
    check: check as ProbeCheck,
    server: address(own(value, 'server')),
    proto,
    tool,
    result,
    answers: asNumber(own(value, 'answers')),
    authorities: asNumber(own(value, 'authorities')),
    authoritative: aa === undefined ? undefined : aa === 1,
    nsid: nsids.find((word) => word === own(value, 'nsid')),
    milliseconds: asNumber(own(value, 'ms')) ?? 0,
  };
}

/**
 * The result in the log of a probe pod; undefined if the log holds none with this nonce. A log is untrusted: what is not
 * of the probe's form is left out.
 */
export function readProbeLog(log: string, nonce: string): ProbeResult | undefined {
  for (const line of log.split('\n')) {
    const value = line.startsWith('{"probe":1,') ? parseJson(line) : undefined;
    if (!isJsonObject(value) || asString(own(value, 'nonce')) !== nonce) continue;
    return {
      nonce,
      nameServers: asArray(own(value, 'nameservers')).map(address),
      rawQueries: own(value, 'ncUdp') === true,
      answers: asArray(own(value, 'results')).flatMap((one) => answer(one) ?? []),
    };
  }
  return undefined;
}
