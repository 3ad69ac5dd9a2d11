import { asArray, asBoolean, asString, own, parseJson } from '../../../core/json.ts';

/** A subscription in the Azure CLI's profile. */
export interface ProfileSubscription {
  readonly id: string;
  readonly name: string;
  readonly tenantId: string | undefined;
  readonly state: string | undefined;
  readonly isDefault: boolean;
}

/**
 * The subscriptions of azureProfile.json that belong to a cloud; empty if the file is missing or invalid. Source: Azure
 * CLI, `_profile.py` (written as UTF-8 with a byte order mark; an account without subscriptions is listed with its
 * tenant ID in place of a subscription ID).
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
