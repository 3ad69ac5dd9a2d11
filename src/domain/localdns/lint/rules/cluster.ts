import { count, list } from '../../../../core/text.ts';
import type { Hit } from '../../rules/rule.ts';
import { quoted } from '../../text.ts';
import { isOlderThan } from '../facts.ts';
import type { LintRule } from '../rule.ts';
import type { LintView } from '../view.ts';

/** Source: CoreDNS, plugin/forward: at most 15 upstreams. */
const maxUpstreams = 15;
const linkLocal = /^169\.254\./;

/** Rules for the mode, and for the profile in combination with facts about the cluster. */
export const clusterRules: readonly LintRule[] = [
  {
    id: 'L070',
    severity: 'warn',
    trigger: 'mode is Preferred',
    reason:
      'its effect has changed between releases, and it may reimage every node without installing anything; the state ' +
      'of the profile in Azure shows the result',
    source: 'AKS documentation, localdns-custom; AKS release notes, 2026-05-29',
    judge: ({ mode, modePlace }) =>
      mode === 'Preferred' ? [{ place: modePlace, what: 'mode is Preferred', instead: 'Required or Disabled' }] : [],
  },
  {
    id: 'L071',
    severity: 'info',
    trigger: 'Any change of a profile, if the number of nodes is known',
    reason: 'each change of a profile, including its mode, reimages all nodes of the pool',
    source: 'AKS documentation, localdns-custom',
    needs: ['nodeCount'],
    judge: ({ place }, { nodeCount }) =>
      nodeCount === undefined || nodeCount === 0
        ? []
        : [{ place, what: `A change affects ${count(nodeCount, 'node')}` }],
  },
  {
    id: 'L072',
    severity: 'warn',
    trigger: 'Kubernetes is older than 1.31 (fail if the mode is Required)',
    reason: 'LocalDNS is not supported on this version, and mode Required makes the deployment fail',
    source: 'AKS documentation, localdns-custom, prerequisites',
    needs: ['kubernetesVersion'],
    judge: ({ mode, modePlace }, { kubernetesVersion }) =>
      kubernetesVersion === undefined || !isOlderThan(kubernetesVersion, 1, 31)
        ? []
        : [
            {
              place: modePlace,
              what: `Kubernetes is ${kubernetesVersion}, older than 1.31`,
              ...(mode === 'Required' ? { severity: 'fail' as const } : {}),
            },
          ],
  },
  {
    id: 'L080',
    severity: 'warn',
    trigger: 'The VNet has more than 15 DNS servers (fail), or one in 169.254.0.0/16 (warn)',
    reason:
      'the node copies them into the Corefile: CoreDNS does not start with more than 15, and a link-local address ' +
      'may be its own',
    source: 'CoreDNS, plugin/forward; AgentBaker, pull requests 9361 and 9471',
    needs: ['vnetDnsServers'],
    judge: (view, { vnetDnsServers = [] }) => upstreams(view, vnetDnsServers),
  },
];

function upstreams({ place }: LintView, servers: readonly string[]): readonly Hit[] {
  const own = servers.filter((server) => linkLocal.test(server));
  return [
    ...(servers.length > maxUpstreams
      ? [{ place, severity: 'fail' as const, what: `The VNet has ${String(servers.length)} DNS servers` }]
      : []),
    ...(own.length > 0
      ? [{ place, what: `The VNet's DNS servers include ${list(own.map((server) => quoted(server)))}` }]
      : []),
  ];
}
