import { UsageError } from '../../core/errors.ts';
import { isJsonObject, own, parseJson, type JsonObject, type JsonValue } from '../../core/json.ts';
import { oneLine } from '../../core/text.ts';
import { readOnlyProperties } from './request.ts';

const dangerous = new Set(['__proto__', 'prototype', 'constructor']);
const maxDepth = 10;

interface Setting {
  readonly path: readonly string[];
  readonly value: JsonValue;
}

/** Parses JSON (`3`, `true`, `["a"]`, `null`); other text is a string. */
function valueOf(text: string): JsonValue {
  const parsed = parseJson(text);
  return parsed === undefined ? text : parsed;
}

function parseSetting(text: string): Setting {
  const shown = oneLine(text);
  const cut = text.indexOf('=');
  if (cut < 1)
    throw new UsageError(`--set: '${shown}' is not PATH=VALUE.`, ['For example: --set kubeletConfig.podMaxPids=200']);
  const path = text.slice(0, cut).trim().split('.');
  const first = path[0] ?? '';
  if (path.length > maxDepth || path.some((key) => key === '' || dangerous.has(key)))
    throw new UsageError(`--set: '${shown}' does not have a valid path.`);
  if (first === 'localDNSProfile') throw new UsageError('--set: use --localdns-config to set localDNSProfile.');
  if (readOnlyProperties.some((name) => name === first))
    throw new UsageError(`--set: '${oneLine(first)}' is read-only.`);
  if (first === 'properties')
    throw new UsageError(`--set: paths are relative to 'properties'; use '${oneLine(path.slice(1).join('.'))}'.`);
  return { path, value: valueOf(text.slice(cut + 1)) };
}

function put(target: JsonObject, path: readonly string[], value: JsonValue, shown: string): JsonObject {
  const [key, ...rest] = path;
  if (key === undefined) return target;
  if (rest.length === 0) return { ...target, [key]: value };
  const current = own(target, key);
  if (current !== undefined && current !== null && !isJsonObject(current)) {
    throw new UsageError(`--set: '${oneLine(shown)}' is not a valid path, because '${oneLine(key)}' is not an object.`);
  }
  return { ...target, [key]: put(isJsonObject(current) ? current : {}, rest, value, shown) };
}

/**
 * Applies settings of the form PATH=VALUE (dotted path below `properties`); a later one overrides an earlier one.
 * @throws UsageError for an invalid setting, a read-only property, or the profile.
 */
export function setProperties(properties: JsonObject, settings: readonly string[]): JsonObject {
  return settings
    .map(parseSetting)
    .reduce<JsonObject>((result, { path, value }) => put(result, path, value, path.join('.')), properties);
}
