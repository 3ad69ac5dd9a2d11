import type { Exchange, VersionFamily } from './exchange.ts';
import { gatewayError, type Reply } from './reply.ts';

const stable = [
  '2020-09-01',
  '2020-11-01',
  '2021-02-01',
  '2021-03-01',
  '2021-05-01',
  '2021-07-01',
  '2021-08-01',
  '2021-09-01',
  '2021-10-01',
  '2022-01-01',
  '2022-02-01',
  '2022-03-01',
  '2022-04-01',
  '2022-06-01',
  '2022-07-01',
  '2022-08-01',
  '2022-09-01',
  '2022-11-01',
  '2023-01-01',
  '2023-02-01',
  '2023-03-01',
  '2023-04-01',
  '2023-05-01',
  '2023-06-01',
  '2023-07-01',
  '2023-08-01',
  '2023-09-01',
  '2023-10-01',
  '2023-11-01',
  '2024-01-01',
  '2024-02-01',
  '2024-05-01',
  '2024-07-01',
  '2024-08-01',
  '2024-09-01',
  '2024-10-01',
  '2025-01-01',
  '2025-02-01',
  '2025-03-01',
  '2025-04-01',
  '2025-05-01',
  '2025-07-01',
  '2025-08-01',
  '2025-09-01',
  '2025-10-01',
  '2026-01-01',
  '2026-02-01',
  '2026-03-01',
  '2026-04-01',
  '2026-05-01',
  '2026-06-01',
  '2026-07-01',
  '2026-08-01',
  '2026-09-01',
] as const;

const previews = [
  '2024-01-02-preview',
  '2024-09-02-preview',
  '2025-03-02-preview',
  '2025-05-02-preview',
  '2025-06-02-preview',
  '2025-07-02-preview',
  '2025-08-02-preview',
  '2025-09-02-preview',
  '2025-10-02-preview',
  '2026-01-02-preview',
  '2026-02-02-preview',
  '2026-03-02-preview',
  '2026-04-02-preview',
  '2026-06-02-preview',
  '2026-07-02-preview',
] as const;

interface VersionRule {
  readonly namespace: string;
  /** An exact list, or a range of dates if the exact list is not modelled. */
  readonly known: readonly string[] | { readonly from: string; readonly to: string };
}

const rules: Readonly<Record<VersionFamily, VersionRule>> = {
  containerService: { namespace: 'Microsoft.ContainerService', known: [...stable, ...previews] },
  operations: { namespace: 'Microsoft.ContainerService', known: ['2016-03-30', '2017-08-31', ...stable, ...previews] },
  features: { namespace: 'Microsoft.Features', known: ['2015-12-01', '2021-07-01'] },
  resources: { namespace: 'Microsoft.Resources', known: { from: '2015-01-01', to: '2025-12-31' } },
  compute: { namespace: 'Microsoft.Compute', known: { from: '2017-03-30', to: '2026-12-31' } },
  authorization: { namespace: 'Microsoft.Authorization', known: { from: '2015-07-01', to: '2025-12-31' } },
  resourceGraph: {
    namespace: 'Microsoft.ResourceGraph',
    known: ['2021-03-01', '2021-06-01-preview', '2022-10-01', '2024-04-01'],
  },
  management: { namespace: 'Microsoft.Management', known: { from: '2018-03-01-preview', to: '2024-12-31' } },
  network: { namespace: 'Microsoft.Network', known: { from: '2018-01-01', to: '2026-12-31' } },
  insights: { namespace: 'Microsoft.Insights', known: { from: '2015-04-01', to: '2017-03-01-preview' } },
  metadata: { namespace: 'Microsoft.Resources', known: { from: '2015-01-01', to: '2025-12-31' } },
};

const shape = /^\d{4}-\d{2}-\d{2}(-preview)?$/;

/** The api-versions of AKS that a cloud knows, newest first, as ARM lists them. */
export function containerServiceVersions(newest: string): readonly string[] {
  return [...stable, ...previews]
    .filter((version) => version.slice(0, 10) <= newest)
    .sort()
    .reverse();
}

interface FieldSince {
  readonly field: string;
  readonly since: string;
}

/** Fields that older api-versions do not know: left out of their answers, and not changed by a PUT. */
const fieldsSince: readonly FieldSince[] = [
  // First stable api-version 2025-09-01; previews since mid-2025.
  { field: 'localDNSProfile', since: '2025-09-01' },
  // Source: AKS docs, use-etags.
  { field: 'eTag', since: '2024-09-01' },
  { field: 'securityProfile', since: '2024-05-01' },
  // Stands for any field that is newer than the client.
  { field: 'x-future', since: '2024-09-01' },
];

const previewSince: Readonly<Record<string, string>> = { localDNSProfile: '2025-05-02-preview' };

function knowsField(apiVersion: string, rule: FieldSince): boolean {
  const since = apiVersion.endsWith('-preview') ? (previewSince[rule.field] ?? rule.since) : rule.since;
  return apiVersion.slice(0, 10) >= since.slice(0, 10);
}

export function unknownFields(apiVersion: string): readonly string[] {
  return fieldsSince.filter((rule) => !knowsField(apiVersion, rule)).map((rule) => rule.field);
}

/** `failfastAllUnhealthyUpstreams` and `healthCheck` of a zone. Source: azure-rest-api-specs, pull request 46246. */
export function knowsUpstreamHealth(apiVersion: string): boolean {
  return apiVersion.slice(0, 10) >= '2026-09-01';
}

function typeOf(exchange: Exchange): string {
  const [, after = ''] = exchange.route.template.split(/\/providers\/[^/{]+\//);
  return (
    after
      .split('/')
      .filter((segment) => !segment.startsWith('{'))
      .join('/') || 'subscriptions'
  );
}

export function checkApiVersion(exchange: Exchange): Reply | undefined {
  const family = exchange.route.versions;
  if (family === undefined) return undefined;
  const version = exchange.apiVersion;
  if (version === '') {
    return gatewayError(
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.',
    );
  }
  const { known } = rules[family];
  const listed = Array.isArray(known)
    ? (known as readonly string[]).filter(
        (one) =>
          (family !== 'containerService' && family !== 'operations') ||
          one.slice(0, 10) <= exchange.world.settings.newestApiVersion,
      )
    : undefined;
  if (!shape.test(version)) {
    return gatewayError(
      400,
      'InvalidApiVersionParameter',
      `The api-version '${version}' is invalid. The supported versions are '${(listed ?? ['2021-04-01', '2022-12-01']).join(',')}'.`,
    );
  }
  if (listed === undefined) {
    const range = known as { readonly from: string; readonly to: string };
    if (version >= range.from && version <= range.to) return undefined;
    return gatewayError(400, 'InvalidApiVersionParameter', `The api-version '${version}' is invalid.`);
  }
  if (listed.includes(version)) return undefined;
  return gatewayError(
    400,
    'NoRegisteredProviderFound',
    `No registered resource provider found for location '' and API version '${version}' for type '${typeOf(exchange)}'. The supported api-versions are '${listed.join(', ')}'.`,
  );
}
