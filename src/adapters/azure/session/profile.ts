import { asArray, asBoolean, asString, own, parseJson } from '../../../core/json.ts';

/** A subscription as the Azure CLI remembers it. */
export interface ProfileSubscription {
  readonly id: string;
  readonly name: string;
  readonly tenantId: string | undefined;
  readonly state: string | undefined;
  readonly isDefault: boolean;
}

/**
 * The subscriptions of azureProfile.json that belong to a cloud; empty where the file is missing or broken.
 * Source: Azure CLI, `_profile.py` (written as UTF-8 with a byte order mark; accounts without subscriptions stand in it
 * with the tenant's id in place of a subscription's).
 */
export function readProfile(text: string | undefined, cloud: string): readonly ProfileSubscription[] {
  if (text === undefined) return [];
  return asArray(own(parseJson(text.replace(/^\uFEFF/, '')), 'subscriptions')).flatMap((entry) => {
    const id = asString(own(entry, 'id'));
    const tenantId = asString(own(entry, 'tenantId'));
    const environment = asString(own(entry, 'environmentName'));
    if (id === undefined || id === '' || id === tenantId) return [];
    if (environment !== undefined && environment.toLowerCase() !== cloud.toLowerCase()) return [];
    return [
      {
        id,
        name: asString(own(entry, 'name')) ?? id,
        tenantId,
        state: asString(own(entry, 'state')),
        isDefault: asBoolean(own(entry, 'isDefault')) === true,
      },
    ];
  });
}
