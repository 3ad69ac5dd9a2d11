import { list } from '../core/text.ts';
import { cloudNames } from '../model/clouds.ts';

/** Every environment variable that the program reads, as data; the docs and the settings use it. */
export interface EnvironmentRecord {
  readonly name: string;
  readonly meaning: string;
  /** The program or convention that defines the variable. */
  readonly owner: 'azure-cli' | 'aks-localdns' | 'azure-identity' | 'terminal' | 'network';
  /** The equivalent `[section] key` of the Azure CLI's config file, if any. */
  readonly config?: string;
}

export const environmentVariables: readonly EnvironmentRecord[] = [
  {
    name: 'AZURE_CONFIG_DIR',
    owner: 'azure-cli',
    meaning: "Directory of the Azure CLI's config file and azureProfile.json. Defaults to ~/.azure.",
  },
  {
    name: 'AZURE_CORE_OUTPUT',
    owner: 'azure-cli',
    config: '[core] output',
    meaning: 'Default output format if -o is not set.',
  },
  {
    name: 'AZURE_CORE_ONLY_SHOW_ERRORS',
    owner: 'azure-cli',
    config: '[core] only_show_errors',
    meaning: 'Show only errors, like --only-show-errors.',
  },
  {
    name: 'AZURE_CORE_NO_COLOR',
    owner: 'azure-cli',
    config: '[core] no_color',
    meaning: 'Disable colors, like --no-color.',
  },
  {
    name: 'AZURE_DEFAULTS_GROUP',
    owner: 'azure-cli',
    config: '[defaults] group',
    meaning: 'Default resource group if -g is not set.',
  },
  {
    name: 'AZURE_CLOUD_NAME',
    owner: 'azure-cli',
    config: '[cloud] name',
    meaning: `Name of the cloud: ${list(cloudNames, 'or')}.`,
  },
  {
    name: 'AKS_LOCALDNS_RULESET',
    owner: 'aks-localdns',
    meaning: 'Default rule set if --ruleset is not set: preview or ga.',
  },
  { name: 'AKS_LOCALDNS_SIGN_IN', owner: 'aks-localdns', meaning: 'Default sign-in method if --sign-in is not set.' },
  {
    name: 'AKS_LOCALDNS_CACHE_DIR',
    owner: 'aks-localdns',
    meaning: 'Cache directory. Defaults to aks-localdns in XDG_CACHE_HOME, or in ~/.cache.',
  },
  {
    name: 'AKS_LOCALDNS_ARM_ENDPOINT',
    owner: 'aks-localdns',
    meaning:
      'Custom ARM endpoint, such as the simulator: https only, and loopback only unless AKS_LOCALDNS_ALLOW_ENDPOINT is set.',
  },
  {
    name: 'AKS_LOCALDNS_CA_FILE',
    owner: 'aks-localdns',
    meaning: 'PEM file with an additional certificate authority to trust for ARM.',
  },
  {
    name: 'AKS_LOCALDNS_ALLOW_ENDPOINT',
    owner: 'aks-localdns',
    meaning: 'Set to 1 to allow an ARM endpoint that is not on loopback. The token is sent to it.',
  },
  {
    name: 'AKS_LOCALDNS_KUBECTL',
    owner: 'aks-localdns',
    meaning: 'Name or path of the kubectl program. Defaults to kubectl on PATH.',
  },
  { name: 'XDG_CACHE_HOME', owner: 'terminal', meaning: 'Base directory for caches.' },
  { name: 'LC_ALL', owner: 'terminal', meaning: 'C or POSIX draws trees with ASCII; so do LC_CTYPE and LANG.' },
  { name: 'NO_COLOR', owner: 'terminal', meaning: 'Any value disables colors.' },
  {
    name: 'FORCE_COLOR',
    owner: 'terminal',
    meaning: 'Any value except 0 enables colors even if the output is not a terminal.',
  },
  { name: 'TERM', owner: 'terminal', meaning: 'dumb disables colors and animated progress.' },
  { name: 'HTTPS_PROXY', owner: 'network', meaning: 'Proxy for requests to Azure.' },
  { name: 'NO_PROXY', owner: 'network', meaning: 'Comma-separated hosts that bypass the proxy.' },
  {
    name: 'AZURE_CLIENT_ID',
    owner: 'azure-identity',
    meaning: 'Client ID of the application or user-assigned managed identity to sign in with.',
  },
  { name: 'AZURE_TENANT_ID', owner: 'azure-identity', meaning: 'Tenant to sign in to.' },
  {
    name: 'AZURE_CLIENT_SECRET',
    owner: 'azure-identity',
    meaning: 'Client secret of the application (--sign-in env).',
  },
  {
    name: 'AZURE_CLIENT_CERTIFICATE_PATH',
    owner: 'azure-identity',
    meaning: 'Certificate file of the application (--sign-in env).',
  },
  {
    name: 'AZURE_FEDERATED_TOKEN_FILE',
    owner: 'azure-identity',
    meaning: 'Token file of the workload identity (--sign-in workload-identity).',
  },
  {
    name: 'IDENTITY_ENDPOINT',
    owner: 'azure-identity',
    meaning: 'Managed identity endpoint of App Service or the simulator.',
  },
  { name: 'IDENTITY_HEADER', owner: 'azure-identity', meaning: 'Secret header of the managed identity endpoint.' },
  {
    name: 'AZURESUBSCRIPTION_CLIENT_ID',
    owner: 'azure-identity',
    meaning: 'Client ID of the Azure Pipelines service connection (--sign-in pipelines).',
  },
  { name: 'AZURESUBSCRIPTION_TENANT_ID', owner: 'azure-identity', meaning: 'Tenant of the service connection.' },
  {
    name: 'AZURESUBSCRIPTION_SERVICE_CONNECTION_ID',
    owner: 'azure-identity',
    meaning: 'ID of the service connection.',
  },
  {
    name: 'SYSTEM_ACCESSTOKEN',
    owner: 'azure-identity',
    meaning: "The pipeline job's access token, used to request its identity (--sign-in pipelines).",
  },
  {
    name: 'SYSTEM_OIDCREQUESTURI',
    owner: 'azure-identity',
    meaning: 'URL at which the pipeline job requests its identity.',
  },
  {
    name: 'ACTIONS_ID_TOKEN_REQUEST_URL',
    owner: 'azure-identity',
    meaning: 'URL at which a GitHub Actions job requests its identity (--sign-in github).',
  },
  { name: 'ACTIONS_ID_TOKEN_REQUEST_TOKEN', owner: 'azure-identity', meaning: 'Token for that request.' },
];
