import { canonical, type JsonValue } from '../../../core/json.ts';
import { toAzureYaml } from '../../../core/yaml.ts';
import { paint } from '../colour.ts';

export function formatYaml(value: JsonValue): string {
  return toAzureYaml(canonical(value));
}

export function formatYamlColoured(value: JsonValue): string {
  return formatYaml(value).replace(
    /^(\s*(?:- )*)([^\s:'"][^:\n]*)(:)(?= |$)/gm,
    (_, indent: string, key: string, colon: string) => `${indent}${paint(key, 'blue', true)}${colon}`,
  );
}
