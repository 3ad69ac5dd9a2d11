import { list } from '../../core/text.ts';
import type { NodeVerdict } from '../../model/verification.ts';
import type { ProbeAnswer, ProbeCheck, ProbeResult } from './probe-result.ts';

export interface ProbeJudgement {
  readonly verdict: NodeVerdict;
  /** Whether raw DNS showed it; otherwise nslookup's words did. */
  readonly certain: boolean;
  /** Clauses, the decisive one first. */
  readonly evidence: readonly string[];
}

/** The listener for dnsPolicy Default and the node, and the one for ClusterFirst. Source: AgentBaker, localdns.sh. */
const vnetListener = '169.254.10.10';
const kubeListener = '169.254.10.11';
const listeners: readonly string[] = [vnetListener, kubeListener];

const isFailure = (result: string): boolean => ['servfail', 'refused', 'timeout', 'closed'].includes(result);

class Answers {
  readonly #answers: readonly ProbeAnswer[];
  constructor({ answers }: ProbeResult) {
    this.#answers = answers;
  }

  /** What the pod's own resolver configuration led to, whichever server answered. */
  lookups(check: ProbeCheck): readonly ProbeAnswer[] {
    return this.#answers.filter((one) => one.check === check);
  }

  /** Of a check at a server (undefined: any of LocalDNS's two) over a protocol. */
  of(check: ProbeCheck, proto: ProbeAnswer['proto'], server?: string): readonly ProbeAnswer[] {
    return this.#answers.filter(
      (one) =>
        one.check === check &&
        one.proto === proto &&
        (server === undefined ? listeners.includes(one.server) : one.server === server),
    );
  }
}

/**
 * Only LocalDNS knows the health zone: it answers NOERROR without a record, with the authoritative bit; every other
 * server answers NXDOMAIN. nslookup has no error to report there (1.35 and later), or `No answer`.
 */
const isLocalDns = (answer: ProbeAnswer): boolean =>
  answer.tool === 'nc'
    ? answer.result === 'noerror' && answer.authoritative === true && answer.answers === 0
    : answer.result === 'nodata' || answer.result === 'noerror';

/** Answers of the same kind as one sentence: `health over UDP and TCP: timeout`. */
function sentences(answers: readonly ProbeAnswer[]): readonly string[] {
  const groups = new Map<string, { readonly first: ProbeAnswer; readonly protocols: Set<string> }>();
  for (const answer of answers) {
    const key = [answer.check, answer.result, answer.nsid].join(' ');
    const group = groups.get(key) ?? { first: answer, protocols: new Set<string>() };
    groups.set(key, group);
    group.protocols.add(answer.proto.toUpperCase());
  }
  return [...groups.values()].map(({ first: { check, result, nsid }, protocols }) => {
    const identity = nsid === undefined ? '' : ` from ${nsid}`;
    return `${check} over ${list([...protocols])}: ${result}${identity}`;
  });
}

/** What a probe pod has seen, as a verdict on LocalDNS of its node. Source: the specification of the node, section 5. */
export function judgeProbe(result: ProbeResult): ProbeJudgement {
  const answers = new Answers(result);
  const [first = ''] = result.nameServers;
  const asksLocalDns = listeners.includes(first);
  const udp = answers.of('health', 'udp');
  const tcp = answers.of('health', 'tcp');
  const judged = (verdict: NodeVerdict, evidence: readonly ProbeAnswer[]): ProbeJudgement => ({
    verdict,
    certain: result.rawQueries && verdict !== 'unknown',
    evidence: [...sentences(evidence), `name server ${first === '' ? 'not set' : first}`],
  });

  if (udp.length === 0 || tcp.length === 0) return judged('unknown', [...udp, ...tcp]);
  const overUdp = udp.filter(isLocalDns);
  const overTcp = tcp.filter(isLocalDns);
  if (overUdp.length > 0 && overTcp.length > 0) {
    if (!asksLocalDns) return judged('bypassed', overUdp);
    const failed = upstreamFailures(answers, first, result.rawQueries);
    if (failed.length > 0) return judged('upstream-trouble', failed);
    return judged('on', [...overUdp, ...overTcp, ...answers.of('external', 'udp', first)]);
  }
  if (overTcp.length > 0) return judged('udp-blocked', [...overTcp, ...udp]);
  if (overUdp.length > 0) return judged('tcp-blocked', [...overUdp, ...tcp]);
  const all = [...udp, ...tcp];
  // A refusal proves that the address is there and nothing listens; a stopped LocalDNS takes the address away.
  if (all.some((answer) => answer.result === 'closed')) return judged('closed', all);
  if (asksLocalDns)
    return judged('silent', [...answers.of('ready', 'http').filter(({ result }) => result === 'ok'), ...all]);
  return judged('off', all);
}

/** Names that fail through the listener that the pod asks. Without raw queries, the pod's own lookups tell. */
function upstreamFailures(answers: Answers, listener: string, raw: boolean): readonly ProbeAnswer[] {
  const internal = listener === kubeListener;
  const asked = raw
    ? [...answers.of('external', 'udp', listener), ...(internal ? answers.of('internal', 'udp', listener) : [])]
    : [...answers.lookups('pod-external'), ...(internal ? answers.lookups('pod-internal') : [])];
  return [...asked, ...answers.of('external', 'tcp', listener)].filter(({ result }) => isFailure(result));
}
