import type { Column } from '../../framework/definition.ts';

/** az's columns of a node pool, and LocalDNS. */
export const poolColumns: readonly Column[] = [
  { header: 'Name', path: 'name' },
  { header: 'Mode', path: 'mode' },
  { header: 'OsType', path: 'osType' },
  { header: 'KubernetesVersion', path: 'currentOrchestratorVersion || orchestratorVersion' },
  { header: 'VmSize', path: 'vmSize' },
  { header: 'Count', path: 'count' },
  { header: 'ProvisioningState', path: 'provisioningState' },
  { header: 'LocalDNS', path: "localDNSProfile.mode || '-'" },
  { header: 'State', path: "localDNSProfile.state || '-'" },
];

/** What a write on a node pool answers. */
export const writeColumns: readonly Column[] = [
  { header: 'Name', path: 'name' },
  { header: 'Changed', path: 'changed' },
  { header: 'LocalDNS', path: "localDNSProfile.mode || '-'" },
  { header: 'State', path: "localDNSProfile.state || '-'" },
  { header: 'ProvisioningState', path: 'provisioningState' },
];
