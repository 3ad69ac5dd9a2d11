import { toAzureYaml } from '../../../core/yaml.ts';
import { apiVersions } from '../../../model/api-versions.ts';
import { profileForRequest } from '../effective.ts';
import { refuseNewer, reimages, type ExportTarget } from './target.ts';

/** Azure Service Operator. Source: its reference, containerservice.azure.com/v20260301, ManagedClustersAgentPool. */
export const aso: ExportTarget = {
  write: (profile, { cluster, pool }) => {
    refuseNewer(profile, 'Azure Service Operator');
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

/** A cluster's name has letters that the name of a Kubernetes object has not. */
function kubernetesName(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}
