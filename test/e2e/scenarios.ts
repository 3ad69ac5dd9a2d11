import { cluster, edge, emptypool, userpool, type Child, type Rig } from '../support/e2e.ts';

/** What a command does in a scenario, as seen from outside. */
export interface Outcome {
  readonly scenario: string;
  readonly args: readonly string[];
  readonly code: number;
  /** Text on standard output or error, regardless of line breaks. */
  readonly words: readonly string[];
  /** Requests that may change something, including refused and lost ones. */
  readonly writes: number;
  /** Whether the feature is registered at the start; defaults to true. */
  readonly registered?: false;
  /** The simulator runs as slowly as Azure: an operation of minutes takes longer than the program. */
  readonly slow?: true;
  /** The simulator runs slowly, and this happens meanwhile. */
  readonly meanwhile?: (azure: Rig, child: Child) => Promise<void>;
  readonly before?: (azure: Rig) => Promise<void>;
}

const enable = ['nodepool', 'enable', ...userpool, '--yes'] as const;
const enableEmpty = ['nodepool', 'enable', ...emptypool, '--yes'] as const;
/** A report over the sample. */
const fleet = ['check', '--all-subscriptions', '--fail-on', 'none'] as const;
const subscription = ['--subscription', 'c0ffee00-1000-4000-8000-000000000001'] as const;

const onceItRuns = async (azure: Rig, child: Child): Promise<void> => {
  await child.says('Updating');
  azure.pass(3600);
};

