import { Document, stringify, visit } from 'yaml';

/** YAML 1.2 as the Azure CLI prints it: two spaces, no anchors, long lines as they are. */
export function toYaml(value: unknown): string {
  return stringify(value, { aliasDuplicateObjects: false, lineWidth: 0, indent: 2 });
}

const acting = /[\u007f-\u009f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]/g;

/**
 * YAML laid out as PyYAML's `safe_dump`: lists at the indent of their key, single quotes, words that YAML 1.1 takes for booleans quoted.
 * Characters that a terminal may act on are escapes in double quotes, so that the value stays the same.
 */
export function toAzureYaml(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === 'string' && node.value.search(acting) !== -1) node.type = 'QUOTE_DOUBLE';
    },
  });
  const text = document.toString({ lineWidth: 0, indent: 2, indentSeq: false, singleQuote: true });
  return text.replace(acting, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
