import { QueryRefused } from './syntax.ts';

export interface Token {
  readonly kind: 'word' | 'text' | 'number' | 'symbol' | 'end';
  /** A text's value without its quotes. */
  readonly value: string;
  readonly position: number;
}

/** The operators' names may hold a hyphen; `in~` is one word. */
const patterns = [
  ['word', /^(?:in~|[A-Za-z_$][\w$]*(?:-[a-z]+)*)/],
  ['number', /^\d+(?!\w)/],
  ['symbol', /^(?:=~|[=|,()[\].])/],
] as const;

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"' };

function readText(query: string, start: number): { readonly value: string; readonly end: number } {
  const quote = query[start] ?? '';
  let value = '';
  for (let index = start + 1; index < query.length; index += 1) {
    const character = query[index] ?? '';
    if (character === quote) return { value, end: index + 1 };
    if (character === '\n') break;
    if (character === '\\') {
      index += 1;
      const escaped = escapes[query[index] ?? ''];
      if (escaped === undefined)
        throw new QueryRefused('ParserFailure', 'Unknown escape sequence.', `\\${query[index] ?? ''}`, index);
      value += escaped;
    } else value += character;
  }
  throw new QueryRefused('ParserFailure', 'A string is not closed.', quote, start);
}

function plainToken(query: string, position: number): Token {
  const rest = query.slice(position);
  for (const [kind, pattern] of patterns) {
    const [value] = pattern.exec(rest) ?? [];
    if (value !== undefined) return { kind, value, position };
  }
  throw new QueryRefused('ParserFailure', 'Unexpected character.', rest.slice(0, 1), position);
}

export function tokens(query: string): readonly Token[] {
  const found: Token[] = [];
  for (let index = 0; index < query.length;) {
    const character = query[index] ?? '';
    if (/\s/.test(character)) index += 1;
    else if (character === "'" || character === '"') {
      const { value, end } = readText(query, index);
      found.push({ kind: 'text', value, position: index });
      index = end;
    } else {
      const token = plainToken(query, index);
      found.push(token);
      index += token.value.length;
    }
  }
  return [...found, { kind: 'end', value: '', position: query.length }];
}
