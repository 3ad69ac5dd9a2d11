import type { Node, ParseError } from 'jsonc-parser';
import { parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Hit } from './rules/rule.ts';
import { quoted } from './text.ts';

/** A JSON value with its position in the text. */
export type JsonNode = Node;

/** A member of an object; `value` is undefined only if the syntax is broken. */
export interface Member {
  readonly key: string;
  readonly keyOffset: number;
  /** Including the quotes. */
  readonly keyLength: number;
  readonly value: JsonNode | undefined;
}

export interface Parsed {
  /** Undefined if the text is too broken to parse. */
  readonly root: JsonNode | undefined;
  readonly tooDeep: number | undefined;
  readonly syntax: readonly Hit[];
}

/** A profile is four levels deep. The parser is recursive, so deeper nesting must not reach it. */
const maxDepth = 32;

/**
 * Parses strict JSON. Comments and trailing commas are reported without hiding other errors; any other syntax error
 * ends parsing.
 */
export function parse(text: string): Parsed {
  const tooDeep = firstTooDeep(text);
  if (tooDeep !== undefined) return { root: undefined, tooDeep, syntax: [] };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  const syntax = new Map<number, Hit>();
  for (const error of errors) {
    const known = recoverable(text, error);
    const hit = known ?? described(text, error);
    syntax.set(hit.place.offset, hit);
    // From here on the parser guesses, and each guess would be another error.
    if (known === undefined) return { root: undefined, tooDeep: undefined, syntax: [...syntax.values()] };
  }
  return { root, tooDeep: undefined, syntax: [...syntax.values()] };
}

export function membersOf(node: JsonNode): readonly Member[] {
  const members: Member[] = [];
  for (const { children } of node.children ?? []) {
    const key = children?.[0];
    if (key !== undefined)
      members.push({ key: String(key.value), keyOffset: key.offset, keyLength: key.length, value: children?.[1] });
  }
  return members;
}

/** The type names for messages. */
const typeNames: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  boolean: 'a boolean',
  array: 'an array',
  object: 'an object',
};

export function typeName(node: JsonNode): string {
  return typeNames[node.type] ?? 'null';
}

/** The source text of a value, for messages. */
export function sourceOf(text: string, node: JsonNode): string {
  return text.slice(node.offset, node.offset + Math.min(node.length, 200));
}

/** Character codes, because comparing single-character strings would be slower than reading the file. */
const codes = {
  lineFeed: 0x0a,
  carriageReturn: 0x0d,
  quote: 0x22,
  bracket: 0x5b,
  backslash: 0x5c,
  bracketEnd: 0x5d,
  brace: 0x7b,
  braceEnd: 0x7d,
} as const;

function firstTooDeep(text: string): number | undefined {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === codes.backslash) at += 1;
      // A line end closes an unterminated string, as in the parser.
      else if (code === codes.quote || code === codes.lineFeed || code === codes.carriageReturn) inString = false;
    } else if (code === codes.quote) inString = true;
    else if (code === codes.brace || code === codes.bracket) {
      depth += 1;
      if (depth > maxDepth) return at;
    } else if (code === codes.braceEnd || code === codes.bracketEnd) depth -= 1;
  }
  return undefined;
}

function hit(offset: number, what: string, instead?: string): Hit {
  return { place: { offset, path: '$' }, what, ...(instead === undefined ? {} : { instead }) };
}

/** Errors after which the parser still reads the rest correctly. */
function recoverable(text: string, error: ParseError): Hit | undefined {
  const code = printParseErrorCode(error.error);
  if (code === 'InvalidCommentToken') return hit(error.offset, 'Comments are not allowed');
  if (code === 'CommaExpected' && text[error.offset] === '"') return hit(error.offset, 'A comma is missing here', ',');
  if (code !== 'PropertyNameExpected' && code !== 'ValueExpected') return undefined;
  const comma = trailingComma(text, error.offset);
  return comma === undefined ? undefined : hit(comma, 'A trailing comma is not allowed');
}

function trailingComma(text: string, offset: number): number | undefined {
  if (text[offset] !== '}' && text[offset] !== ']') return undefined;
  let at = offset - 1;
  while (at >= 0 && ' \t\r\n'.includes(text[at] ?? '')) at -= 1;
  return text[at] === ',' ? at : undefined;
}

const descriptions: Readonly<Record<string, string>> = {
  InvalidSymbol: 'This is not a valid JSON value or key; keys and strings need double quotes',
  InvalidNumberFormat: 'This is not a valid JSON number',
  PropertyNameExpected: 'A key in double quotes is expected here',
  ValueExpected: 'A value is expected here',
  ColonExpected: 'A colon is expected here',
  CommaExpected: 'A comma is expected here',
  CloseBraceExpected: "A closing brace '}' is missing",
  CloseBracketExpected: "A closing bracket ']' is missing",
  EndOfFileExpected: 'The file should end here, after the closing brace',
  UnexpectedEndOfComment: 'This comment is not closed',
  UnexpectedEndOfString: 'The closing quote of this string is missing',
  UnexpectedEndOfNumber: 'This number is incomplete',
  InvalidUnicode: 'A \\u escape needs four hexadecimal digits',
  InvalidEscapeCharacter: 'This is not a valid escape sequence',
  InvalidCharacter: 'A string must not contain control characters',
};

function described(text: string, error: ParseError): Hit {
  const code = printParseErrorCode(error.error);
  const found = text.slice(error.offset, error.offset + Math.min(error.length, 200));
  if (text.trim() === '')
    return { ...hit(0, 'The file is empty'), why: 'a profile is an object such as {"mode": "Required"}' };
  const what = descriptions[code] ?? 'This is not JSON';
  return hit(error.offset, found.trim() === '' ? what : `${what}: ${quoted(found)}`);
}
