import type { JsonObject } from '../../../core/json.ts';
import { newerSettingsSince, oldestContainerService } from '../../../model/api-versions.ts';
import { hasNewerSettings, profileForRequest } from '../effective-profile.ts';
import { isPlainKey, members, poolType, reimages, type ExportTarget, type Scalar } from './export-target.ts';

/**
 * The azapi provider, which changes only these properties of a pool; azurerm does not support them. Source:
 * terraform-provider-azurerm, issues 31342 and 32330.
 */
export const terraform: ExportTarget = {
  write: (profile, { pool }) =>
    [
      `# Requires the provider Azure/azapi 2.0 or later. ${reimages}`,
      ...(hasNewerSettings(profile)
        ? ['# schema_validation_enabled = false, because azapi rejects an API version that it does not know yet.']
        : [
            `# ${oldestContainerService} is the first API version with localDNSProfile; azapi rejects one that it ` +
              'does not know.',
          ]),
      'variable "node_pool_id" {',
      '  type        = string',
      '  description = "The resource id of the node pool, such as azurerm_kubernetes_cluster_node_pool.example.id"',
      '}',
      '',
      `resource "azapi_update_resource" ${text(`localdns_${pool.replace(/[^A-Za-z0-9_-]/g, '_')}`)} {`,
      `  type        = "${poolType}@${hasNewerSettings(profile) ? newerSettingsSince : oldestContainerService}"`,
      '  resource_id = var.node_pool_id',
      ...(hasNewerSettings(profile) ? ['', '  schema_validation_enabled = false'] : []),
      '',
      '  body = {',
      '    properties = {',
      `      localDNSProfile = ${object(profileForRequest(profile), '      ')}`,
      '    }',
      '  }',
      '}',
      '',
    ].join('\n'),
};

/** Formatted like `terraform fmt`, with aligned equals signs. */
function object(value: JsonObject, indent: string): string {
  const entries = members(value).map(([key, member]) => [isPlainKey(key) ? key : text(key), member] as const);
  if (entries.length === 0) return '{}';
  const width = Math.max(...entries.filter(([, member]) => typeof member !== 'object').map(([key]) => key.length), 0);
  const lines = entries.map(([key, member]) =>
    typeof member === 'object'
      ? `${indent}  ${key} = ${object(member, `${indent}  `)}`
      : `${indent}  ${key.padEnd(width)} = ${scalar(member)}`,
  );
  return `{\n${lines.join('\n')}\n${indent}}`;
}

function scalar(value: Scalar): string {
  return typeof value === 'string' ? text(value) : String(value);
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Source: HCL syntax specification, template expressions. `$${` would escape the start of an expression, but not after
 * another dollar sign; the code point always works.
 */
function text(value: string): string {
  const escaped = value.replace(
    /[\\"\n\r\t]|[$%](?=\{)|[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g,
    (character) => escapes[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `"${escaped}"`;
}
