import { toAzureYaml } from '../../../core/yaml.ts';
import { apiVersions } from '../../../model/api-versions.ts';
import { profileForRequest } from '../effective-profile.ts';
import { rejectNewerSettings, reimages, type ExportTarget } from './export-target.ts';

/** Azure Service Operator. Source: its reference, containerservice.azure.com/v20260301, ManagedClustersAgentPool. */
export const aso: ExportTarget = {
  write: (profile, { cluster, pool }) => {
    rejectNewerSettings(profile, 'Azure Service Operator');
    const owner = kubernetesName(cluster);
    const manifest = {
      apiVersion: `containerservice.azure.com/v${apiVersions.containerService.replaceAll('-', '')}`,
      kind: 'ManagedClustersAgentPool',
      metadata: { name: `${owner}-${pool}` },
      spec: { azureName: pool, owner: { name: owner }, localDNSProfile: profileForRequest(profile) },
    };
    return `# Add spec.localDNSProfile to the manifest of your node pool. ${reimages}\n${toAzureYaml(manifest)}`;
  },
};

/** The name of a cluster can have characters that are not allowed in the name of a Kubernetes object. */
function kubernetesName(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}
