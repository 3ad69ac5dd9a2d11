import { createRequire } from 'node:module';
import { Language, Parser, type Node } from 'web-tree-sitter';
import type { JsonValue } from '../../../../src/core/json.ts';

/**
 * Parses Bicep with the grammar that editors use, and reads the values of a resource from the syntax tree; expressions
 * are rejected.
 */
export interface BicepResource {
  readonly name: string;
  readonly type: string;
  readonly existing: boolean;
  readonly body: JsonValue;
}

export async function bicepReader(): Promise<(text: string) => readonly BicepResource[]> {
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(
    await Language.load(createRequire(import.meta.url).resolve('tree-sitter-bicep/tree-sitter-bicep.wasm')),
  );
  return (text) => {
    const root = parser.parse(text)?.rootNode;
    if (root === undefined || root.hasError) throw new Error(`Not Bicep: ${root?.toString() ?? ''}`);
    return children(root).map((node) => resourceOf(node));
  };
}

function children(node: Node): readonly Node[] {
  return node.namedChildren.flatMap((child) => (child === null || child.type === 'comment' ? [] : [child]));
}

function resourceOf(node: Node): BicepResource {
  const [name, type, body] = children(node);
  if (node.type !== 'resource_declaration' || name === undefined || type === undefined || body === undefined)
    throw new Error(`Not a resource: ${node.toString()}`);
  return { name: name.text, type: stringOf(type), existing: /^[^=]* existing =/.test(node.text), body: valueOf(body) };
}

function valueOf(node: Node): JsonValue {
  if (node.type === 'object') return Object.fromEntries(children(node).map((property) => entryOf(property)));
  if (node.type === 'string') return stringOf(node);
  if (node.type === 'number' || /^-\d+$/.test(node.text)) return Number(node.text);
  if (node.type === 'boolean') return node.text === 'true';
  // The only reference in an exported text is to the cluster.
  if (node.type === 'identifier') return { identifier: node.text };
  throw new Error(`Not a value: ${node.type} ${node.text}`);
}

function entryOf(property: Node): readonly [string, JsonValue] {
  const [key, value] = children(property);
  if (property.type !== 'object_property' || key === undefined || value === undefined)
    throw new Error(`Not a property: ${property.toString()}`);
  return [key.type === 'string' ? stringOf(key) : key.text, valueOf(value)];
}

const escapes: Readonly<Record<string, string>> = {
  '\\n': '\n',
  '\\r': '\r',
  '\\t': '\t',
  '\\\\': '\\',
  "\\'": "'",
  '\\$': '$',
};

/**
 * Source: Bicep, data types, strings. The grammar has no node for escaped dollar signs and some white space, so they
 * are read from between two nodes.
 */
function stringOf(node: Node): string {
  let at = 1;
  let result = '';
  for (const part of children(node)) {
    const [start, end] = [part.startIndex - node.startIndex, part.endIndex - node.startIndex];
    result +=
      unescaped(node.text.slice(at, start)) + (part.type === 'string_content' ? part.text : unescaped(part.text));
    at = end;
  }
  return result + unescaped(node.text.slice(at, -1));
}

function unescaped(text: string): string {
  if (!/^(?:\s|\\u\{[0-9a-f]{1,6}\}|\\[nrt\\'$])*$/.test(text)) throw new Error(`Not a plain text: ${text}`);
  return text.replace(/\\u\{([0-9a-f]+)\}|\\./g, (escape, code: string | undefined) =>
    code === undefined ? (escapes[escape] ?? '') : String.fromCodePoint(Number.parseInt(code, 16)),
  );
}
