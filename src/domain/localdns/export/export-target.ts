import type { JsonObject } from '../../../core/json.ts';
import { CliError } from '../../../core/errors.ts';
import { list } from '../../../core/text.ts';
import { apiVersions, newerSettingsSince } from '../../../model/api-versions.ts';
import { newerSettings, overrideMaps, type LocalDnsProfile } from '../../../model/profile.ts';
import { hasNewerSettings } from '../effective-profile.ts';
import { healthCheckNames, settingNames } from '../settings.ts';

/** The names of the resources; default to placeholders. */
export interface ExportNames {
  readonly cluster?: string | undefined;
  readonly pool?: string | undefined;
}

interface Named {
  readonly cluster: string;
  readonly pool: string;
}

/** A format of infrastructure as code. */
export interface ExportTarget {
  /** Returns the whole text, including the final line end. */
  readonly write: (profile: LocalDnsProfile, names: Named) => string;
}

/** The API version of the program's requests, or a newer one if a setting of the profile needs it. */
export function apiVersionOf(profile: LocalDnsProfile): string {
  return hasNewerSettings(profile) ? newerSettingsSince : apiVersions.containerService;
}

/** @throws CliError if the profile has settings of newer API versions, which the format does not support. */
export function rejectNewerSettings(profile: LocalDnsProfile, what: string): void {
  if (!hasNewerSettings(profile)) return;
  throw new CliError({
    code: 'export-refused',
    message: `${what} does not support ${list(newerSettings)}.`,
    hints: [`ARM supports them from API version ${newerSettingsSince} on: use --to arm, bicep or terraform.`],
  });
}

export const poolType = 'Microsoft.ContainerService/managedClusters/agentPools';

/** The comment in every format that supports comments. */
export const reimages = 'Every change of the profile reimages all nodes of the pool.';

export type Scalar = string | number | boolean;

/** The members of a profile object, which are scalars or such objects. */
export function members(value: JsonObject): readonly (readonly [string, Scalar | JsonObject])[] {
  return Object.entries(value).map(([key, member]) => {
    if (member === undefined || member === null || Array.isArray(member))
      throw new Error(`A profile cannot have the member ${key}`);
    return [key, member as Scalar | JsonObject] as const;
  });
}

const own: ReadonlySet<string> = new Set([
  'mode',
  ...overrideMaps,
  ...settingNames,
  ...newerSettings,
  ...healthCheckNames,
]);

/**
 * Whether a key needs no quotes in any language. Zones are always quoted, because a zone named `for` would start an HCL
 * expression.
 */
export function isPlainKey(key: string): boolean {
  return own.has(key);
}
