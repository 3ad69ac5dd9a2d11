import { stringify } from 'yaml';

/** YAML 1.2 as the Azure CLI prints it: two spaces, no anchors, long lines as they are. */
export function toYaml(value: unknown): string {
  return stringify(value, { aliasDuplicateObjects: false, lineWidth: 0, indent: 2 });
}
