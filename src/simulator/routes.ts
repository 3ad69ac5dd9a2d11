import { abortRoutes } from './arm/abort.ts';
import { clusterPowerRoutes } from './arm/cluster-power.ts';
import { clusterPutRoutes } from './arm/cluster-put.ts';
import { activityLogRoutes } from './arm/activity-log.ts';
import { clusterRoutes } from './arm/clusters.ts';
import { computeRoutes } from './arm/compute.ts';
import { credentialRoutes } from './arm/credentials.ts';
import type { Route } from './arm/exchange.ts';
import { featureRoutes } from './arm/features.ts';
import { machineRoutes } from './arm/machines.ts';
import { lockRoutes } from './arm/locks.ts';
import { maintenanceRoutes } from './arm/maintenance.ts';
import { managementGroupRoutes } from './arm/management-groups.ts';
import { operationRoutes } from './arm/operations.ts';
import { policyRoutes } from './arm/policies.ts';
import { poolRoutes } from './arm/pools.ts';
import { providerRoutes } from './arm/providers.ts';
import { resourceListRoutes } from './arm/resource-list.ts';
import { runCommandRoutes } from './arm/run-command.ts';
import { securityGroupRoutes } from './arm/security-groups.ts';
import { securityRuleRoutes } from './arm/security-rules.ts';
import { subscriptionRoutes } from './arm/subscriptions.ts';
import { upgradeProfileRoutes } from './arm/upgrade-profiles.ts';
import { virtualNetworkRoutes } from './arm/virtual-networks.ts';
import { graphRoutes } from './graph/resources.ts';

/** All that the simulated Azure answers; the first match counts. */
const routes: readonly Route[] = [
  ...subscriptionRoutes,
  ...managementGroupRoutes,
  ...graphRoutes,
  ...clusterRoutes,
  ...clusterPutRoutes,
  ...clusterPowerRoutes,
  ...credentialRoutes,
  ...poolRoutes,
  ...machineRoutes,
  ...abortRoutes,
  ...upgradeProfileRoutes,
  ...operationRoutes,
  ...maintenanceRoutes,
  ...runCommandRoutes,
  ...computeRoutes,
  ...virtualNetworkRoutes,
  ...securityGroupRoutes,
  ...securityRuleRoutes,
  ...featureRoutes,
  ...providerRoutes,
  ...resourceListRoutes,
  ...lockRoutes,
  ...policyRoutes,
  ...activityLogRoutes,
];

export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

function segmentsOf(path: string): readonly string[] {
  // `az cloud register` with a trailing slash asks for `//metadata/endpoints`.
  return path.split('/').filter((segment) => segment !== '');
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

function matchSegments(template: readonly string[], path: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, expected] of template.entries()) {
    const actual = decode(path[index] ?? '');
    if (actual === undefined) return undefined;
    if (expected.startsWith('{')) params[expected.slice(1, -1)] = actual;
    // ARM compares resource types and the fixed words of an id without case.
    else if (expected.toLowerCase() !== actual.toLowerCase()) return undefined;
  }
  return params;
}

const byLength = new Map<string, { readonly route: Route; readonly segments: readonly string[] }[]>();
for (const route of routes) {
  const segments = segmentsOf(route.template);
  const key = `${route.method} ${String(segments.length)}`;
  byLength.set(key, [...(byLength.get(key) ?? []), { route, segments }]);
}

export function findRoute(method: string, path: string): Match | undefined {
  const segments = segmentsOf(path);
  for (const candidate of byLength.get(`${method} ${String(segments.length)}`) ?? []) {
    const params = matchSegments(candidate.segments, segments);
    if (params !== undefined) return { route: candidate.route, params };
  }
  return undefined;
}
