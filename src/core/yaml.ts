import { Document, isScalar, Lexer, LineCounter, parseDocument, stringify, visit } from 'yaml';
import { UsageError } from './errors.ts';
import type { JsonValue } from './json.ts';
import { clip, oneLine } from './text.ts';

/** YAML 1.2 as the Azure CLI prints it: two spaces, no anchors, long lines as they are. */
export function toYaml(value: unknown): string {
  return stringify(value, { aliasDuplicateObjects: false, lineWidth: 0, indent: 2 });
}

const acting = /[\u007f-\u009f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]/g;

/**
 * YAML laid out as PyYAML's `safe_dump`: lists at the indent of their key, single quotes, words that YAML 1.1 takes for
 * booleans quoted. Characters that a terminal may act on are escapes in double quotes, so that the value stays the
 * same.
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

/**
 * What the parser itself lets through: repeated keys (which it would look for in quadratic time), keys that are no
 * words, aliases.
 */
function faults(
  document: ReturnType<typeof parseDocument>,
): readonly { readonly message: string; readonly at: number }[] {
  const found: { readonly message: string; readonly at: number }[] = [...document.errors, ...document.warnings].map(
    ({ message, pos }) => ({ message, at: pos[0] }),
  );
  if (found.length > 0) return found;
  visit(document, {
    Alias: (_, node) => {
      found.push({
        message: 'Aliases are not read: a few of them can stand for any amount of text',
        at: node.range?.[0] ?? 0,
      });
      return visit.BREAK;
    },
    Map: (_, map) => {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        const at = isScalar(key) ? (key.range?.[0] ?? 0) : (map.range?.[0] ?? 0);
        if (!isScalar(key)) found.push({ message: 'A key must be a word', at });
        else if (seen.has(String(key.value)))
          found.push({ message: `The key '${String(key.value)}' is there twice`, at });
        if (found.length > 0) return visit.BREAK;
        if (isScalar(key)) seen.add(String(key.value));
      }
      return undefined;
    },
  });
  return found;
}

const deepest = 64;
/** Ten thousand entries of five keys, laid out with comments, are less than half of it. */
const mostTokens = 1_000_000;

/** What the parser would take long for, or call itself for without end; seen before it does. */
function excessOf(text: string): string | undefined {
  let [depth, tokens] = [0, 0];
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    tokens += 1;
    if (depth > deepest) return 'is nested too deep to be read';
    if (tokens > mostTokens) return 'has more parts than can be read';
  }
  return undefined;
}

/**
 * One YAML 1.2 document that people write, as data. `name` is the file's, for messages.
 * @throws UsageError with line and column; for aliases and keys that are there twice, too
 */
export function parseYaml(text: string, name: string): JsonValue {
  const excess = excessOf(text);
  if (excess !== undefined) throw new UsageError(`${oneLine(name)} ${excess}.`);
  const lineCounter = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: false, logLevel: 'error' });
    const [fault] = faults(document);
    if (fault === undefined) return (document.toJS({ maxAliasCount: 0 }) ?? null) as JsonValue;
    const { line, col } = lineCounter.linePos(fault.at);
    throw new UsageError(
      `${oneLine(name)}, line ${String(line)}, column ${String(col)}: ${clip(oneLine(fault.message), 300).replace(/\.$/, '')}.`,
    );
  } catch (error) {
    // The parser calls itself for every level.
    if (error instanceof RangeError) throw new UsageError(`${oneLine(name)} is nested too deep to be read.`);
    throw error;
  }
}
