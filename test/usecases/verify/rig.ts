import type { JsonObject } from '../../../src/core/json.ts';
import { readCluster, type Cluster } from '../../../src/model/cluster.ts';
import type { Kubectl } from '../../../src/model/kubernetes.ts';
import type { EvidenceLevel, VerificationReport } from '../../../src/model/verification.ts';
import { verify } from '../../../src/usecases/verify/index.ts';
import { systemIds } from '../../../src/adapters/system/index.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { fakeKubectl, type FakeKubernetes, type FakeNode } from '../../support/fake-kubernetes.ts';

const subscriptionId = '11111111-1111-4111-8111-111111111111';
export const ref = { subscriptionId, resourceGroup: 'rg-demo', cluster: 'aks-demo' };
export const nodeGroup = 'MC_rg-demo_aks-demo_westeurope';

/** Its pools by name; each is Linux, and has three nodes and LocalDNS on by default. */
export function clusterWith(pools: Readonly<Record<string, JsonObject>>): Cluster {
  return readCluster(ref, {
    properties: {
      provisioningState: 'Succeeded',
      powerState: { code: 'Running' },
      fqdn: 'aks-demo-dns.hcp.westeurope.azmk8s.io',
      nodeResourceGroup: nodeGroup,
      agentPoolProfiles: Object.entries(pools).map(([name, properties]) => ({
        name,
        count: 3,
        osType: 'Linux',
        mode: 'User',
        provisioningState: 'Succeeded',
        localDNSProfile: { mode: 'Required', state: 'Enabled' },
        ...properties,
      })),
    },
  });
}

export function kubernetes(nodes: readonly FakeNode[], more: Partial<FakeKubernetes> = {}): FakeKubernetes {
  return { subscriptionId, nodeGroup, nodes, ...more };
}

/** Nodes of a pool that report LocalDNS as on. */
export function nodesOf(pool: string, amount: number, changes: Partial<FakeNode> = {}): readonly FakeNode[] {
  return Array.from({ length: amount }, (_, index) => ({
    name: `aks-${pool}-00000${String(index)}`,
    pool,
    state: 'enabled',
    clusterDns: ['169.254.10.11'],
    ...changes,
  }));
}

interface Asked {
  readonly level?: EvidenceLevel;
  readonly selector?: string;
  readonly kubectl?: Kubectl;
}

export async function verified(
  pools: Readonly<Record<string, JsonObject>>,
  nodes: readonly FakeNode[],
  { level = 1, selector, kubectl = fakeKubectl(kubernetes(nodes)) }: Asked = {},
): Promise<VerificationReport> {
  const cluster = clusterWith(pools);
  return verify(
    { kubectl, emit: () => undefined, clock: new ManualClock(), ids: systemIds, signal: new AbortController().signal },
    {
      cluster,
      pools: selector === undefined ? cluster.pools : [],
      selector,
      level,
      probes: undefined,
      version: '1.2.3',
      gatheredAt: '2026-11-29T10:00:00Z',
      scope: 'cluster rg-demo/aks-demo',
    },
  );
}
