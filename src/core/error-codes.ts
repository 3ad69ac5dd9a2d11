import type { ExitCodeName } from './exit-codes.ts';

/** The error codes as data; the types, the docs and the tests read this table. */
export interface ErrorCodeRecord {
  readonly code: string;
  readonly meaning: string;
  /** The exit code of a command that fails with it; defaults to `error`. */
  readonly exit?: ExitCodeName;
}

export const errorCodes = [
  // The command line and the program itself.
  { code: 'usage', exit: 'usage', meaning: 'The command line is invalid.' },
  {
    code: 'consent-needed',
    exit: 'usage',
    meaning: 'Confirmation is required but there is no terminal to prompt on. Use --yes.',
  },
  { code: 'terminal-needed', exit: 'usage', meaning: 'A question has no answer, and nobody can be asked.' },
  { code: 'query-invalid', exit: 'usage', meaning: 'The --query expression is not valid JMESPath.' },
  { code: 'query-failed', exit: 'usage', meaning: 'The --query expression cannot be applied to the result.' },
  {
    code: 'unknown-cloud',
    exit: 'usage',
    meaning: 'The cloud name in the Azure CLI configuration or the environment is unknown.',
  },
  { code: 'declined', meaning: 'The confirmation prompt was declined; nothing was changed.' },
  { code: 'interrupted', exit: 'interrupted', meaning: 'Interrupted by Ctrl-C.' },
  { code: 'terminated', exit: 'terminated', meaning: 'Terminated by SIGTERM.' },
  { code: 'unexpected', meaning: 'An unexpected error, probably a bug.' },
  { code: 'demo-failed', meaning: 'A demo command failed and the demo stopped.' },

  // Files.
  { code: 'file-not-found', exit: 'not-found', meaning: 'A file does not exist.' },
  { code: 'file-not-readable', meaning: 'A file could not be read.' },
  { code: 'file-not-written', meaning: 'A file could not be written.' },
  { code: 'file-too-large', meaning: 'A file, or a line in it, exceeds the size limit.' },
  { code: 'file-exists', meaning: 'The file to write already exists and was not changed.' },
  { code: 'config-not-valid', exit: 'findings', meaning: 'The localdnsconfig.json is not valid.' },
  { code: 'export-refused', exit: 'findings', meaning: 'The profile cannot be exported to this format.' },
  { code: 'plan-not-valid', exit: 'usage', meaning: 'The file is not a plan.' },
  { code: 'facts-not-valid', meaning: 'The --from-facts file is not valid.' },
  { code: 'report-not-valid', meaning: 'The file is not a report.' },
  { code: 'report-version', meaning: 'The report was written by another version of aks-localdns.' },

  // Subscriptions and node pools.
  { code: 'no-subscription', exit: 'usage', meaning: 'No subscription was specified and none is active.' },
  { code: 'subscription-not-found', exit: 'not-found', meaning: 'The subscription was not found with this account.' },
  {
    code: 'subscription-ambiguous',
    exit: 'usage',
    meaning: 'Several subscriptions have this name. Use the subscription ID.',
  },
  { code: 'pool-not-found', exit: 'not-found', meaning: 'The node pool was not found in the cluster.' },
  { code: 'pool-exists', meaning: 'The node pool to add already exists; nothing was changed.' },
  { code: 'pool-stopped', meaning: 'The node pool is stopped and has no nodes to reimage; nothing was sent.' },
  { code: 'no-pools', exit: 'not-found', meaning: 'The cluster has no node pool that supports LocalDNS.' },
  {
    code: 'pools-refused',
    meaning: 'Several node pools cannot be changed, for different reasons; nothing was changed.',
  },
  {
    code: 'api-version-missing',
    meaning: 'The profile has settings for which the cloud has no api-version yet; nothing was sent.',
  },
  { code: 'no-profile', exit: 'not-found', meaning: 'LocalDNS was never configured on the node pool.' },
  {
    code: 'outside-limits',
    exit: 'findings',
    meaning: 'AKS documents that it refuses what is asked for; nothing was changed.',
  },
  { code: 'prerequisites-failed', exit: 'findings', meaning: 'A prerequisite is not met; nothing was changed.' },
  {
    code: 'prerequisites-unknown',
    exit: 'unknown',
    meaning: 'A prerequisite could not be evaluated; nothing was changed.',
  },

  // Changes.
  {
    code: 'pool-changed',
    exit: 'stale',
    meaning: 'The node pool changed after the change was confirmed; nothing was sent.',
  },
  {
    code: 'operation-in-progress',
    exit: 'locked',
    meaning: 'Another operation is running on the node pool or the cluster; nothing was sent.',
  },
  { code: 'answer-lost', meaning: 'No response was received, and the outcome of the request is unknown.' },
  {
    code: 'still-waiting',
    exit: 'waiting',
    meaning: 'The Azure operation did not finish within --timeout; it continues.',
  },
  {
    code: 'still-registering',
    exit: 'waiting',
    meaning: 'The registration did not finish within --timeout; it continues.',
  },
  {
    code: 'timed-out',
    exit: 'waiting',
    meaning: 'The time limit of --timeout expired before the request was sent or answered.',
  },
  { code: 'profile-not-stored', exit: 'unproven', meaning: 'Azure reported success but stored a different profile.' },

  // Other programs on this machine, and the simulator.
  { code: 'program-not-found', exit: 'not-found', meaning: 'A program is not installed or not executable.' },
  { code: 'program-timed-out', meaning: 'A program did not finish in time and was stopped.' },
  { code: 'program-output-too-large', meaning: 'A program exceeded the output limit and was stopped.' },
  { code: 'coredns-not-found', exit: 'not-found', meaning: 'The coredns program was not found.' },
  { code: 'coredns-refused', meaning: 'CoreDNS did not start with the Corefile, or found no free ports.' },
  { code: 'kubernetes-no-context', exit: 'not-found', meaning: 'The kubeconfig has no such context.' },
  {
    code: 'kubernetes-other-cluster',
    meaning: 'The kubeconfig context is not proven to be the cluster; nothing was done in it.',
  },
  { code: 'kubernetes-no-way', meaning: 'None of the ways to the API server of the cluster works.' },
  { code: 'kubernetes-unreachable', meaning: 'The API server of the cluster cannot be reached.' },
  {
    code: 'kubernetes-not-signed-in',
    exit: 'not-permitted',
    meaning: 'The API server of the cluster does not accept the credentials.',
  },
  {
    code: 'kubernetes-not-permitted',
    exit: 'not-permitted',
    meaning: 'The account lacks a Kubernetes permission in the cluster.',
  },
  { code: 'kubernetes-failed', meaning: 'The API server of the cluster, or kubectl, reported another error.' },
  { code: 'run-command-disabled', meaning: 'Run command is switched off on the cluster.' },
  { code: 'run-command-failed', meaning: 'Azure could not run a command in the cluster.' },
  { code: 'run-command-output-cut', meaning: 'A command in the cluster printed more than Azure returns.' },
  { code: 'kubeconfig-not-usable', meaning: "The cluster's user credentials are not a usable kubeconfig." },
  { code: 'port-taken', meaning: 'The port of the simulator is in use.' },
  { code: 'request-too-large', meaning: 'The simulator received a request larger than 8 MiB.' },

  // Errors from Azure. They also carry Azure's own error code.
  { code: 'azure-invalid', meaning: 'Azure rejected the request as invalid.' },
  { code: 'azure-quota', meaning: 'A quota is exhausted, such as vCPUs.' },
  { code: 'azure-capacity', meaning: 'The region has no capacity for the VM size at the moment.' },
  { code: 'azure-network-capacity', meaning: 'The subnet has too few free addresses.' },
  { code: 'azure-not-signed-in', exit: 'not-permitted', meaning: 'Not signed in, or the sign-in has expired.' },
  { code: 'azure-not-permitted', exit: 'not-permitted', meaning: 'The account lacks a permission.' },
  { code: 'azure-policy', exit: 'not-permitted', meaning: 'Azure Policy denied the request.' },
  { code: 'azure-locked', exit: 'not-permitted', meaning: 'A resource lock blocks the request.' },
  { code: 'azure-subscription-disabled', meaning: 'The subscription is disabled.' },
  { code: 'azure-not-found', exit: 'not-found', meaning: 'The resource was not found.' },
  { code: 'azure-provider-not-registered', meaning: 'The resource provider is not registered on the subscription.' },
  { code: 'azure-feature-not-registered', meaning: 'The preview feature is not registered on the subscription.' },
  { code: 'azure-operation-in-progress', exit: 'locked', meaning: 'Another operation is running on the resource.' },
  { code: 'azure-conflict', meaning: 'The request conflicts with the state of the resource.' },
  { code: 'azure-precondition-failed', meaning: 'The resource changed after it was read; nothing was written.' },
  { code: 'azure-throttled', meaning: 'Azure still throttled the request after several attempts.' },
  { code: 'azure-drain', meaning: 'A node could not be drained.' },
  { code: 'azure-node-bootstrap', meaning: 'A node did not start; exit codes 216 to 219 mean LocalDNS itself.' },
  { code: 'azure-overridden', meaning: 'The operation was canceled by a later one.' },
  { code: 'azure-transient', meaning: 'Azure had a temporary failure (HTTP 5xx).' },
  { code: 'azure-connection', meaning: 'No response was received: the network, a proxy, DNS or TLS.' },
  { code: 'azure-unexpected', meaning: "The response did not come from the Azure API, for example a proxy's page." },
  { code: 'azure-unknown', meaning: 'Azure reported an error that aks-localdns does not recognize.' },
] as const satisfies readonly ErrorCodeRecord[];

export type ErrorCode = (typeof errorCodes)[number]['code'];
/** The codes of incorrect usage. */
export type UsageErrorCode = Extract<(typeof errorCodes)[number], { readonly exit: 'usage' }>['code'];

const exits: ReadonlyMap<string, ExitCodeName> = new Map(
  errorCodes.flatMap((record) => ('exit' in record ? [[record.code, record.exit] as const] : [])),
);

export function exitOf(code: ErrorCode): ExitCodeName {
  return exits.get(code) ?? 'error';
}
