import { warnsAlways, type ScopeCheck } from '../check.ts';
import { assumptionExplained } from './surge-nodes.ts';

const together =
  'The check assumes that all pools in the scope are reimaged at once; spot pools, pools without nodes and pools ' +
  'without surge need nothing. If the capacity is not enough for all of them, it may still be enough in waves. ' +
  `${assumptionExplained} Runs only with \`--capacity\`.`;

const lessSurge =
  'or lower the surge of the pools (`az aks nodepool update --max-surge 1` if one node fits, otherwise `--max-surge ' +
  '0 --max-unavailable 1`)';

const quotaSource = {
  document: 'Azure docs, vCPU quotas: per region and per VM family',
  link: 'https://learn.microsoft.com/azure/virtual-machines/quotas',
} as const;

export const regionalVcpus: ScopeCheck = {
  id: 'regional-vcpus',
  title: 'The regional quota covers the surge nodes of all pools at once',
  problem: 'Too few vCPUs in the regional quota for all surge nodes',
  level: 'subscription',
  severity: warnsAlways,
  since: '2025-07',
  source: quotaSource,
  stops: 'turning-on',
  onlyWith: '--capacity',
  explanation: `Surge nodes count against the vCPU quota of the subscription in its region (\`cores\`), and AKS rejects an operation that would exceed it. ${together}`,
  howToFix: `Roll out in waves that fit, request a higher quota (\`az quota update\`, or Quotas in the Azure portal), ${lessSurge}.`,
};

export const familyVcpus: ScopeCheck = {
  id: 'family-vcpus',
  title: 'The quota of each VM family covers the surge nodes of all pools at once',
  problem: 'Too few vCPUs in the quota of a VM family for all surge nodes',
  level: 'subscription',
  severity: warnsAlways,
  since: '2025-07',
  source: quotaSource,
  stops: 'turning-on',
  onlyWith: '--capacity',
  explanation:
    'Besides the regional quota, there is a quota for each VM family, such as `standardDDSv5Family`. The family of a ' +
    'size comes from the VM sizes that Azure Compute lists for the region; a pool with sizes of several families ' +
    `counts toward each of them. ${together}`,
  howToFix: `Roll out in waves that fit, request a higher quota for the family (\`az quota update\`, or Quotas in the Azure portal), ${lessSurge}.`,
};

export const subnetAddresses: ScopeCheck = {
  id: 'subnet-addresses',
  title: 'The subnet has free addresses for the surge nodes of all pools at once',
  problem: 'Too few subnet addresses for all surge nodes',
  level: 'subscription',
  severity: warnsAlways,
  since: '2025-07',
  source: {
    document: 'AKS docs, IP address planning; Azure docs, Virtual Network FAQ (five reserved addresses per prefix)',
    link: 'https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning',
  },
  stops: 'turning-on',
  onlyWith: '--capacity',
  explanation:
    'A surge node needs one address in its subnet and, with Azure CNI without overlay and without a pod subnet, one ' +
    'more for each pod that it can run (`maxPods`). With a pod subnet, pods get their addresses there, in batches of ' +
    "16 per node. The number of free addresses is the size of the subnet's prefixes, minus the five addresses that " +
    'Azure reserves in each, minus those that Azure lists as in use. Pools without a custom subnet are in a network ' +
    `created by AKS and are not checked. ${together}`,
  howToFix: `Roll out in waves that fit, ${lessSurge}, or move the pools to a larger subnet.`,
};
