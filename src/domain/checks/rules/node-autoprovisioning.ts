import { localDnsGuide, type SharedCheck } from '../check.ts';
import { ownCommand, shown, unknown } from '../verdict-parts.ts';

const required = 'node autoprovisioning is off';

export const nodeAutoprovisioning: SharedCheck = {
  id: 'node-autoprovisioning',
  title: 'Node autoprovisioning is off',
  problem: 'Node autoprovisioning enabled',
  level: 'cluster',
  severity: { preview: 'fail', ga: 'warn' },
  since: '2025-07',
  until: '2026-01-20',
  source: localDnsGuide,
  stops: 'turning-on',
  explanation:
    'The preview guide did not allow LocalDNS on clusters with node autoprovisioning (`nodeProvisioningProfile.mode: ' +
    'Auto`). The documentation dropped that restriction on 2026-01-20. Nodes created by autoprovisioning do not ' +
    'belong to a node pool and get LocalDNS from `spec.localDNS` of their AKSNodeClass; the node pools of the same ' +
    'cluster are configured as usual. AKS Automatic always uses node autoprovisioning.',
  howToFix:
    'Use the current rules (`--ruleset ga`), and set `spec.localDNS` in the AKSNodeClass of the autoprovisioned ' +
    'nodes.',
  judge({ cluster, clusterRef }, ruleset) {
    if (!cluster.known) return unknown(required, cluster.why);
    const observed = shown(cluster.value.nodeProvisioningMode, 'not set (Manual)');
    switch (observed.toLowerCase()) {
      case 'manual':
      case 'not set (manual)':
        return {
          status: 'pass',
          observed,
          required,
          reason: 'Node autoprovisioning is off; all nodes belong to node pools.',
        };
      case 'auto': {
        if (ruleset === 'ga') {
          const reason =
            'Autoprovisioned nodes do not belong to a node pool; they get LocalDNS from their AKSNodeClass, not from ' +
            'this program.';
          return {
            status: 'fail',
            observed,
            required,
            reason,
            fix: 'Set spec.localDNS in the AKSNodeClass of the autoprovisioned nodes (kubectl edit aksnodeclass default).',
          };
        }
        const automatic = cluster.value.skuName?.toLowerCase() === 'automatic';
        return {
          status: 'fail',
          observed,
          required,
          reason: `The preview guide does not allow clusters with node autoprovisioning${automatic ? ', and AKS Automatic always uses it' : ''}.`,
          fix: ownCommand(['check'], clusterRef, ['--ruleset', 'ga']),
        };
      }
      default:
        return unknown(required, `Node autoprovisioning has the unrecognized mode '${observed}'.`, undefined, observed);
    }
  },
};
