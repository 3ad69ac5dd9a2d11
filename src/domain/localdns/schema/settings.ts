import type { JsonObject } from '../../../core/json.ts';
import { overrideEnums } from '../../../model/profile.ts';
import { newerSettingsSince } from '../../../model/api-versions.ts';
import type { NewerSetting } from '../../../model/profile.ts';
import { goDuration, greatestValue, leastValues, type SettingName } from '../settings.ts';

function number(name: keyof typeof leastValues): JsonObject {
  return { type: 'integer', minimum: leastValues[name], maximum: greatestValue };
}

/** Each setting: what it is, in the words of the AKS documentation put plainly, and what it may be. */
export const settingSchemas: Readonly<Record<SettingName | NewerSetting, JsonObject>> = {
  queryLogging: {
    title: 'Query logging',
    description:
      "What LocalDNS writes to the node's journal for this zone: errors, or every query (and then no errors).",
    enum: [...overrideEnums.queryLogging],
  },
  protocol: {
    title: 'Protocol upstream',
    description:
      'How the upstream server is asked: UDP where the answer fits, or always TCP. ForceTCP cannot be used with serveStale Verify.',
    enum: [...overrideEnums.protocol],
  },
  forwardDestination: {
    title: 'Forward to',
    description: "Who answers what is not cached: the cluster's CoreDNS, or the DNS servers of the virtual network.",
    enum: [...overrideEnums.forwardDestination],
  },
  forwardPolicy: {
    title: 'Choice of upstream',
    description: 'In which order several upstream servers are asked.',
    enum: [...overrideEnums.forwardPolicy],
  },
  maxConcurrent: {
    title: 'Concurrent queries',
    description:
      'How many queries of this zone may wait for upstream at once; more are answered REFUSED. 0 is no limit.',
    ...number('maxConcurrent'),
    examples: [1000],
  },
  cacheDurationInSeconds: {
    title: 'Longest TTL',
    description: 'A cap on the TTL of cached answers, in seconds. It never raises a TTL.',
    ...number('cacheDurationInSeconds'),
    examples: [3600, 300, 30],
  },
  serveStaleDurationInSeconds: {
    title: 'Stale for at most',
    description: 'How long after the end of its TTL an answer may still be given, in seconds. 0 gives none.',
    ...number('serveStaleDurationInSeconds'),
    examples: [3600, 300],
  },
  serveStale: {
    title: 'Stale answers',
    description:
      'Immediate: the old answer at once, while upstream is asked. Verify: the old answer only where upstream fails. Disable: none.',
    anyOf: [
      { enum: [...overrideEnums.serveStale] },
      { const: 'Disabled', deprecated: true, description: "The documentation's word; the API's is Disable." },
    ],
  },
  failfastAllUnhealthyUpstreams: {
    title: 'Fail at once without upstreams',
    description: `From api-version ${newerSettingsSince} on: SERVFAIL, or the stale answer, at once while all upstream servers are known to be down.`,
    type: 'boolean',
    examples: [true],
  },
  healthCheck: {
    title: 'Watch upstreams',
    description: `From api-version ${newerSettingsSince} on: how an upstream server that failed is asked until it answers again.`,
    type: 'object',
    properties: {
      duration: {
        description: 'How often it is asked, such as 500ms or 1s. Without it the node writes no check.',
        type: 'string',
        pattern: goDuration.source,
        examples: ['1s'],
      },
      noRecursion: { description: 'Ask without recursion.', type: 'boolean' },
      noRec: { description: 'Documented as noRecursion.', deprecated: true, type: 'boolean' },
      domain: { $ref: '#/$defs/dnsName' },
    },
    additionalProperties: false,
    not: { required: ['noRecursion', 'noRec'] },
  },
};
