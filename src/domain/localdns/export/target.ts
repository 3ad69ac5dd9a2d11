import type { JsonObject } from '../../../core/json.ts';
import { apiVersions } from '../../../model/api-versions.ts';
import { overrideMaps, type LocalDnsProfile } from '../../../model/profile.ts';
import { settingNames } from '../settings.ts';

/** What the resource is called; placeholders where it is not said. */
export interface ExportNames {
  readonly cluster?: string | undefined;
  readonly pool?: string | undefined;
}

export interface Named {
  readonly cluster: string;
  readonly pool: string;
}

/** A form of infrastructure as code. */
export interface ExportTarget {
  /** The whole text, with its final line end. */
  readonly write: (profile: LocalDnsProfile, names: Named) => string;
}

/** As in every request of this program. */
export const apiVersion = apiVersions.containerService;
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

const own: ReadonlySet<string> = new Set(['mode', ...overrideMaps, ...settingNames]);

/**
 * Keys that need no quotes in any language. Zones always have them: one that is called `for` would begin an expression
 * of HCL.
 */
export function isPlainKey(key: string): boolean {
  return own.has(key);
}
