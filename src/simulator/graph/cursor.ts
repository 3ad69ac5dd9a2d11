import { tokens, type Token } from './lexer.ts';
import { QueryRefused } from './syntax.ts';

/** Walks the tokens of a query. Words are compared without case, as Kusto's keywords are not; here both are taken. */
export interface Cursor {
  peek(ahead?: number): Token;
  next(): Token;
  isWord(word: string): boolean;
  isSymbol(symbol: string): boolean;
  /** Takes the word or symbol where it stands next. */
  takes(kind: 'word' | 'symbol', value: string): boolean;
  expects(kind: 'word' | 'symbol', value: string): void;
  expectsKind(kind: Token['kind'], what: string): Token;
  refuse(message: string): never;
}

export function createCursor(query: string): Cursor {
  const all = tokens(query);
  let index = 0;
  const end: Token = { kind: 'end', value: '', position: query.length };
  const peek = (ahead = 0): Token => all[index + ahead] ?? end;
  const is = (kind: Token['kind'], value: string): boolean =>
    peek().kind === kind && peek().value.toLowerCase() === value;
  const refuse = (message: string): never => {
    const { value, position } = peek();
    throw new QueryRefused('ParserFailure', message, value === '' ? '<EOF>' : value, position);
  };
  const next = (): Token => {
    const token = peek();
    index += 1;
    return token;
  };
  const takes: Cursor['takes'] = (kind, value) => {
    if (!is(kind, value)) return false;
    index += 1;
    return true;
  };
  return {
    peek,
    next,
    takes,
    refuse,
    isWord: (word) => is('word', word),
    isSymbol: (symbol) => is('symbol', symbol),
    expects: (kind, value) => {
      if (!takes(kind, value)) refuse(`'${value}' is expected.`);
    },
    expectsKind: (kind, what) => (peek().kind === kind ? next() : refuse(`${what} is expected.`)),
  };
}
