/** The API versions of all providers, in one place. */
export const apiVersions = {
  /**
   * The last version in which `nodeImageVersion` is read-only: from 2026-04-01 on, sending it requests a rollback of
   * the image.
   */
  containerService: '2026-03-01',
  features: '2021-07-01',
  providers: '2021-04-01',
  subscriptions: '2022-12-01',
  /** Compute resource SKUs. */
  skus: '2021-07-01',
  usages: '2024-07-01',
  /** Source: Resource Graph docs; the same shape from 2021-03-01 to 2024-04-01. */
  resourceGraph: '2022-10-01',
  managementGroups: '2020-05-01',
  network: '2024-05-01',
} as const;

/**
 * The first version with `failfastAllUnhealthyUpstreams` and `healthCheck` in a zone. Source: azure-rest-api-specs,
 * pull request 46246.
 */
export const newerSettingsSince = '2026-09-01';

/** The first stable version with `localDNSProfile`. Source: Azure REST API, Microsoft.ContainerService 2025-09-01. */
export const oldestContainerService = '2025-09-01';
