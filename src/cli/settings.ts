/** What the Azure CLI's config file and environment, and our own environment, settle before a command runs. */
export interface Settings {
  /** AZURE_CONFIG_DIR, else ~/.azure. Absolute. */
  readonly azureConfigDir: string;
  /** [core] output / AZURE_CORE_OUTPUT. */
  readonly output: string | undefined;
  readonly onlyShowErrors: boolean;
  readonly noColor: boolean;
  /** [defaults] group / AZURE_DEFAULTS_GROUP. */
  readonly defaultGroup: string | undefined;
  /** [cloud] name / AZURE_CLOUD_NAME; AzureCloud, AzureUSGovernment or AzureChinaCloud. */
  readonly cloud: string;
  readonly ruleset: string | undefined;
  /** --sign-in, else AKS_LOCALDNS_SIGN_IN. */
  readonly signIn: string | undefined;
  /** Where caches go: AKS_LOCALDNS_CACHE_DIR, else XDG_CACHE_HOME/aks-localdns, else ~/.cache/aks-localdns. Absolute. */
  readonly cacheDir: string;
  readonly armEndpoint: string | undefined;
  readonly caFile: string | undefined;
  readonly allowEndpoint: boolean;
}
