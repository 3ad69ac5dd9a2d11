import {
  Document,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  parseAllDocuments,
  parseDocument,
  stringify,
  visit,
} from 'yaml';
import { UsageError } from './errors.ts';
import type { JsonValue } from './json.ts';
import { clip, oneLine } from './text.ts';

/** YAML 1.2 as the Azure CLI prints it: two spaces, no anchors, no line folding. */
export function toYaml(value: unknown): string {
  return stringify(value, { aliasDuplicateObjects: false, lineWidth: 0, indent: 2 });
}

const actingCharacters = /[\u007f-\u009f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]/g;

/**
 * YAML as PyYAML's `safe_dump` formats it: lists at the indent of their key, single quotes, and words that YAML 1.1
 * reads as booleans quoted, and `...` behind a document that is one bare word. Characters that a terminal may act on are escaped in double quotes, so the value stays the
 * same.
 */
export function toAzureYaml(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === 'string' && node.value.search(actingCharacters) !== -1) node.type = 'QUOTE_DOUBLE';
    },
  });
  const text = document.toString({ lineWidth: 0, indent: 2, indentSeq: false, singleQuote: true });
  const ended = isScalar(document.contents) && /^[^'"|>]/.test(text) ? `${text}...\n` : text;
  return ended.replace(actingCharacters, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * What the parser itself accepts: duplicate keys (it would check them in quadratic time), keys that are not scalars,
 * aliases.
 */
function defects(
  document: ReturnType<typeof parseDocument>,
): readonly { readonly message: string; readonly at: number }[] {
  const found: { readonly message: string; readonly at: number }[] = [...document.errors, ...document.warnings].map(
    ({ message, pos }) => ({ message, at: pos[0] }),
  );
  if (found.length > 0) return found;
  visit(document, {
    Alias: (_, node) => {
      found.push({
        message: 'Aliases are not supported, because a few of them can expand to any amount of text',
        at: node.range?.[0] ?? 0,
      });
      return visit.BREAK;
    },
    Map: (_, map) => {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        const at = isScalar(key) ? (key.range?.[0] ?? 0) : (map.range?.[0] ?? 0);
        if (!isScalar(key)) found.push({ message: 'A key must be a scalar', at });
        else if (seen.has(String(key.value)))
          found.push({ message: `The key '${String(key.value)}' is duplicated`, at });
        if (found.length > 0) return visit.BREAK;
        if (isScalar(key)) seen.add(String(key.value));
      }
      return undefined;
    },
  });
  return found;
}

const maxDepth = 64;
/** Ten thousand entries of five keys, formatted and commented, need less than half of this. */
const maxTokens = 1_000_000;

/** Detects input that would take the parser too long or exhaust its call stack. */
function limitError(text: string): string | undefined {
  let [depth, tokens] = [0, 0];
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    tokens += 1;
    if (depth > maxDepth) return 'is nested too deeply';
    if (tokens > maxTokens) return 'is too large to read';
  }
  return undefined;
}

const parserOptions = { prettyErrors: false, uniqueKeys: false, logLevel: 'error' } as const;

type Parsed = ReturnType<typeof parseDocument>;

/** @throws UsageError with line and column */
function dataOf(
  text: string,
  name: string,
  parse: (lineCounter: LineCounter) => readonly Parsed[],
): readonly JsonValue[] {
  const tooBig = limitError(text);
  if (tooBig !== undefined) throw new UsageError(`${oneLine(name)} ${tooBig}.`);
  const lineCounter = new LineCounter();
  try {
    return parse(lineCounter).map((document) => {
      const [defect] = defects(document);
      if (defect === undefined) return (document.toJS({ maxAliasCount: 0 }) ?? null) as JsonValue;
      const { line, col } = lineCounter.linePos(defect.at);
      throw new UsageError(
        `${oneLine(name)}, line ${String(line)}, column ${String(col)}: ${clip(oneLine(defect.message), 300).replace(/\.$/, '')}.`,
      );
    });
  } catch (error) {
    // The parser recurses on every level.
    if (error instanceof RangeError) throw new UsageError(`${oneLine(name)} is nested too deeply.`);
    throw error;
  }
}

/**
 * One YAML 1.2 document written by people, as data. `name` is the file name, for messages.
 * @throws UsageError with line and column, also for aliases and duplicate keys
 */
export function parseYaml(text: string, name: string): JsonValue {
  const [value = null] = dataOf(text, name, (lineCounter) => [parseDocument(text, { ...parserOptions, lineCounter })]);
  return value;
}

/**
 * The documents of a YAML 1.2 text, as data; `null` for an empty one. The limits are for all of them together.
 * @throws UsageError like `parseYaml`
 */
export function parseYamlDocuments(text: string, name: string): readonly JsonValue[] {
  return dataOf(text, name, (lineCounter) => {
    const documents = parseAllDocuments(text, { ...parserOptions, lineCounter });
    return 'empty' in documents ? [] : documents;
  });
}

/**
 * A YAML document with items added to the end of a list at its top; everything else stays as written, comments
 * included. The list is created if the document is empty or lacks it. The text must be what `parseYaml` accepts.
 */
export function appendToYamlList(text: string, key: string, items: readonly JsonValue[]): string {
  const document = parseDocument(text, { prettyErrors: false, uniqueKeys: false, logLevel: 'error' });
  const list = document.get(key);
  if (isSeq(list)) {
    list.flow = false;
    for (const item of items) list.add(document.createNode(item));
  } else document.set(key, document.createNode(items));
  return document.toString({ lineWidth: 0, indent: 2 });
}
