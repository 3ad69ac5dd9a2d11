import type { JsonObject, JsonValue } from './json.ts';

/**
 * Escapes a value for an ARM template, where a text that starts with a bracket would be an expression. Source: ARM
 * template syntax, escape characters.
 */
export function armLiteral(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.startsWith('[') ? `[${value}` : value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([key, member]) => [key, armLiteral(member ?? null)]),
  );
}
