import { nodeVerdicts, type PoolProof, type PoolVerification, type VerificationReport } from '../model/verification.ts';
import { column, viewOf, type Cell, type ReportView, type Section, type State, type Subject } from './view.ts';

const states: readonly (State & { readonly name: PoolProof })[] = [
  { name: 'failed', tone: 'blocked', meaning: 'LocalDNS is not as it should be on a node' },
  { name: 'unknown', tone: 'unknown', meaning: 'not proven on every node' },
  { name: 'applied', tone: 'eligible', meaning: 'applied, not proven: there are no nodes' },
  { name: 'proven', tone: 'enabled', meaning: 'proven on every node' },
  { name: 'skipped', tone: 'skipped', meaning: 'can never have LocalDNS' },
];

function share({ provenNodes, nodes }: PoolVerification): string {
  return `${String(provenNodes)} of ${String(nodes)} nodes`;
}

class Pool implements Subject {
  readonly at: PoolVerification;

  constructor(pool: PoolVerification) {
    this.at = pool;
  }

  get state(): PoolProof {
    return this.at.proof;
  }

  get causes(): readonly string[] {
    return this.at.causes;
  }

  get remark(): string {
    return `${share(this.at)} proven ${this.at.expected}`;
  }

  cells(): readonly Cell[] {
    return [this.at.expected, share(this.at), this.#profile()];
  }

  fields(): Readonly<Record<string, string | number | undefined>> {
    const { expected, nodes, provenNodes, localDnsMode, localDnsState } = this.at;
    const stored = (value: string): string | undefined => (value === '-' ? undefined : value);
    return {
      Expected: expected,
      Nodes: nodes,
      ProvenNodes: provenNodes,
      LocalDnsMode: stored(localDnsMode),
      LocalDnsState: stored(localDnsState),
    };
  }

  #profile(): string {
    const { localDnsMode, localDnsState } = this.at;
    return localDnsMode === '-' ? '-' : `${localDnsMode}, ${localDnsState}`;
  }
}

function verdictSection({ nodes }: VerificationReport): Section {
  const found = nodeVerdicts
    .map(({ name, meaning }) => ({ name, meaning, amount: nodes.filter(({ verdict }) => verdict === name).length }))
    .filter(({ amount }) => amount > 0);
  return {
    id: 'verdicts',
    heading: 'Verdicts',
    caption: 'Nodes by what is known of LocalDNS on them',
    noun: 'verdict',
    columns: [column('Verdict'), column('Nodes', 'number'), column('Meaning')],
    rows: found.map(({ name, amount, meaning }) => [name, amount, meaning]),
    lines: found.map(({ name, amount, meaning }) => [name, amount, meaning]),
    counted: true,
  };
}

const ways: Readonly<Record<VerificationReport['via'], string>> = {
  kubectl: 'kubectl',
  credentials: 'user credentials',
  'run-command': 'run command',
};

const ownWord =
  'No pod has asked LocalDNS. Labels and kubelet settings of a node say what should be, and not that names resolve.';

/** The verification report: node pools with their nodes. */
export function verification(report: VerificationReport): ReportView {
  const { pools, nodes, via, level } = report;
  const proven = pools.reduce((sum, { provenNodes }) => sum + provenNodes, 0);
  const all = pools.reduce((sum, pool) => sum + pool.nodes, 0);
  const asked = nodes.some(({ evidence }) => evidence.some((one) => one.level >= 2));
  const columns = [column('Expected'), column('Proven'), column('LocalDNS')];
  return viewOf(report, {
    title: 'LocalDNS verification',
    command: 'aks-localdns verify',
    failures: { heading: 'Not as it should be', noun: 'what is not as it should be' },
    facts: [
      { label: 'Proven', value: `${String(proven)} of ${String(all)} nodes` },
      { label: 'Level', value: String(level) },
      { label: 'Via', value: ways[via] },
    ],
    banners: asked || nodes.length === 0 ? [] : [{ heading: 'Settings alone.', text: ownWord }],
    extent: [
      { amount: all, noun: 'node' },
      { amount: pools.length, noun: 'node pool' },
    ],
    subjects: {
      noun: 'node pool',
      short: 'pool',
      state: 'Proof',
      cause: 'Because of',
      states,
      items: pools.map((pool) => new Pool(pool)),
      columns: { page: columns, file: columns },
    },
    sections: () => (nodes.length === 0 ? [] : [verdictSection(report)]),
    columns: 'Target,Expected,Nodes,ProvenNodes,LocalDnsMode,LocalDnsState',
  });
}
