import { warnsAlways, type ScopeCheck } from '../check.ts';
import { assumptionExplained } from './surge-nodes.ts';

const together =
  'All pools of the scope that would be reimaged are taken to run at once; spot pools, pools without nodes and pools without surge need nothing. ' +
  `Where it does not suffice for all, it may still do in waves. ${assumptionExplained} Only judged with \`--capacity\`.`;

const lessSurge =
  'or lower the surge of the pools (`az aks nodepool update --max-surge 1` where one node fits, else 0 with `--max-unavailable 1`)';

const quotaSource = {
  document: 'Azure docs, vCPU quotas: regional, and for each family of sizes',
  link: 'https://learn.microsoft.com/azure/virtual-machines/quotas',
} as const;

export const regionalVcpus: ScopeCheck = {
  id: 'regional-vcpus',
  title: 'The regional quota has vCPUs for the surge nodes of all pools at once',
  problem: 'Too few vCPUs in the regional quota for all surge nodes',
  level: 'subscription',
  severity: warnsAlways,
  since: '2025-07',
  source: quotaSource,
  stops: 'turning-on',
  onlyWith: '--capacity',
  explanation: `Surge nodes count against the vCPU quota of the subscription in its region (\`cores\`), and AKS refuses an operation that would exceed it. ${together}`,
  howToFix: `Roll out in waves that fit, ask for a higher quota (\`az quota update\`, or Quotas in the Azure portal), ${lessSurge}.`,
};

export const familyVcpus: ScopeCheck = {
  id: 'family-vcpus',
  title: 'The quota of each VM family has vCPUs for the surge nodes of all pools at once',
  problem: 'Too few vCPUs in the quota of a VM family for all surge nodes',
  level: 'subscription',
  severity: warnsAlways,
  since: '2025-07',
  source: quotaSource,
  stops: 'turning-on',
  onlyWith: '--capacity',
  explanation:
    'Beside the regional quota there is one for each family of sizes, such as `standardDDSv5Family`. The family of a size comes from the list of sizes that Azure Compute ' +
    `publishes for the region; a pool with sizes of several families counts in each of them. ${together}`,
  howToFix: `Roll out in waves that fit, ask for a higher quota of the family (\`az quota update\`, or Quotas in the Azure portal), ${lessSurge}.`,
};

export const subnetAddresses: ScopeCheck = {
  id: 'subnet-addresses',
  title: 'The subnet has free addresses for the surge nodes of all pools at once',
  problem: 'Too few subnet addresses for all surge nodes',
  level: 'subscription',
  severity: warnsAlways,
  since: '2025-07',
  source: {
    document: 'AKS docs, IP address planning; Azure docs, Virtual Network FAQ (five reserved addresses a prefix)',
    link: 'https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning',
  },
  stops: 'turning-on',
  onlyWith: '--capacity',
  explanation:
    'A surge node takes an address of its subnet; with Azure CNI without overlay and without a pod subnet one for each pod that it may run (`maxPods`) as well. With a pod subnet, pods take theirs there, ' +
    'in batches of 16 a node. Free is what the prefixes of the subnet hold, less the five that Azure reserves in each, less what Azure lists as in use. ' +
    `Pools without a subnet of their own are in a network that AKS made, and are not looked at. ${together}`,
  howToFix: `Roll out in waves that fit, ${lessSurge}, or move the pools to a larger subnet.`,
};
