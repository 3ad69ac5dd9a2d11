import type { JsonObject } from '../../../core/json.ts';
import { profileForRequest } from '../effective-profile.ts';
import {
  apiVersionOf,
  isPlainKey,
  members,
  poolType,
  reimages,
  type ExportTarget,
  type Scalar,
} from './export-target.ts';

export const bicep: ExportTarget = {
  write: (profile, { cluster, pool }) =>
    [
      `// ${reimages}`,
      `resource cluster 'Microsoft.ContainerService/managedClusters@${apiVersionOf(profile)}' existing = {`,
      `  name: ${text(cluster)}`,
      '}',
      '',
      `resource nodePool '${poolType}@${apiVersionOf(profile)}' = {`,
      '  parent: cluster',
      `  name: ${text(pool)}`,
      '  properties: {',
      '    // Bicep deploys the whole node pool: add its other properties here.',
      `    localDNSProfile: ${object(profileForRequest(profile), '    ')}`,
      '  }',
      '}',
      '',
    ].join('\n'),
};

function object(value: JsonObject, indent: string): string {
  const lines = members(value).map(([key, member]) => {
    const written = typeof member === 'object' ? object(member, `${indent}  `) : scalar(member);
    return `${indent}  ${isPlainKey(key) ? key : text(key)}: ${written}`;
  });
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${indent}}`;
}

function scalar(value: Scalar): string {
  return typeof value === 'string' ? text(value) : String(value);
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  $: '\\$',
};

/** Source: Bicep, data types: strings. A dollar sign is escaped only if it would start an expression. */
function text(value: string): string {
  const escaped = value.replace(
    /[\\'\n\r\t]|\$(?=\{)|[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g,
    (character) => escapes[character] ?? `\\u{${character.charCodeAt(0).toString(16)}}`,
  );
  return `'${escaped}'`;
}
