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

/** `contoso`, or its full resource ID. */
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
      ? `The management group '${group}' was not found with this account.`
      : `The management group '${group}' could not be read: ${error.message}`,
    hints: missing
      ? [
          'List the management groups, and use the name, not the display name: az account management-group list -o table',
        ]
      : [
          'The Management Group Reader role on the group is sufficient: az role assignment list --scope /providers/Microsoft.Management/managementGroups/GROUP',
        ],
    requestId: error?.requestId,
    correlationId: error?.correlationId,
    cause: error,
  });
}

/**
 * The subscriptions in a management group, at any depth. Read through ARM, not Resource Graph: ARM answers for the
 * group itself, while Resource Graph silently omits what may not be read. Source: Management Groups REST API, Get
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
    // A subscription that the account cannot see is kept: reading its clusters will report that.
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
