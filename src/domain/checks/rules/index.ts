import { familyVcpus, regionalVcpus, subnetAddresses } from '../capacity/checks.ts';
import type { Check } from '../check.ts';
import { clusterRunning } from './cluster-running.ts';
import { clusterState } from './cluster-state.ts';
import { configValid } from './config-valid.ts';
import { currentLocalDns } from './current-localdns.ts';
import { dnsTcp53 } from './dns-tcp-53.ts';
import { featureRegistered } from './feature-registered.ts';
import { ignoreExpired } from './ignore-expired.ts';
import { instanceLimit } from './instance-limit.ts';
import { kubernetesVersion } from './kubernetes-version.ts';
import { knownBadImage } from './known-bad-image.ts';
import { networkPlugin } from './network-plugin.ts';
import { nodeAutoprovisioning } from './node-autoprovisioning.ts';
import { nodeImage } from './node-image.ts';
import { osSku } from './os-sku.ts';
import { owner } from './owner.ts';
import { poolMode } from './pool-mode.ts';
import { poolPower } from './pool-power.ts';
import { poolState } from './pool-state.ts';
import { poolType } from './pool-type.ts';
import { providerRegistered } from './provider-registered.ts';
import { scopeReadable } from './scope-readable.ts';
import { singleNode } from './single-node.ts';
import { spot } from './spot.ts';
import { surge } from './surge.ts';
import { vnetDnsServers } from './vnet-dns-servers.ts';
import { vmVcpus } from './vm-vcpus.ts';

/**
 * The prerequisites in the order of the guide: subscription, cluster, pool, configuration; then those of the whole
 * scope. To add one, add a file and list it here.
 */
export const catalogue: readonly Check[] = [
  featureRegistered,
  providerRegistered,
  clusterRunning,
  clusterState,
  nodeAutoprovisioning,
  networkPlugin,
  kubernetesVersion,
  poolType,
  poolMode,
  vmVcpus,
  osSku,
  nodeImage,
  knownBadImage,
  poolState,
  poolPower,
  spot,
  singleNode,
  surge,
  instanceLimit,
  vnetDnsServers,
  dnsTcp53,
  owner,
  currentLocalDns,
  configValid,
  scopeReadable,
  regionalVcpus,
  familyVcpus,
  subnetAddresses,
  ignoreExpired,
];
