import { QueryRefused } from './syntax.ts';

export interface Token {
  readonly kind: 'word' | 'text' | 'number' | 'symbol' | 'end';
  /** A text's value without its quotes. */
  readonly value: string;
  readonly position: number;
}

/** Words may hold a hyphen only as part of the operators' names. */
const hyphenated = /^(?:mv-expand|mv-apply|project-away|project-keep|project-rename|project-reorder|make-series)\b/i;
const symbols = [
  '!startswith',
  '!endswith',
  '!contains',
  '!has',
  '!in~',
  '!in',
  '==',
  '=~',
  '!=',
  '!~',
  '<=',
  '>=',
  '<',
  '>',
  '=',
  '|',
  ',',
  '(',
  ')',
  '[',
  ']',
  '.',
  ';',
];

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"' };

function readText(query: string, start: number): { readonly value: string; readonly end: number } {
  const verbatim = query[start] === '@';
  let index = start + (verbatim ? 1 : 0);
  const quote = query[index] ?? '';
  let value = '';
  for (index += 1; index < query.length; index += 1) {
    const character = query[index] ?? '';
    if (character === quote) {
      if (verbatim && query[index + 1] === quote) index += 1;
      else return { value, end: index + 1 };
    }
    if (character === '\\' && !verbatim) {
      index += 1;
      const escaped = escapes[query[index] ?? ''];
      if (escaped === undefined)
        throw new QueryRefused('ParserFailure', 'An escape sequence is not known.', `\\${query[index] ?? ''}`, index);
      value += escaped;
    } else if (character === '\n') {
      break;
    } else {
      value += character;
    }
  }
  throw new QueryRefused('ParserFailure', 'A string is not closed.', quote, start);
}

function plainToken(rest: string, position: number): Token & { readonly length: number } {
  const of = (kind: Token['kind'], value: string): Token & { readonly length: number } => ({
    kind,
    value,
    position,
    length: value.length,
  });
  const [hyphen] = hyphenated.exec(rest) ?? [];
  if (hyphen !== undefined) return of('word', hyphen);
  // `in~` is one word.
  const [word] = /^(?:in~|[A-Za-z_$][\w$]*)/.exec(rest) ?? [];
  if (word !== undefined) return of('word', word);
  const [number] = /^-?\d+(?:\.\d+)?(?![\w])/.exec(rest) ?? [];
  if (number !== undefined) return of('number', number);
  const lower = rest.slice(0, 12).toLowerCase();
  const symbol = symbols.find(
    (one) => lower.startsWith(one) && !(/[a-z]$/.test(one) && /\w/.test(lower[one.length] ?? '')),
  );
  if (symbol !== undefined) return of('symbol', symbol);
  throw new QueryRefused('ParserFailure', 'A character that no token begins with.', rest.slice(0, 1), position);
}

export function tokens(query: string): readonly Token[] {
  const found: Token[] = [];
  let index = 0;
  while (index < query.length) {
    const rest = query.slice(index);
    const [skip] = /^(?:\s+|\/\/[^\n]*)/.exec(rest) ?? [];
    if (skip !== undefined) {
      index += skip.length;
    } else if (/^(?:@?['"])/.test(rest)) {
      const { value, end } = readText(query, index);
      found.push({ kind: 'text', value, position: index });
      index = end;
    } else {
      const { length, ...token } = plainToken(rest, index);
      found.push(token);
      index += length;
    }
  }
  return [...found, { kind: 'end', value: '', position: query.length }];
}
