import { localDnsGuide, type SharedCheck } from '../check.ts';
import { ours, shown, unknown } from '../verdict-parts.ts';

const required = 'node autoprovisioning is off';

export const nodeAutoprovisioning: SharedCheck = {
  id: 'node-autoprovisioning',
  title: 'The cluster has no node autoprovisioning',
  problem: 'Node autoprovisioning enabled',
  level: 'cluster',
  severity: { preview: 'fail', ga: 'warn' },
  since: '2025-07',
  until: '2026-01-20',
  source: localDnsGuide,
  stops: 'turning-on',
  explanation:
    'The guide of the preview ruled LocalDNS out on clusters with node autoprovisioning (`nodeProvisioningProfile.mode: Auto`). The documentation ' +
    'dropped that on 2026-01-20: the nodes that autoprovisioning makes belong to no node pool and get LocalDNS from `spec.localDNS` of ' +
    'their AKSNodeClass, while ordinary pools of the same cluster are set as everywhere. AKS Automatic always autoprovisions.',
  howToFix:
    'Judge by the rules of today (`--ruleset ga`), and set `spec.localDNS` in the AKSNodeClass for the autoprovisioned nodes.',
  judge({ cluster, clusterRef }, ruleset) {
    if (!cluster.known) return unknown(required, cluster.why);
    const observed = shown(cluster.value.nodeProvisioningMode, 'not set (Manual)');
    switch (observed.toLowerCase()) {
      case 'manual':
      case 'not set (manual)':
        return { status: 'pass', observed, required, reason: 'Nodes come from node pools alone.' };
      case 'auto': {
        if (ruleset === 'ga') {
          const reason =
            'Nodes that autoprovisioning makes are in no node pool: they get LocalDNS from their AKSNodeClass, not from this program.';
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
          reason: `The guide of the preview rules out clusters with node autoprovisioning${automatic ? ', and AKS Automatic always has it' : ''}.`,
          fix: ours(['check'], clusterRef, ['--ruleset', 'ga']),
        };
      }
      default:
        return unknown(
          required,
          `Azure gives node autoprovisioning the mode '${observed}', which this program does not know.`,
          undefined,
          observed,
        );
    }
  },
};
