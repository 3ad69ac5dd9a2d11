import { gatewayError, html, ok, type Reply } from '../arm/reply.ts';
import { expiredToken } from '../arm/token.ts';
import type { ScenarioRecord } from './scenario.ts';

const reads = [
  'subscriptions.get',
  'clusters.get',
  'agentPools.get',
  'agentPools.list',
  'features.get',
  'providers.get',
  'compute.skus',
];
const lists = [
  'subscriptions.list',
  'managementGroups.descendants',
  'graph.resources',
  'clusters.list*',
  'agentPools.list',
  'compute.skus',
  'compute.usages',
];
const always = Number.POSITIVE_INFINITY;
const writes = ['agentPools.put', 'agentPools.upgradeNodeImageVersion', 'agentPools.abort'];
const badGateway =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>Microsoft-Azure-Application-Gateway/v2</center>\r\n</body>\r\n</html>\r\n';

/** More than any answer of Azure's, all of it one text of JSON. */
function tooLarge(): Reply {
  const content = `"${' '.repeat(65 * 1_048_576)}"`;
  return { status: 200, body: undefined, headers: {}, text: { type: 'application/json', content }, fromProvider: true };
}

/** What happens between the client and Azure. */
export const connectionScenarios: readonly ScenarioRecord[] = [
  {
    name: 'answer-lost',
    summary: 'The first write is accepted and carried out, but the connection ends before the answer arrives.',
    source: 'any network',
    faults: [{ routes: writes, effect: { kind: 'lose-answer' } }],
  },
  {
    name: 'connection-reset',
    summary:
      'The connection is reset on the second and third read, on the first write (which is not carried out) and on the second poll.',
    source: 'any network',
    faults: [
      { routes: reads, skip: 1, times: 2, effect: { kind: 'reset' } },
      { routes: writes, effect: { kind: 'reset' } },
      { routes: ['operations.get'], skip: 1, effect: { kind: 'reset' } },
    ],
  },
  {
    name: 'html-502',
    summary:
      'A gateway answers 502 with an HTML page to two reads, to the first write (which is not carried out) and to a poll.',
    source: 'any proxy; ARM answers no HTML',
    faults: [
      { routes: reads, skip: 1, times: 2, effect: { kind: 'answer', answer: () => html(502, badGateway) } },
      { routes: writes, effect: { kind: 'answer', answer: () => html(502, badGateway) } },
      { routes: ['operations.get'], skip: 1, effect: { kind: 'answer', answer: () => html(502, badGateway) } },
    ],
  },
  {
    name: 'gateway-timeout',
    summary: 'The first write is carried out, but ARM answers 504.',
    source: 'ARM documentation: GatewayTimeout says nothing about the outcome',
    faults: [
      {
        routes: writes,
        effect: {
          kind: 'answer-after',
          answer: () =>
            gatewayError(
              504,
              'GatewayTimeout',
              'The gateway did not receive a response from the Microsoft.ContainerService resource provider within the specified time period.',
            ),
        },
      },
    ],
  },
  {
    name: 'server-errors',
    summary: 'ARM answers 500 and 503 to two reads and to a poll.',
    source: 'ARM documentation',
    faults: [
      {
        routes: reads,
        skip: 1,
        effect: {
          kind: 'answer',
          answer: () => gatewayError(500, 'InternalServerError', 'Encountered internal server error.'),
        },
      },
      {
        routes: reads,
        skip: 2,
        effect: {
          kind: 'answer',
          answer: () =>
            gatewayError(503, 'ServiceUnavailable', 'The service is unavailable.', { headers: { 'retry-after': '3' } }),
        },
      },
      {
        routes: ['operations.get'],
        skip: 1,
        effect: {
          kind: 'answer',
          answer: () => gatewayError(500, 'InternalServerError', 'Encountered internal server error.'),
        },
      },
    ],
  },
  {
    name: 'token-expired',
    summary: 'The second read is answered 401: the access token has expired. The next one succeeds.',
    source: 'ARM: ExpiredAuthenticationToken with WWW-Authenticate',
    faults: [{ routes: reads, skip: 1, effect: { kind: 'answer', answer: () => expiredToken() } }],
  },
  {
    name: 'answer-too-large',
    summary:
      'The first write is accepted and carried out, but its answer has no end in sight (65 MiB); so has Resource Graph.',
    source: 'chosen; what a broken proxy may send',
    faults: [
      { routes: writes, effect: { kind: 'answer-after', answer: tooLarge } },
      { routes: ['graph.resources'], times: always, effect: { kind: 'answer', answer: tooLarge } },
    ],
  },
  {
    name: 'lists-missing',
    summary: 'Every list is answered 200 with an empty object: no clusters are said to be there, and none not to be.',
    source: 'chosen; what a proxy or a gateway may make of an answer',
    faults: [{ routes: lists, times: always, effect: { kind: 'answer', answer: () => ok({}) } }],
  },
];
