import type { JsonObject, JsonValue } from '../../../core/json.ts';
import { profileForRequest } from '../effective.ts';
import { apiVersionOf, poolType, reimages, type ExportTarget } from './target.ts';

/** An element of a template's `resources`. */
export const arm: ExportTarget = {
  write: (profile, { cluster, pool }) => {
    const resource = {
      comments: `A template sends the whole node pool: add localDNSProfile to the properties of yours. ${reimages}`,
      type: poolType,
      apiVersion: apiVersionOf(profile),
      name: `${cluster}/${pool}`,
      properties: { localDNSProfile: profileForRequest(profile) },
    };
    return `${JSON.stringify(literal(resource), null, 2)}\n`;
  },
};

/** A text that begins with a bracket would be an expression. Source: ARM template syntax, escape characters. */
function literal(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.startsWith('[') ? `[${value}` : value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value as JsonObject).map(([key, member]) => [key, literal(member ?? null)]));
}
