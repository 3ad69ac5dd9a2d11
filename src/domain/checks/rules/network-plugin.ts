import type { Cluster } from '../../../model/cluster.ts';
import { warnsAlways, type SharedCheck } from '../check.ts';
import { shown, unknown } from '../verdict-parts.ts';

const ciliumPolicies =
  'kubectl get networkpolicies,ciliumnetworkpolicies,ciliumclusterwidenetworkpolicies --all-namespaces';
const required = 'an AKS network plugin; network policies that allow 169.254.10.0/24';

export function policyEngine(cluster: Cluster): 'Cilium' | 'Calico' | undefined {
  if (cluster.networkPolicy?.toLowerCase() === 'cilium' || cluster.networkDataplane?.toLowerCase() === 'cilium')
    return 'Cilium';
  return cluster.networkPolicy?.toLowerCase() === 'calico' ? 'Calico' : undefined;
}

function described(cluster: Cluster): string {
  const words = [`plugin ${shown(cluster.networkPlugin)}`];
  if (cluster.networkPolicy !== undefined) words.push(`policy ${shown(cluster.networkPolicy)}`);
  if (cluster.networkDataplane !== undefined) words.push(`dataplane ${shown(cluster.networkDataplane)}`);
  return words.join(', ');
}

export const networkPlugin: SharedCheck = {
  id: 'network-plugin',
  title: 'The cluster network is compatible with LocalDNS',
  problem: 'Network plugin or policies that can block LocalDNS',
  level: 'cluster',
  severity: warnsAlways,
  since: '2025-07',
  source: {
    document: 'AKS docs, Azure CNI powered by Cilium, LocalDNS and network policies',
    link: 'https://learn.microsoft.com/azure/aks/azure-cni-powered-by-cilium',
  },
  stops: 'turning-on',
  explanation:
    'Pods query LocalDNS at 169.254.10.11, and nodes at 169.254.10.10. With Cilium or Calico, a network policy that ' +
    'restricts egress must allow 169.254.10.0/24 on port 53, UDP and TCP (with Cilium 1.17 and later: the entity ' +
    '`host`), or pods lose DNS. Azure does not show whether such policies exist. With your own network plugin ' +
    '(`none`), as with Cilium and Calico policies, AKS skips the cluster when it turns LocalDNS on automatically: ' +
    'LocalDNS is not forbidden there, but there is no statement that it works.',
  howToFix:
    'Find network policies that restrict egress, and make them allow 169.254.10.0/24 (port 53, UDP and TCP) before ' +
    'you turn LocalDNS on.',
  judge({ cluster }) {
    if (!cluster.known) return unknown(required, cluster.why);
    const observed = described(cluster.value);
    const plugin = shown(cluster.value.networkPlugin).toLowerCase();
    if (plugin === 'none') {
      const reason =
        'The cluster uses its own network plugin. AKS skips such clusters when it turns LocalDNS on automatically, ' +
        'so test LocalDNS on a non-critical pool first.';
      return {
        status: 'warn',
        observed,
        required,
        reason,
        fix: 'Make sure that the plugin routes 169.254.10.10 and 169.254.10.11 on the node, and that its policies allow them.',
      };
    }
    const engine = policyEngine(cluster.value);
    if (engine !== undefined) {
      const reason = `${engine} network policies that restrict egress must allow 169.254.10.0/24 on port 53 (UDP and TCP), or pods lose DNS.`;
      return {
        status: 'warn',
        observed,
        required,
        reason,
        fix: engine === 'Cilium' ? ciliumPolicies : 'kubectl get networkpolicies --all-namespaces',
      };
    }
    if (plugin === 'azure' || plugin === 'kubenet')
      return { status: 'pass', observed, required, reason: 'The cluster network is compatible with LocalDNS.' };
    const why =
      cluster.value.networkPlugin === undefined
        ? 'Azure does not report the network plugin.'
        : 'The network plugin is not recognized.';
    return unknown(required, why, undefined, observed);
  },
};
