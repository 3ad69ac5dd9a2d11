import { UsageError } from '../core/errors.ts';
import { nearest, oneLine } from '../core/text.ts';

export interface Cloud {
  /** The Azure CLI's name for it. */
  readonly name: string;
  readonly endpoint: string;
  readonly scope: string;
  readonly authority: string;
  /** The audience of a federated assertion. */
  readonly exchangeAudience: string;
  /** Host of the registry with Microsoft's container images. */
  readonly registry: string;
}

/**
 * Source: Azure CLI `az cloud list`; Entra docs, "National clouds" and "Workload identity federation"; Microsoft Artifact
 * Registry, endpoints in China.
 */
export const clouds = [
  {
    name: 'AzureCloud',
    endpoint: 'https://management.azure.com',
    scope: 'https://management.azure.com/.default',
    authority: 'https://login.microsoftonline.com',
    exchangeAudience: 'api://AzureADTokenExchange',
    registry: 'mcr.microsoft.com',
  },
  {
    name: 'AzureUSGovernment',
    endpoint: 'https://management.usgovcloudapi.net',
    scope: 'https://management.usgovcloudapi.net/.default',
    authority: 'https://login.microsoftonline.us',
    exchangeAudience: 'api://AzureADTokenExchangeUSGov',
    registry: 'mcr.microsoft.com',
  },
  {
    name: 'AzureChinaCloud',
    endpoint: 'https://management.chinacloudapi.cn',
    scope: 'https://management.chinacloudapi.cn/.default',
    authority: 'https://login.chinacloudapi.cn',
    exchangeAudience: 'api://AzureADTokenExchangeChina',
    registry: 'mcr.azure.cn',
  },
] as const satisfies readonly Cloud[];

export const defaultCloud = 'AzureCloud';
export const cloudNames: readonly string[] = clouds.map(({ name }) => name);

/**
 * Finds a cloud by its Azure CLI name, case-insensitively.
 * @throws UsageError `unknown-cloud`.
 */
export function findCloud(name: string): Cloud {
  const found = clouds.find((cloud) => cloud.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  const near = nearest(name, cloudNames);
  throw new UsageError(
    `The cloud '${oneLine(name)}' is unknown.${near === undefined ? '' : ` Did you mean ${near}?`}`,
    [
      `Set AZURE_CLOUD_NAME to one of ${cloudNames.join(', ')}, or set AKS_LOCALDNS_ARM_ENDPOINT to use another endpoint.`,
    ],
    'unknown-cloud',
  );
}
