import { UsageError } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';

export interface Cloud {
  /** As the Azure CLI names it. */
  readonly name: string;
  readonly endpoint: string;
  readonly scope: string;
  readonly authority: string;
  /** The audience of a federated assertion. */
  readonly exchangeAudience: string;
}

/** Source: Azure CLI `az cloud list`; Entra docs, "National clouds" and "Workload identity federation". */
export const clouds = [
  {
    name: 'AzureCloud',
    endpoint: 'https://management.azure.com',
    scope: 'https://management.azure.com/.default',
    authority: 'https://login.microsoftonline.com',
    exchangeAudience: 'api://AzureADTokenExchange',
  },
  {
    name: 'AzureUSGovernment',
    endpoint: 'https://management.usgovcloudapi.net',
    scope: 'https://management.usgovcloudapi.net/.default',
    authority: 'https://login.microsoftonline.us',
    exchangeAudience: 'api://AzureADTokenExchangeUSGov',
  },
  {
    name: 'AzureChinaCloud',
    endpoint: 'https://management.chinacloudapi.cn',
    scope: 'https://management.chinacloudapi.cn/.default',
    authority: 'https://login.chinacloudapi.cn',
    exchangeAudience: 'api://AzureADTokenExchangeChina',
  },
] as const satisfies readonly Cloud[];

/**
 * A cloud by its name in the Azure CLI, whatever its case.
 * @throws UsageError `unknown-cloud`.
 */
export function findCloud(name: string): Cloud {
  const found = clouds.find((cloud) => cloud.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  throw new UsageError(
    `'${oneLine(name)}' is not a cloud that this program knows.`,
    [
      `Known: ${clouds.map((cloud) => cloud.name).join(', ')}. The Azure CLI's choice is changed by: az cloud set -n AzureCloud`,
    ],
    'unknown-cloud',
  );
}
