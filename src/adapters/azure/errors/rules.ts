import { internalErrorRule, operationRules } from './operation-rules.ts';
import { requestRules } from './request-rules.ts';
import { bare, type ErrorRule } from './rule.ts';

/** First, because the text of a throttled request may mention quotas. */
const throttled: ErrorRule = {
  id: 'throttled',
  class: 'throttled',
  match: { status: [429] },
  hints: [
    'Azure limits requests per subscription and region. Wait, then run the same command again; see https://aka.ms/aks/throttling',
  ],
  source: 'AKS docs, quotas-skus-regions; ARM docs, request-limits-and-throttling',
  example: {
    status: 429,
    body: bare(
      'Throttled',
      "The PutAgentPoolHandler.PUT request limit has been exceeded for SubID='S', please retry again in 15 seconds.",
    ),
  },
};

/** The fallbacks after every rule with its own code or text. */
const general: readonly ErrorRule[] = [
  {
    id: 'missing',
    class: 'not-found',
    match: { status: [404] },
    hints: ['Check the names and the subscription: az aks list -o table'],
    source: 'HTTP 404',
    example: { status: 404, body: bare('SomethingNotFound', 'No such thing.') },
  },
  {
    id: 'conflict',
    class: 'conflict',
    match: { status: [409] },
    hints: [],
    source: 'HTTP 409',
    example: {
      status: 409,
      body: bare(
        'OperationNotAllowed',
        'Managed cluster is in stopped state, no operations except for start are allowed.',
      ),
    },
  },
  {
    id: 'timed-out',
    class: 'transient',
    match: { status: [408] },
    hints: ['Try again.'],
    source: 'HTTP 408',
    example: { status: 408, body: bare('RequestTimeout', 'Too slow.') },
  },
  {
    id: 'server-error',
    class: 'transient',
    match: { status: [500, 502, 503, 504] },
    hints: ['Azure had an internal error. Try again later; for known problems, see https://azure.status.microsoft'],
    source: 'HTTP 5xx',
    example: { status: 500, body: bare('InternalServerError', 'An internal error occurred.') },
  },
  {
    id: 'invalid',
    class: 'invalid',
    match: { status: [400, 405, 413, 415, 422] },
    hints: [],
    source: 'HTTP 4xx',
    example: {
      status: 400,
      body: bare('InvalidParameter', 'The value of parameter localDNSProfile.vnetDNSOverrides is invalid.', {
        target: 'localDNSProfile.vnetDNSOverrides',
      }),
    },
  },
];

/** The error catalogue, in the order in which it is matched. */
export const errorRules: readonly ErrorRule[] = [
  throttled,
  ...operationRules,
  ...requestRules,
  ...general,
  internalErrorRule,
];
