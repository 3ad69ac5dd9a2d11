import { asString, at, type JsonObject } from '../../../core/json.ts';
import { clip, oneLine } from '../../../core/text.ts';
import { AzureError, isAzureError } from '../../../model/azure-error.ts';
import { namePatterns } from '../../../model/ids.ts';
import type { Subscription } from '../../../model/registration.ts';
import { apiVersions } from '../../../model/api-versions.ts';
import type { ArmClient } from '../arm/client.ts';
import { armPath } from '../arm/urls.ts';
import type { SubscriptionList } from '../subscriptions.ts';

/** Source: Azure naming rules, management groups; no final dot. */
const groupName = /^[-\w.()]{0,89}[-\w()]$/;

/** `contoso`, or its whole resource id. */
function nameOf(given: string): string {
  return given.replace(/^\/providers\/Microsoft\.Management\/managementGroups\//i, '');
}

function refused(given: string, error?: AzureError): AzureError {
  const group = clip(oneLine(given), 100);
  const missing = error === undefined || error.class === 'not-found';
  return new AzureError({
    class: missing ? 'not-found' : error.class,
    azureCode: error?.azureCode ?? 'InvalidManagementGroupId',
    status: error?.status,
    message: missing
      ? `No management group '${group}' was found with this account.`
      : `The management group '${group}' cannot be read: ${error.message}`,
    hints: missing
      ? ['See which there are, by name and not by display name: az account management-group list -o table']
      : [
          'Management Group Reader on the group is enough: az role assignment list --scope /providers/Microsoft.Management/managementGroups/GROUP',
        ],
    requestId: error?.requestId,
    correlationId: error?.correlationId,
    cause: error,
  });
}

/**
 * The subscriptions below a management group, however deep. By ARM and not by Resource Graph: it answers for the group
 * itself, where Resource Graph leaves out in silence what may not be read. Source: Management Groups REST API, Get
 * Descendants.
 */
export async function subscriptionsUnder(
  client: ArmClient,
  listed: SubscriptionList,
  given: string,
): Promise<readonly Subscription[]> {
  const name = nameOf(given);
  if (!groupName.test(name)) throw refused(given);
  const path = armPath('providers', 'Microsoft.Management', 'managementGroups', name, 'descendants');
  const [entries, all] = await Promise.all([descendants(client, path, given), listed.all()]);
  const known = new Map(all.map((subscription) => [subscription.id.toLowerCase(), subscription]));
  const found = new Map<string, Subscription>();
  for (const entry of entries) {
    const id = asString(entry['name'])?.toLowerCase() ?? '';
    if (!/\/subscriptions$/i.test(asString(entry['type']) ?? '') || !namePatterns.guid.test(id)) continue;
    // One that the account does not see is kept: reading its clusters will say so.
    found.set(
      id,
      known.get(id) ?? {
        id,
        name: oneLine(asString(at(entry, 'properties', 'displayName')) ?? id),
        tenantId: undefined,
        state: undefined,
      },
    );
  }
  return [...found.values()];
}

async function descendants(client: ArmClient, path: string, given: string): Promise<readonly JsonObject[]> {
  try {
    return await client.list(undefined, {
      method: 'GET',
      to: { path, apiVersion: apiVersions.managementGroups },
      whole: (entry) => asString(entry['type']) !== undefined && asString(entry['name']) !== undefined,
    });
  } catch (error) {
    throw isAzureError(error, 'not-found', 'not-permitted') ? refused(given, error) : error;
  }
}
