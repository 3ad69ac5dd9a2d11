import { duration } from '../core/text.ts';
import type {
  CachePlan,
  Candidate,
  ForwardPlan,
  LookupExplanation,
  TtlRange,
} from '../domain/localdns/resolve/index.ts';
import type { RenderOptions, StyleKind } from './format.ts';
import { page, painted, plain, term, wrapped, type Line } from './terminal.ts';

interface Branch {
  readonly text: string;
  readonly style?: StyleKind;
  readonly children?: readonly Branch[];
}

const narrowest = 20;

/** `3600 s (1h)`: the number as in files and metrics, and a readable form. */
function seconds(amount: number): string {
  return amount < 60 ? `${String(amount)} s` : `${String(amount)} s (${duration(amount)})`;
}

function range({ least, most }: TtlRange): string {
  return least === most ? seconds(most) : `${String(least)} to ${seconds(most)}`;
}

function forwarding(plan: ForwardPlan): Branch {
  const refresh =
    plan.refreshProtocol === null
      ? []
      : [{ text: `refreshes in the background: ${plan.refreshProtocol.toUpperCase()}` }];
  return {
    text: `forwarded to ${plan.upstreams.join(', ')} (${plan.destination})`,
    children: [
      { text: `why: ${plan.why}` },
      { text: `protocol: ${plan.protocolEffect}` },
      ...refresh,
      { text: `policy ${plan.policy}: ${plan.policyEffect}` },
      ...(plan.healthCheckEffect === null ? [] : [{ text: `health check: ${plan.healthCheckEffect}` }]),
      { text: `concurrency: ${plan.concurrencyEffect}` },
    ],
  };
}

function caching({ positiveTtl, negativeTtl, why, stale }: CachePlan): Branch {
  const { upstreamHealthy, upstreamDown } = stale.worstAgeSeconds;
  const age =
    upstreamHealthy === upstreamDown
      ? seconds(upstreamDown)
      : `${seconds(upstreamHealthy)}, or ${seconds(upstreamDown)} while the upstream is down`;
  return {
    text: `cached for ${range(positiveTtl)}; denials for ${range(negativeTtl)}`,
    children: [
      ...why.map((text) => ({ text })),
      {
        text:
          stale.windowSeconds === 0
            ? `stale answers: ${stale.effect}`
            : `stale answers: ${stale.mode}, for another ${seconds(stale.windowSeconds)}: ${stale.effect}`,
      },
      { text: `oldest answer: ${age}` },
    ],
  };
}

function block(candidate: Candidate): readonly Branch[] {
  if (!('zone' in candidate)) return [];
  return [{ text: `zone ${candidate.zone}${candidate.nsid === null ? '' : `, NSID ${candidate.nsid}`}` }];
}

function plans(candidate: Candidate): readonly Branch[] {
  if (candidate.answeredBy === 'guard') return [{ text: `template ${candidate.guard}` }];
  if (candidate.answeredBy === 'hosts') return [caching(candidate.cache)];
  if (candidate.answeredBy !== 'upstream') return [];
  const { knownName, newName } = candidate.upstreamDown;
  return [
    ...(candidate.hosts === 'possible'
      ? [{ text: 'unless the hosts file of the node has the name, which then answers with TTL 5' }]
      : []),
    forwarding(candidate.forward),
    caching(candidate.cache),
    {
      text: 'when the upstream is down',
      children: [{ text: `a name that is cached: ${knownName}` }, { text: `any other: ${newName}` }],
    },
  ];
}

/** The details of a candidate, without its name. */
function sameness(candidate: Candidate): string {
  return JSON.stringify({ ...candidate, name: '', searchDomain: null });
}

/** Details that an earlier name already shows are not repeated. */
function candidateBranches(candidates: readonly Candidate[]): readonly Branch[] {
  const told = new Map<string, number>();
  return candidates.map((candidate, index): Branch => {
    const details = sameness(candidate);
    const earlier = told.get(details);
    if (earlier === undefined) told.set(details, index + 1);
    const from = candidate.searchDomain === null ? 'the name itself' : `search domain ${candidate.searchDomain}`;
    return {
      text: `${String(index + 1)}. ${candidate.name} (${from})`,
      style: 'heading',
      children: [
        ...block(candidate),
        { text: 'rcode' in candidate ? `${candidate.rcode}: ${candidate.outcome}` : candidate.outcome },
        ...(earlier === undefined
          ? plans(candidate)
          : plans(candidate).length === 0
            ? []
            : [{ text: `same as ${String(earlier)}.` }]),
      ],
    };
  });
}

function rootOf(explanation: LookupExplanation): Branch {
  const { listener, search, bypass, candidates, notes } = explanation;
  const who = `dnsPolicy ${explanation.dnsPolicy}${explanation.hostNetwork ? ', host network' : ''}`;
  const searched =
    search === null || search.domains.length === 0 ? 'no search path' : `search ${search.domains.join(' ')}`;
  return {
    text: `${explanation.name} ${explanation.type}, ${who}`,
    style: 'heading',
    children: [
      ...(listener === null
        ? [{ text: `not answered by LocalDNS: ${bypass ?? ''}` }]
        : [{ text: `listener ${listener.address} (${listener.map})`, children: [{ text: listener.why }] }]),
      ...(search === null ? [] : [{ text: `${searched}, ndots ${String(search.ndots)}` }]),
      ...candidateBranches(candidates),
      ...(notes.length === 0
        ? []
        : [
            {
              text: 'notes',
              style: 'heading',
              children: notes.map(({ text }) => ({ text, style: 'muted' as const })),
            } as const,
          ]),
    ],
  };
}

/**
 * `first` starts the branch, `rest` precedes all of its further lines. A long text continues beside the line to its
 * children.
 */
function treeLines(branch: Branch, first: Line, rest: Line, options: RenderOptions): readonly Line[] {
  const [bar, fork, end] = options.ascii === true ? ['|', '+-', '`-'] : ['│', '├─', '└─'];
  const { text, style, children = [] } = branch;
  const beside = children.length > 0 ? term`${rest}${bar}  ` : term`${rest}   `;
  const room = Math.max(narrowest, (options.width ?? Infinity) - beside.text.length);
  const paint = (line: Line): Line => (style === undefined ? line : painted(options.style ?? plain, style, line));
  return [
    ...wrapped(text, room).map((line, index) => term`${index === 0 ? first : beside}${paint(line)}`),
    ...children.flatMap((child, index) =>
      index === children.length - 1
        ? treeLines(child, term`${rest}${end} `, term`${rest}   `, options)
        : treeLines(child, term`${rest}${fork} `, term`${rest}${bar}  `, options),
    ),
  ];
}

/** An explained lookup as a tree, with a final newline. */
export function explainTree(explanation: LookupExplanation, options: RenderOptions = {}): string {
  return page(treeLines(rootOf(explanation), term``, term``, options));
}
