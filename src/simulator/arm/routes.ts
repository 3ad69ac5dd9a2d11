import { graphRoutes } from '../graph/resources.ts';
import { clusterRoutes } from './clusters.ts';
import { computeRoutes } from './compute.ts';
import type { Route } from './exchange.ts';
import { featureRoutes } from './features.ts';
import { managementGroupRoutes } from './management-groups.ts';
import { maintenanceRoutes } from './maintenance.ts';
import { networkRoutes } from './network.ts';
import { poolRoutes } from './pools.ts';
import { providerRoutes } from './providers.ts';
import { runCommandRoutes } from './run-command.ts';
import { subscriptionRoutes } from './subscriptions.ts';

/** All that the simulated Azure answers; the first match counts. */
export const routes: readonly Route[] = [
  ...subscriptionRoutes,
  ...managementGroupRoutes,
  ...graphRoutes,
  ...clusterRoutes,
  ...poolRoutes,
  ...maintenanceRoutes,
  ...runCommandRoutes,
  ...computeRoutes,
  ...networkRoutes,
  ...featureRoutes,
  ...providerRoutes,
];
