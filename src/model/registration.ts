/** The preview feature of the guide (2025). The service has not needed one since November 2025. */
export const containerService = 'Microsoft.ContainerService';
export const localDnsFeature = 'LocalDNSPreview';

export interface Subscription {
  readonly id: string;
  readonly name: string;
  readonly tenantId: string | undefined;
  /** ARM's word: Enabled, Disabled, Warned, PastDue, Deleted. */
  readonly state: string | undefined;
}

/** The name for messages; the ID if there is none. */
export function subscriptionName({ id, name }: Subscription): string {
  return name === '' ? id : name;
}

/** Source: ARM, subscription states; a disabled subscription is read-only, so LocalDNS cannot be enabled there. */
export function isDisabled({ state }: Subscription): boolean {
  return /^(?:disabled|deleted)$/i.test(state ?? '');
}

/**
 * ARM's word: NotRegistered, Pending, Registering, Registered, Unregistering, Unregistered, …; `known: false` if Azure
 * has no such feature (any more).
 */
export type FeatureState = { readonly known: true; readonly state: string } | { readonly known: false };

/** ARM's word: NotRegistered, Registering, Registered, Unregistering, Unregistered. */
export interface ProviderState {
  readonly state: string;
}

export const principalKinds = ['user', 'service-principal', 'managed-identity', 'unknown'] as const;

/** Who is signed in, from the token's own claims. */
export interface Principal {
  /** A user name or an application ID. */
  readonly name: string;
  readonly objectId: string | undefined;
  readonly tenantId: string;
  readonly kind: (typeof principalKinds)[number];
}
