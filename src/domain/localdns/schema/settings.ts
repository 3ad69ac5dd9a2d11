import type { JsonObject } from '../../../core/json.ts';
import { overrideEnums } from '../../../model/profile.ts';
import { newerSettingsSince } from '../../../model/api-versions.ts';
import type { NewerSetting } from '../../../model/profile.ts';
import { goDuration, maxValue, minValues, type SettingName } from '../settings.ts';

function number(name: keyof typeof minValues): JsonObject {
  return { type: 'integer', minimum: minValues[name], maximum: maxValue };
}

/** The description and the valid values of each setting. */
export const settingSchemas: Readonly<Record<SettingName | NewerSetting, JsonObject>> = {
  queryLogging: {
    title: 'Query logging',
    description:
      "What LocalDNS writes to the node's journal for this zone: errors, or every query (but then no errors).",
    enum: [...overrideEnums.queryLogging],
  },
  protocol: {
    title: 'Upstream protocol',
    description:
      'The protocol for upstream queries: UDP if the answer fits, or always TCP. ForceTCP cannot be used with ' +
      'serveStale Verify.',
    enum: [...overrideEnums.protocol],
  },
  forwardDestination: {
    title: 'Forward destination',
    description:
      "Where uncached queries are forwarded: to the cluster's CoreDNS or the DNS servers of the virtual network.",
    enum: [...overrideEnums.forwardDestination],
  },
  forwardPolicy: {
    title: 'Forward policy',
    description: 'The order in which upstream servers are queried.',
    enum: [...overrideEnums.forwardPolicy],
  },
  maxConcurrent: {
    title: 'Concurrent queries',
    description:
      'The maximum number of concurrent upstream queries for this zone; further queries are answered with REFUSED. 0 ' +
      'means no limit.',
    ...number('maxConcurrent'),
    examples: [1000],
  },
  cacheDurationInSeconds: {
    title: 'Maximum cache duration',
    description: 'The maximum TTL of cached answers, in seconds. It never raises a TTL.',
    ...number('cacheDurationInSeconds'),
    examples: [3600, 300, 30],
  },
  serveStaleDurationInSeconds: {
    title: 'Maximum stale duration',
    description: 'How long an answer can be served after its TTL has expired, in seconds. 0 disables stale answers.',
    ...number('serveStaleDurationInSeconds'),
    examples: [3600, 300],
  },
  serveStale: {
    title: 'Stale answers',
    description:
      'Immediate: serve the stale answer immediately and refresh it in the background. Verify: serve it only if the ' +
      'upstream server fails. Disable: never serve it.',
    anyOf: [
      { enum: [...overrideEnums.serveStale] },
      { const: 'Disabled', deprecated: true, description: 'The documentation uses Disabled; the API uses Disable.' },
    ],
  },
  failfastAllUnhealthyUpstreams: {
    title: 'Fail fast without healthy upstreams',
    description: `API version ${newerSettingsSince} or later: answer immediately with SERVFAIL or the stale answer while all upstream servers are known to be down.`,
    type: 'boolean',
    examples: [true],
  },
  healthCheck: {
    title: 'Upstream health check',
    description: `API version ${newerSettingsSince} or later: how a failed upstream server is probed until it answers again.`,
    type: 'object',
    properties: {
      duration: {
        description: 'The probe interval, such as 500ms or 1s. Without it, the node configures no health check.',
        type: 'string',
        pattern: goDuration.source,
        examples: ['1s'],
      },
      noRecursion: { description: 'Probe without recursion.', type: 'boolean' },
      noRec: { description: 'Documented as noRecursion.', deprecated: true, type: 'boolean' },
      domain: { $ref: '#/$defs/dnsName' },
    },
    additionalProperties: false,
    not: { required: ['noRecursion', 'noRec'] },
  },
};
