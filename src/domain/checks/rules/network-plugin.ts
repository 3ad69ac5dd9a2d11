import type { Cluster } from '../../../model/cluster.ts';
import { warnsAlways, type SharedCheck } from '../check.ts';
import { shown, unknown } from '../verdict-parts.ts';

const ciliumPolicies =
  'kubectl get networkpolicies,ciliumnetworkpolicies,ciliumclusterwidenetworkpolicies --all-namespaces';
const required = 'a network plugin of AKS; network policies that let 169.254.10.0/24 through';

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
  title: 'The cluster network goes with LocalDNS',
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
    'Pods ask LocalDNS at 169.254.10.11, and nodes at 169.254.10.10. With Cilium or Calico a network policy that restricts egress must let ' +
    '169.254.10.0/24 through on port 53, UDP and TCP (with Cilium 1.17 and later: the entity `host`), or pods lose DNS. Azure does not show here ' +
    'whether such policies exist. With a network plugin of your own (`none`) AKS leaves the cluster out when it turns LocalDNS on by itself, ' +
    'as it does with Cilium and Calico policies: nothing forbids LocalDNS there, and nobody promises that it works.',
  howToFix:
    'Look for network policies that restrict egress, and let 169.254.10.0/24 (port 53, UDP and TCP) through before LocalDNS is turned on.',
  judge({ cluster }) {
    if (!cluster.known) return unknown(required, cluster.why);
    const observed = described(cluster.value);
    const plugin = shown(cluster.value.networkPlugin).toLowerCase();
    if (plugin === 'none') {
      const reason =
        'The cluster brings its own network plugin: AKS leaves such clusters out when it turns LocalDNS on by itself, so try it on a pool that may break.';
      return {
        status: 'warn',
        observed,
        required,
        reason,
        fix: 'Make sure that the plugin routes 169.254.10.10 and 169.254.10.11 on the node, and that its policies let them through.',
      };
    }
    const engine = policyEngine(cluster.value);
    if (engine !== undefined) {
      const reason = `${engine} network policies that restrict egress must let 169.254.10.0/24 through on port 53 (UDP and TCP), or pods lose DNS.`;
      return {
        status: 'warn',
        observed,
        required,
        reason,
        fix: engine === 'Cilium' ? ciliumPolicies : 'kubectl get networkpolicies --all-namespaces',
      };
    }
    if (plugin === 'azure' || plugin === 'kubenet')
      return { status: 'pass', observed, required, reason: 'Nothing in the cluster network stands in the way.' };
    const why =
      cluster.value.networkPlugin === undefined
        ? 'Azure does not name the network plugin.'
        : 'This program does not know the network plugin that Azure names.';
    return unknown(required, why, undefined, observed);
  },
};
