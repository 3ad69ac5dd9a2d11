import type { KubernetesWay } from './kubernetes.ts';
import type { Report } from './report.ts';

/** The results for LocalDNS on a node; the report explains each. */
export const nodeVerdicts = [
  { name: 'on', meaning: 'pods resolve names through LocalDNS' },
  { name: 'bypassed', meaning: 'LocalDNS is on, but the test pod bypasses it' },
  { name: 'off', meaning: 'LocalDNS is off' },
  { name: 'udp-blocked', meaning: 'LocalDNS answers over TCP only' },
  { name: 'tcp-blocked', meaning: 'LocalDNS answers over UDP only' },
  { name: 'closed', meaning: 'the addresses of LocalDNS are there, but nothing listens on them' },
  { name: 'silent', meaning: 'the addresses of LocalDNS do not answer: blocked, or LocalDNS is stopped' },
  { name: 'upstream-trouble', meaning: 'LocalDNS is on, but its upstream DNS servers fail' },
  { name: 'unknown', meaning: 'not known' },
] as const;

export type NodeVerdict = (typeof nodeVerdicts)[number]['name'];

/**
 * 0: what Azure reports. 1: what the node reports about its settings. 2: answers to a pod. 3: the node itself. 4: again
 * later.
 */
export type EvidenceLevel = 0 | 1 | 2 | 3 | 4;

/** A piece of evidence about a node. */
export interface Evidence {
  readonly level: EvidenceLevel;
  /** The source: `node label`, `kubelet`. */
  readonly source: string;
  readonly says: NodeVerdict;
  /**
   * Whether it excludes every other verdict. A setting is not sure: it shows the intended state, not the actual one.
   */
  readonly sure: boolean;
  /** The observation, ready to print: `clusterDNS 169.254.10.11`. */
  readonly seen: string;
}

export type Expectation = 'on' | 'off';

export interface NodeVerification {
  readonly name: string;
  /** The node pool; for a node outside Azure node pools, its Karpenter node pool, or `-`. */
  readonly pool: string;
  readonly expected: Expectation;
  readonly verdict: NodeVerdict;
  /** Whether evidence of the requested level shows the expected verdict. */
  readonly proven: boolean;
  /** The highest level first. */
  readonly evidence: readonly Evidence[];
}

/** `applied`: Azure has stored the profile, and there are no nodes to prove it on. */
export type PoolProof = 'proven' | 'failed' | 'unknown' | 'applied' | 'skipped';

export interface PoolVerification {
  /** The ID of the node pool, or of the cluster for nodes outside Azure node pools. */
  readonly resourceId: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly cluster: string;
  readonly pool: string;
  readonly expected: Expectation;
  readonly proof: PoolProof;
  /** The number of nodes in the cluster, plus those that Azure counts but the cluster does not have. */
  readonly nodes: number;
  readonly provenNodes: number;
  /** IDs of the rows that decide the proof. */
  readonly causes: readonly string[];
  /** `localDNSProfile.mode` and `.state` as stored; `-` if there is none. */
  readonly localDnsMode: string;
  readonly localDnsState: string;
}

/** Whether LocalDNS is on or off as expected, node by node. */
export interface VerificationReport extends Report {
  readonly via: KubernetesWay;
  /** The level of evidence that counts as proof. */
  readonly level: EvidenceLevel;
  readonly pools: readonly PoolVerification[];
  readonly nodes: readonly NodeVerification[];
}
