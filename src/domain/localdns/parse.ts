import type { Node, ParseError } from 'jsonc-parser';
import { parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Hit } from './rules/rule.ts';
import { quoted } from './text.ts';

/** A JSON value with its place in the text. */
export type JsonNode = Node;

/** A member of an object; `value` is missing only where the syntax is broken. */
export interface Member {
  readonly key: string;
  readonly keyOffset: number;
  /** With its quotes, as it is written. */
  readonly keyLength: number;
  readonly value: JsonNode | undefined;
}

export interface Parsed {
  /** Undefined if the text is too broken to say what stands in it. */
  readonly root: JsonNode | undefined;
  readonly tooDeep: number | undefined;
  readonly syntax: readonly Hit[];
}

/** A profile is four levels deep; the parser is recursive, so what nests without end must not reach it. */
const deepest = 32;

/**
 * Strict JSON: comments and trailing commas are reported. They do not hide what else is wrong; other errors of syntax
 * do.
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
    // The parser guesses from here on, and each guess would be one more error.
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

/** A value's type as it is called in messages. */
const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'a boolean',
  array: 'an array',
  object: 'an object',
};

export function typeName(node: JsonNode): string {
  return typeNames[node.type] ?? 'null';
}

/** The text's own form of a value, for messages. */
export function sourceOf(text: string, node: JsonNode): string {
  return text.slice(node.offset, node.offset + Math.min(node.length, 200));
}

/** Compared by number: each character of a file as a text of its own is slower than reading it. */
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
      // A line end closes a broken string, as it does for the parser.
      else if (code === codes.quote || code === codes.lineFeed || code === codes.carriageReturn) inString = false;
    } else if (code === codes.quote) inString = true;
    else if (code === codes.brace || code === codes.bracket) {
      depth += 1;
      if (depth > deepest) return at;
    } else if (code === codes.braceEnd || code === codes.bracketEnd) depth -= 1;
  }
  return undefined;
}

function hit(offset: number, what: string, instead?: string): Hit {
  return { place: { offset, path: '$' }, what, ...(instead === undefined ? {} : { instead }) };
}

/** Errors after which the parser still reads the rest as it was meant. */
function recoverable(text: string, error: ParseError): Hit | undefined {
  const code = printParseErrorCode(error.error);
  if (code === 'InvalidCommentToken') return hit(error.offset, 'A comment');
  if (code === 'CommaExpected' && text[error.offset] === '"')
    return hit(error.offset, 'A comma is missing before this', ',');
  if (code !== 'PropertyNameExpected' && code !== 'ValueExpected') return undefined;
  const comma = trailingComma(text, error.offset);
  return comma === undefined ? undefined : hit(comma, 'A comma after the last entry');
}

function trailingComma(text: string, offset: number): number | undefined {
  if (text[offset] !== '}' && text[offset] !== ']') return undefined;
  let at = offset - 1;
  while (at >= 0 && ' \t\r\n'.includes(text[at] ?? '')) at -= 1;
  return text[at] === ',' ? at : undefined;
}

const descriptions: Readonly<Record<string, string>> = {
  InvalidSymbol: 'This is no JSON value or key, which stand in double quotes',
  InvalidNumberFormat: 'This is no number as JSON has them',
  PropertyNameExpected: 'A key in double quotes is expected here',
  ValueExpected: 'A value is expected here',
  ColonExpected: 'A colon is expected here',
  CommaExpected: 'A comma is expected here',
  CloseBraceExpected: "A closing brace '}' is missing",
  CloseBracketExpected: "A closing bracket ']' is missing",
  EndOfFileExpected: 'The file should end here, after the closing brace',
  UnexpectedEndOfComment: 'A comment that does not end',
  UnexpectedEndOfString: 'A text whose closing quote is missing on this line',
  UnexpectedEndOfNumber: 'A number that does not end as JSON has them',
  InvalidUnicode: 'A \\u escape without its four hexadecimal digits',
  InvalidEscapeCharacter: 'A backslash escape that JSON does not know',
  InvalidCharacter: 'A control character inside a text',
};

function described(text: string, error: ParseError): Hit {
  const code = printParseErrorCode(error.error);
  const found = text.slice(error.offset, error.offset + Math.min(error.length, 200));
  if (text.trim() === '')
    return { ...hit(0, 'The file is empty'), why: 'a profile is an object such as {"mode": "Required"}' };
  const what = descriptions[code] ?? 'This is not JSON';
  return hit(error.offset, found.trim() === '' ? what : `${what}: ${quoted(found)}`);
}