/** Scenario -> command -> outcome. Every scenario of the simulator is here. */
export const outcomes: readonly Outcome[] = [
  {
    scenario: 'throttled-arm',
    args: enable,
    code: 0,
    words: ['Azure is throttling requests', 'stored the profile as sent'],
    writes: 2,
  },
  {
    scenario: 'throttled-aks',
    args: enable,
    code: 0,
    words: ['Azure is throttling requests', 'stored the profile as sent'],
    writes: 2,
  },
  {
    scenario: 'throttled-without-retry-after',
    args: enableEmpty,
    code: 0,
    words: ['Azure is throttling requests', 'stored the profile as sent'],
    writes: 2,
  },
  {
    scenario: 'other-operation',
    args: enable,
    code: 16,
    words: [
      'in progress',
      '--wait-for-operation',
      'aks-localdns nodepool wait',
      'aks-localdns nodepool operation-abort',
    ],
    writes: 1,
  },
  {
    scenario: 'cluster-operation',
    args: enable,
    code: 16,
    words: ['in progress', '--wait-for-operation', 'az aks wait --updated', 'az aks operation-abort'],
    writes: 1,
  },
  {
    scenario: 'strict-siblings',
    args: enableEmpty,
    code: 16,
    words: ['in progress', '--wait-for-operation', '-n linuxpool'],
    writes: 2,
    before: async (azure) => {
      await azure.run(['nodepool', 'enable', ...edge, '-n', 'linuxpool', '--yes', '--no-wait']);
    },
    slow: true,
  },
  { scenario: 'preempted', args: enable, code: 16, words: ['in progress', '--wait-for-operation'], writes: 1 },
  { scenario: 'etag-changed', args: enable, code: 0, words: ['stored the profile as sent'], writes: 2 },
  {
    scenario: 'etag-changed-profile',
    args: enable,
    code: 17,
    words: ['changed after the change was confirmed', 'nothing was sent'],
    writes: 1,
  },
  {
    scenario: 'autoscaler-at-work',
    args: enable,
    code: 0,
    words: ['autoscaled, 2 to 8', 'stored the profile as sent'],
    writes: 2,
  },
  { scenario: 'answer-lost', args: enable, code: 0, words: ['was lost', 'stored the profile as sent'], writes: 1 },
  { scenario: 'connection-reset', args: enable, code: 0, words: ['stored the profile as sent'], writes: 2 },
  { scenario: 'html-502', args: enable, code: 0, words: ['stored the profile as sent'], writes: 2 },
  { scenario: 'gateway-timeout', args: enable, code: 0, words: ['was lost', 'stored the profile as sent'], writes: 1 },
  { scenario: 'server-errors', args: enable, code: 0, words: ['stored the profile as sent'], writes: 1 },
  { scenario: 'token-expired', args: enable, code: 0, words: ['stored the profile as sent'], writes: 1 },
  {
    scenario: 'answer-too-large',
    args: enable,
    code: 0,
    words: ['was lost', 'larger than 64 MiB', 'stored the profile as sent'],
    writes: 1,
  },
  { scenario: 'answer-too-large', args: fleet, code: 11, words: ['"reading": "read"'], writes: 1 },
  {
    scenario: 'answer-too-large',
    args: [...fleet, '--source', 'graph'],
    code: 11,
    words: ['larger than 64 MiB and was not read further'],
    writes: 1,
  },
  {
    scenario: 'lists-missing',
    args: ['check', '--all-subscriptions'],
    code: 1,
    words: ["The response from Azure does not contain the list 'value' (HTTP 200)", 'Request id'],
    writes: 0,
  },
  {
    scenario: 'lists-missing',
    args: ['check', '--management-group', 'contoso'],
    code: 1,
    words: ["The response from Azure does not contain the list 'value' (HTTP 200)"],
    writes: 0,
  },
  {
    scenario: 'lists-missing',
    args: ['check', ...subscription],
    code: 11,
    words: ['could not be read', "The response from Azure does not contain the list 'value' (HTTP 200)"],
    writes: 5,
  },
  {
    scenario: 'lists-missing',
    args: ['check', ...subscription, '--source', 'graph'],
    code: 11,
    words: ['could not be read', "The response from Azure does not contain the list 'data' (HTTP 200)"],
    writes: 5,
  },
  { scenario: 'lists-missing', args: ['nodepool', 'list', ...cluster], code: 1, words: ["list 'value'"], writes: 0 },
  {
    scenario: 'drain-blocked',
    args: enable,
    code: 1,
    words: [
      'UpgradeFailed',
      'web-pdb',
      'disruption budget',
      'Request id: ',
      'Correlation id: ',
      'aks-localdns nodepool show',
    ],
    writes: 1,
  },
  {
    scenario: 'bootstrap-failed',
    args: enable,
    code: 1,
    words: ['217', 'localdns', 'aks-localdns nodepool show'],
    writes: 1,
  },
  { scenario: 'quota-during', args: enable, code: 1, words: ['QuotaExceeded', 'quota'], writes: 1 },
  { scenario: 'no-capacity', args: enable, code: 1, words: ['AllocationFailed', 'capacity'], writes: 1 },
  { scenario: 'subnet-full', args: enable, code: 1, words: ['SubnetIsFull'], writes: 1 },
  {
    scenario: 'failed-rolled-back',
    args: enable,
    code: 1,
    words: ['NodePoolUpdateFailed', 'last known good configuration was restored'],
    writes: 1,
  },
  {
    scenario: 'canceled-by-later',
    args: enable,
    code: 1,
    words: ['was canceled', 'canceled by a later operation'],
    writes: 1,
  },
  {
    scenario: 'never-ends',
    args: [...enable, '--timeout', '10s'],
    code: 13,
    words: ['has not finished', 'the operation continues in Azure', 'aks-localdns nodepool wait'],
    writes: 1,
  },
  { scenario: 'odd-status', args: enable, code: 0, words: ['stored the profile as sent'], writes: 1 },
  {
    scenario: 'status-refused',
    args: enable,
    code: 0,
    words: ['stored the profile as sent'],
    writes: 1,
    meanwhile: onceItRuns,
  },
  {
    scenario: 'status-gone',
    args: enable,
    code: 0,
    words: ['stored the profile as sent'],
    writes: 1,
    meanwhile: onceItRuns,
  },
  {
    scenario: 'profile-not-stored',
    args: enable,
    code: 18,
    words: ['Azure reported success', 'not stored as sent'],
    writes: 1,
  },
  { scenario: 'field-lost', args: enable, code: 18, words: ['nodeLabels', 'x-future', 'also changed'], writes: 1 },
  { scenario: 'quota', args: enable, code: 1, words: ['quota'], writes: 1 },
  {
    scenario: 'quota',
    args: [...enable, '--max-surge', '0', '--max-unavailable', '1'],
    code: 0,
    words: ['stored the profile as sent'],
    writes: 1,
  },
  {
    scenario: 'policy-denied',
    args: enable,
    code: 4,
    words: ['RequestDisallowedByPolicy', 'Node pools only through the platform team'],
    writes: 1,
  },
  {
    scenario: 'locked',
    args: enable,
    code: 4,
    words: ['ScopeLocked', 'az lock list -g rg-demo --subscription c0ffee00-'],
    writes: 1,
  },
  { scenario: 'not-permitted', args: enable, code: 4, words: ['AuthorizationFailed', 'agentPools/write'], writes: 1 },
  { scenario: 'no-access', args: [...enable, ...subscription], code: 4, words: ['AuthorizationFailed'], writes: 0 },
  {
    scenario: 'pool-rights-only',
    args: [...enable, ...subscription],
    code: 11,
    words: ['could not be evaluated', '--ignore'],
    writes: 0,
  },
  {
    scenario: 'subnet-join-denied',
    args: enable,
    code: 4,
    words: ['LinkedAuthorizationFailed', 'subnets/join/action'],
    writes: 1,
  },
  { scenario: 'disruption-policy-block', args: enable, code: 1, words: ['disruption'], writes: 1 },
  {
    scenario: 'provider-not-registered',
    args: enable,
    code: 10,
    words: ['provider-registered', 'aks-localdns provider register'],
    writes: 0,
  },
  { scenario: 'provider-not-registered', args: ['setup'], code: 0, words: ['"done"'], writes: 1 },
  {
    scenario: 'long-registration',
    args: ['setup', '--timeout', '8s'],
    code: 13,
    words: ['still Registering', 'aks-localdns setup'],
    writes: 1,
    registered: false,
    slow: true,
  },
  { scenario: 'feature-registered', args: ['check', ...userpool], code: 0, words: ['"feature-registered"'], writes: 0 },
  {
    scenario: 'feature-pending',
    args: ['setup', '--timeout', '8s'],
    code: 13,
    words: ['still Pending', 'aks-localdns setup'],
    writes: 0,
    registered: false,
  },
  {
    scenario: 'feature-unknown',
    args: ['setup'],
    code: 0,
    words: ['does not know the feature', '--ruleset ga'],
    writes: 0,
    registered: false,
  },
  {
    scenario: 'feature-required',
    args: [...enable, '--ignore', 'feature-registered'],
    code: 1,
    words: ['LocalDNSPreview'],
    writes: 1,
    registered: false,
  },
  { scenario: 'old-api-version', args: enable, code: 0, words: ['stored the profile as sent'], writes: 1 },
  { scenario: 'no-localdns-api', args: ['check', ...cluster], code: 1, words: ['LocalDNS', '2025-08-01'], writes: 0 },
  {
    scenario: 'graph-throttled',
    args: fleet,
    code: 11,
    words: ['Azure is throttling requests', '"reading": "read"'],
    writes: 3,
  },
  { scenario: 'graph-denied', args: fleet, code: 11, words: ['"reading": "read"'], writes: 1 },
  { scenario: 'graph-old-api-version', args: fleet, code: 11, words: ['"reading": "read"'], writes: 1 },
  { scenario: 'graph-no-profiles', args: fleet, code: 11, words: ['"eligibility": "enabled"'], writes: 1 },
  { scenario: 'graph-page-fails', args: fleet, code: 11, words: ['"reading": "read"'], writes: 6 },
  { scenario: 'graph-truncated', args: fleet, code: 11, words: ['"reading": "read"'], writes: 1 },
  {
    scenario: 'graph-subscription-limit',
    args: enableEmpty,
    code: 0,
    words: ['stored the profile as sent'],
    writes: 1,
  },
  { scenario: 'subscriptions-denied', args: enableEmpty, code: 0, words: ['stored the profile as sent'], writes: 1 },
  {
    scenario: 'list-fails',
    args: [...fleet, '--source', 'arm'],
    code: 11,
    words: ['could not be read'],
    writes: 0,
  },
  { scenario: 'graph-stale', args: enable, code: 0, words: ['"changed": false'], writes: 0 },
  { scenario: 'region-without-skus', args: enable, code: 11, words: ['could not be evaluated', 'vm-vcpus'], writes: 0 },
  { scenario: 'cluster-vanishes', args: enable, code: 3, words: ['ResourceNotFound'], writes: 0 },
  { scenario: 'own-network', args: enable, code: 0, words: ['stored the profile as sent'], writes: 1 },
];
