import type { LocalDnsOverride, NewerSetting } from '../../model/profile.ts';
import { overrideEnums } from '../../model/profile.ts';

/** A setting that has a default. */
export type SettingName = Exclude<keyof LocalDnsOverride, NewerSetting>;

/** The settings of a zone, in the order in which the AKS documentation lists them. */
export const settingNames = [
  'queryLogging',
  'protocol',
  'forwardDestination',
  'forwardPolicy',
  'maxConcurrent',
  'cacheDurationInSeconds',
  'serveStaleDurationInSeconds',
  'serveStale',
] as const satisfies readonly SettingName[];

/**
 * The minimum of each number. Source: the AKSNodeClass CRD of Karpenter's Azure provider (maxConcurrent and durations
 * >= 0), and CoreDNS, which rejects `cache 0`.
 */
export const minValues = {
  maxConcurrent: 0,
  cacheDurationInSeconds: 1,
  serveStaleDurationInSeconds: 0,
} as const satisfies Partial<Record<SettingName, number>>;

/** The suggestions for a number that is out of range; no rule warns about these values. */
export const suggestedValues = {
  maxConcurrent: 1000,
  cacheDurationInSeconds: 3600,
  serveStaleDurationInSeconds: 300,
} as const satisfies Partial<Record<SettingName, number>>;

/** The members of `healthCheck`, and the name that a draft of the API used for one of them. */
export const healthCheckNames = ['duration', 'noRecursion', 'domain'] as const;
export const healthCheckSpellings: ReadonlyMap<string, (typeof healthCheckNames)[number]> = new Map([
  ...healthCheckNames.map((name) => [name, name] as const),
  ['noRec', 'noRecursion'],
]);

/** `500ms`, `1s`, `1m30s`. Source: CoreDNS, plugin/forward, health_check: a Go duration. */
export const goDuration = /^(?:\d{1,9}(?:\.\d{1,9})?(?:ms|s|m|h)){1,4}$/;

/** The API declares the numbers as int32. */
export const maxValue = 2_147_483_647;

export type EnumSetting = keyof typeof overrideEnums;
export type NumberSetting = keyof typeof minValues;

export function isEnumSetting(name: SettingName): name is EnumSetting {
  return Object.hasOwn(overrideEnums, name);
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/**
 * All spellings of a setting that the Azure CLI accepts, with the documented one. Source: azure-cli,
 * process_dns_overrides.
 */
export const settingSpellings: ReadonlyMap<string, SettingName> = new Map(
  settingNames.flatMap((name) => [[name, name] as const, [snakeCase(name), name] as const]),
);
