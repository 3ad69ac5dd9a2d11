import type { JsonObject } from '../../../core/json.ts';
import { CliError } from '../../../core/errors.ts';
import { list } from '../../../core/text.ts';
import { apiVersions, newerSettingsSince } from '../../../model/api-versions.ts';
import { newerSettings, overrideMaps, type LocalDnsProfile } from '../../../model/profile.ts';
import { hasNewerSettings } from '../effective.ts';
import { healthCheckNames, settingNames } from '../settings.ts';

/** What the resource is called; placeholders where it is not said. */
export interface ExportNames {
  readonly cluster?: string | undefined;
  readonly pool?: string | undefined;
}

interface Named {
  readonly cluster: string;
  readonly pool: string;
}

/** A form of infrastructure as code. */
export interface ExportTarget {
  /** The whole text, with its final line end. */
  readonly write: (profile: LocalDnsProfile, names: Named) => string;
}

/** As in every request of this program; the first that has all settings of the profile if that is newer. */
export function apiVersionOf(profile: LocalDnsProfile): string {
  return hasNewerSettings(profile) ? newerSettingsSince : apiVersions.containerService;
}

/** @throws CliError: the form has no fields for the settings that newer api-versions have. */
export function refuseNewer(profile: LocalDnsProfile, what: string): void {
  if (!hasNewerSettings(profile)) return;
  throw new CliError({
    code: 'export-refused',
    message: `${what} has no fields for ${list(newerSettings)}.`,
    hints: [`ARM has them from api-version ${newerSettingsSince} on: --to arm, bicep or terraform.`],
  });
}

export const poolType = 'Microsoft.ContainerService/managedClusters/agentPools';

/** Said in every text that can have a comment. */
export const reimages = 'Every change of the profile reimages all nodes of the pool.';

export type Scalar = string | number | boolean;

/** An object whose members are scalars or such objects: all that a profile is made of. */
export function members(value: JsonObject): readonly (readonly [string, Scalar | JsonObject])[] {
  return Object.entries(value).map(([key, member]) => {
    if (member === undefined || member === null || Array.isArray(member))
      throw new Error(`No profile has such a member: ${key}`);
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
 * Keys that need no quotes in any language. Zones always have them: one that is called `for` would begin an expression
 * of HCL.
 */
export function isPlainKey(key: string): boolean {
  return own.has(key);
}
