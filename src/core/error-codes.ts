import type { ExitCodeName } from './exit-codes.ts';

/** The codes of errors, as data: types, the docs page and tests walk this table. */
export interface ErrorCodeRecord {
  readonly code: string;
  readonly meaning: string;
  /** How a command ends with it; `error` where nothing is said. */
  readonly exit?: ExitCodeName;
}

export const errorCodes = [
  // The command line, and the program itself.
  { code: 'usage', exit: 'usage', meaning: 'The command line is wrong.' },
  { code: 'consent-needed', exit: 'usage', meaning: 'A confirmation is needed and nobody can be asked: use --yes.' },
  { code: 'terminal-needed', exit: 'usage', meaning: 'A question has no answer, and nobody can be asked.' },
  { code: 'query-invalid', exit: 'usage', meaning: 'The expression of --query is not valid JMESPath.' },
  { code: 'query-failed', exit: 'usage', meaning: 'The expression of --query does not fit the result.' },
  {
    code: 'unknown-cloud',
    exit: 'usage',
    meaning: 'The Azure CLI or the environment names a cloud that is not known.',
  },
  { code: 'declined', meaning: 'The question was answered no; nothing was changed.' },
  { code: 'interrupted', exit: 'interrupted', meaning: 'Interrupted by Ctrl-C.' },
  { code: 'terminated', exit: 'terminated', meaning: 'Ended by SIGTERM.' },
  { code: 'unexpected', meaning: 'An error that the program does not expect: likely a bug.' },
  { code: 'demo-failed', meaning: 'A command of the demo failed, and the demo ended.' },

  // Files.
  { code: 'file-not-found', exit: 'not-found', meaning: 'A file is not there.' },
  { code: 'file-not-readable', meaning: 'A file cannot be read.' },
  { code: 'file-not-written', meaning: 'A file could not be written.' },
  { code: 'file-too-large', meaning: 'A file, or a line in it, is larger than what is read.' },
  { code: 'file-exists', meaning: 'The file to write exists, and was left as it is.' },
  { code: 'config-not-valid', exit: 'findings', meaning: 'The localdnsconfig.json is not valid.' },
  { code: 'export-refused', exit: 'findings', meaning: 'The profile cannot be exported to this format.' },
  { code: 'plan-not-valid', exit: 'usage', meaning: 'The file is not a plan.' },
  { code: 'facts-not-valid', meaning: 'The file of --from-facts is not valid.' },
  { code: 'report-not-valid', meaning: 'The file is not a report.' },
  { code: 'report-version', meaning: 'The report was written by another version of the program.' },

  // Subscriptions and node pools.
  { code: 'no-subscription', exit: 'usage', meaning: 'No subscription was named, and none is active.' },
  { code: 'subscription-not-found', exit: 'not-found', meaning: 'This account has no such subscription.' },
  { code: 'subscription-ambiguous', exit: 'usage', meaning: 'Several subscriptions have the name: use the id.' },
  { code: 'pool-not-found', exit: 'not-found', meaning: 'The cluster has no such node pool.' },
  { code: 'pool-exists', meaning: 'The node pool to add exists; nothing was changed.' },
  { code: 'pool-stopped', meaning: 'The node pool is stopped and has no nodes to reimage; nothing was sent.' },
  { code: 'no-pools', exit: 'not-found', meaning: 'The cluster has no node pool that LocalDNS can be set on.' },
  {
    code: 'pools-refused',
    meaning: 'Several node pools cannot be changed, for different reasons; nothing was changed.',
  },
  { code: 'no-profile', exit: 'not-found', meaning: 'LocalDNS was never configured on the node pool.' },
  { code: 'prerequisites-failed', exit: 'findings', meaning: 'A prerequisite is not met; nothing was changed.' },
  {
    code: 'prerequisites-unknown',
    exit: 'unknown',
    meaning: 'A prerequisite could not be judged; nothing was changed.',
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
    meaning: 'Another operation runs on the node pool or the cluster; nothing was sent.',
  },
  { code: 'answer-lost', meaning: 'No answer came to a request, and what became of it is not known.' },
  {
    code: 'still-waiting',
    exit: 'waiting',
    meaning: 'The operation in Azure has not ended within --timeout, and goes on.',
  },
  {
    code: 'still-registering',
    exit: 'waiting',
    meaning: 'Azure is still registering at the end of --timeout, and goes on.',
  },
  { code: 'profile-not-stored', exit: 'unproven', meaning: 'Azure reports success, but stored another profile.' },

  // Other programs on this machine, and the simulator.
  { code: 'program-not-found', exit: 'not-found', meaning: 'A program is not installed, or cannot be run.' },
  { code: 'program-timed-out', meaning: 'A program did not end in time, and was ended.' },
  { code: 'program-output-too-large', meaning: 'A program wrote more than is read, and was ended.' },
  { code: 'coredns-not-found', exit: 'not-found', meaning: 'There is no program coredns.' },
  { code: 'coredns-refused', meaning: 'CoreDNS does not start with the Corefile, or finds no ports.' },
  { code: 'port-taken', meaning: 'The port of the simulator is in use.' },
  { code: 'request-too-large', meaning: 'The simulator was sent a request of more than 8 MiB.' },

  // What Azure answered. The error has Azure's own code as well.
  { code: 'azure-invalid', meaning: 'Azure refused the request as invalid.' },
  { code: 'azure-quota', meaning: 'A quota is exhausted: of vCPUs, or another.' },
  { code: 'azure-capacity', meaning: 'The region has no capacity for the VM size at the moment.' },
  { code: 'azure-network-capacity', meaning: 'The subnet has too few free addresses.' },
  { code: 'azure-not-signed-in', exit: 'not-permitted', meaning: 'Not signed in, or the sign-in has expired.' },
  { code: 'azure-not-permitted', exit: 'not-permitted', meaning: 'The account lacks a permission.' },
  { code: 'azure-policy', exit: 'not-permitted', meaning: 'An Azure policy forbids the request.' },
  { code: 'azure-locked', exit: 'not-permitted', meaning: 'A resource lock forbids the request.' },
  { code: 'azure-subscription-disabled', meaning: 'The subscription is disabled.' },
  { code: 'azure-not-found', exit: 'not-found', meaning: 'Azure does not know the resource.' },
  { code: 'azure-provider-not-registered', meaning: 'The resource provider is not registered on the subscription.' },
  { code: 'azure-feature-not-registered', meaning: 'The preview feature is not registered on the subscription.' },
  { code: 'azure-operation-in-progress', exit: 'locked', meaning: 'Another operation runs on the resource.' },
  { code: 'azure-conflict', meaning: 'The request conflicts with the state of the resource.' },
  { code: 'azure-precondition-failed', meaning: 'The resource changed since it was read; nothing was written.' },
  { code: 'azure-throttled', meaning: 'Azure limits the requests, and goes on to after several tries.' },
  { code: 'azure-drain', meaning: 'A node could not be drained.' },
  { code: 'azure-node-bootstrap', meaning: 'A node did not come up; exit codes 216 to 219 mean LocalDNS itself.' },
  { code: 'azure-overridden', meaning: 'A later operation took the place of this one.' },
  { code: 'azure-transient', meaning: 'Azure failed for the moment (HTTP 5xx).' },
  { code: 'azure-connection', meaning: 'No answer came: the network, a proxy, DNS or TLS.' },
  { code: 'azure-unexpected', meaning: "The answer is not one of Azure's API, such as the page of a proxy." },
  { code: 'azure-unknown', meaning: 'Azure refused for a reason that the program does not know.' },
] as const satisfies readonly ErrorCodeRecord[];

export type ErrorCode = (typeof errorCodes)[number]['code'];
/** Those of wrong usage. */
export type UsageErrorCode = Extract<(typeof errorCodes)[number], { readonly exit: 'usage' }>['code'];

const exits: ReadonlyMap<string, ExitCodeName> = new Map(
  errorCodes.flatMap((record) => ('exit' in record ? [[record.code, record.exit] as const] : [])),
);

export function exitOf(code: ErrorCode): ExitCodeName {
  return exits.get(code) ?? 'error';
}
