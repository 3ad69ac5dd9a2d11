import { asNumber, asString, at, type JsonObject } from '../../../core/json.ts';
import { AzureError } from '../../../model/azure-error.ts';
import type { Usage } from '../../../model/inventory.ts';
import type { Fleet } from '../../../model/ports.ts';
import { regionOf } from '../../../model/region.ts';
import { apiVersions } from '../../../model/api-versions.ts';
import type { ArmClient } from '../arm/client.ts';
import { armPath, subscriptionPath } from '../arm/urls.ts';
import { safeText } from '../../../core/redact.ts';
import { readOnce } from './read-once.ts';

/** Undefined if it is not a usage. */
function readUsage(entry: JsonObject): Usage | undefined {
  const name = asString(at(entry, 'name', 'value'));
  const current = asNumber(entry['currentValue']);
  const limit = asNumber(entry['limit']);
  return name === undefined || current === undefined || limit === undefined
    ? undefined
    : { name: safeText(name), current, limit };
}

/** The quotas of a region, read once per process. Source: Azure Compute REST API, usage list. */
export function createUsages(client: ArmClient): Fleet['usages'] {
  const read = readOnce<readonly Usage[]>(
    (subscriptionId = '', region = '') => `${subscriptionId} ${region}`.toLowerCase(),
    async (subscriptionId = '', region = '') => {
      if (region === '')
        throw new AzureError({
          class: 'invalid',
          azureCode: 'LocationRequired',
          message: 'Azure did not return a region, so its quotas cannot be read.',
          hints: [],
        });
      const path = `${subscriptionPath(subscriptionId)}${armPath('providers', 'Microsoft.Compute', 'locations', region, 'usages')}`;
      const entries = await client.list(subscriptionId, {
        method: 'GET',
        to: { path, apiVersion: apiVersions.usages },
        whole: (entry) => readUsage(entry) !== undefined,
      });
      return entries.flatMap((entry) => readUsage(entry) ?? []);
    },
  );
  return async (subscriptionId, location) => read(subscriptionId, regionOf(location));
}
