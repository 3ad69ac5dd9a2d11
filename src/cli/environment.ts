import { list } from '../core/text.ts';
import { cloudNames } from '../model/clouds.ts';

/** Every environment variable that the program reads, as data: the docs page and the settings walk it. */
export interface EnvironmentRecord {
  readonly name: string;
  readonly meaning: string;
  /** Whose variable it is: the Azure CLI's, ours, the identity library's, or a convention of terminals. */
  readonly owner: 'azure-cli' | 'aks-localdns' | 'azure-identity' | 'terminal' | 'network';
  /** `[section] key` of the Azure CLI's config file that says the same, where there is one. */
  readonly config?: string;
}

export const environmentVariables: readonly EnvironmentRecord[] = [
  {
    name: 'AZURE_CONFIG_DIR',
    owner: 'azure-cli',
    meaning: "The Azure CLI's directory, with its config file and azureProfile.json. Default: ~/.azure.",
  },
  {
    name: 'AZURE_CORE_OUTPUT',
    owner: 'azure-cli',
    config: '[core] output',
    meaning: 'The output format where -o is not given.',
  },
  {
    name: 'AZURE_CORE_ONLY_SHOW_ERRORS',
    owner: 'azure-cli',
    config: '[core] only_show_errors',
    meaning: 'Show errors only, as --only-show-errors does.',
  },
  {
    name: 'AZURE_CORE_NO_COLOR',
    owner: 'azure-cli',
    config: '[core] no_color',
    meaning: 'No colour, as --no-color does.',
  },
  {
    name: 'AZURE_DEFAULTS_GROUP',
    owner: 'azure-cli',
    config: '[defaults] group',
    meaning: 'The resource group where -g is not given.',
  },
  {
    name: 'AZURE_CLOUD_NAME',
    owner: 'azure-cli',
    config: '[cloud] name',
    meaning: `The cloud: ${list(cloudNames, 'or')}.`,
  },
  {
    name: 'AKS_LOCALDNS_RULESET',
    owner: 'aks-localdns',
    meaning: 'The rule set where --ruleset is not given: preview or ga.',
  },
  { name: 'AKS_LOCALDNS_SIGN_IN', owner: 'aks-localdns', meaning: 'The way to sign in where --sign-in is not given.' },
  {
    name: 'AKS_LOCALDNS_CACHE_DIR',
    owner: 'aks-localdns',
    meaning: 'Where VM sizes are cached. Default: aks-localdns in XDG_CACHE_HOME, else in ~/.cache.',
  },
  {
    name: 'AKS_LOCALDNS_ARM_ENDPOINT',
    owner: 'aks-localdns',
    meaning:
      'Another ARM endpoint, such as the simulator: https only, and on loopback only unless AKS_LOCALDNS_ALLOW_ENDPOINT is set.',
  },
  {
    name: 'AKS_LOCALDNS_CA_FILE',
    owner: 'aks-localdns',
    meaning: 'A PEM file with a further certificate authority to trust for ARM.',
  },
  {
    name: 'AKS_LOCALDNS_ALLOW_ENDPOINT',
    owner: 'aks-localdns',
    meaning: '1 allows an ARM endpoint that is not on loopback. The token goes there.',
  },
  { name: 'XDG_CACHE_HOME', owner: 'terminal', meaning: 'The base directory of caches.' },
  { name: 'NO_COLOR', owner: 'terminal', meaning: 'Any value: no colour.' },
  {
    name: 'FORCE_COLOR',
    owner: 'terminal',
    meaning: 'Any value but 0: colour even where the output is not a terminal.',
  },
  { name: 'TERM', owner: 'terminal', meaning: 'dumb: no colour and no moving progress.' },
  { name: 'HTTPS_PROXY', owner: 'network', meaning: 'The proxy for requests to Azure.' },
  { name: 'NO_PROXY', owner: 'network', meaning: 'Hosts that are reached without the proxy, separated by commas.' },
  {
    name: 'AZURE_CLIENT_ID',
    owner: 'azure-identity',
    meaning: 'The application or user-assigned managed identity to sign in as.',
  },
  { name: 'AZURE_TENANT_ID', owner: 'azure-identity', meaning: 'The tenant to sign in to.' },
  { name: 'AZURE_CLIENT_SECRET', owner: 'azure-identity', meaning: 'The secret of the application (--sign-in env).' },
  {
    name: 'AZURE_CLIENT_CERTIFICATE_PATH',
    owner: 'azure-identity',
    meaning: 'The certificate of the application (--sign-in env).',
  },
  {
    name: 'AZURE_FEDERATED_TOKEN_FILE',
    owner: 'azure-identity',
    meaning: 'The token of the workload identity (--sign-in workload-identity).',
  },
  {
    name: 'IDENTITY_ENDPOINT',
    owner: 'azure-identity',
    meaning: 'The managed identity endpoint of App Service, and of the simulator.',
  },
  { name: 'IDENTITY_HEADER', owner: 'azure-identity', meaning: 'The secret header of that endpoint.' },
  {
    name: 'AZURESUBSCRIPTION_CLIENT_ID',
    owner: 'azure-identity',
    meaning: 'The application of an Azure Pipelines service connection (--sign-in pipelines).',
  },
  { name: 'AZURESUBSCRIPTION_TENANT_ID', owner: 'azure-identity', meaning: 'The tenant of that service connection.' },
  {
    name: 'AZURESUBSCRIPTION_SERVICE_CONNECTION_ID',
    owner: 'azure-identity',
    meaning: 'The id of that service connection.',
  },
  {
    name: 'SYSTEM_ACCESSTOKEN',
    owner: 'azure-identity',
    meaning: "The pipeline job's own token, with which it asks for its identity (--sign-in pipelines).",
  },
  { name: 'SYSTEM_OIDCREQUESTURI', owner: 'azure-identity', meaning: 'Where the pipeline job asks for it.' },
  {
    name: 'ACTIONS_ID_TOKEN_REQUEST_URL',
    owner: 'azure-identity',
    meaning: 'Where a GitHub Actions job asks for its identity (--sign-in github).',
  },
  { name: 'ACTIONS_ID_TOKEN_REQUEST_TOKEN', owner: 'azure-identity', meaning: 'The token with which it asks.' },
];
