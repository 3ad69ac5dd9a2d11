import { UsageError } from '../../../core/errors.ts';
import type { JsonObject, JsonValue } from '../../../core/json.ts';
import { positionsOf } from '../positions.ts';
import { quoted } from '../text.ts';

const maxDepth = 16;

/**
 * Finds all objects assigned to `localDNSProfile` in HCL or Bicep. Both write such an object in a similar way: keys
 * with `=` or `:`, literal values, entries on separate lines or separated by commas. Anything that is not a literal (a
 * variable, a function, a template) cannot be evaluated here and is rejected.
 * @throws UsageError with the line.
 */
export function blocksIn(text: string, name: string): readonly JsonObject[] {
  const reader = new BlockReader(text, name);
  const found: JsonObject[] = [];
  const start = /(?<![\w"'.])(["']?)localDNSProfile\1\s*[=:]\s*/gi;
  for (let match = start.exec(text); match !== null; match = start.exec(text)) {
    const before = text.slice(text.lastIndexOf('\n', match.index) + 1, match.index);
    if (/^\s*(?:#|\/\/)/.test(before)) continue;
    found.push(reader.objectAt(start.lastIndex));
    start.lastIndex = reader.at;
  }
  return found;
}

const plainEscapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '\\': '\\',
  '"': '"',
  "'": "'",
  $: '$',
};

class BlockReader {
  readonly #text: string;
  readonly #name: string;
  at = 0;

  constructor(text: string, name: string) {
    this.#text = text;
    this.#name = name;
  }

  objectAt(offset: number): JsonObject {
    this.at = offset;
    if (this.#text[this.at] !== '{') throw this.#refused('the profile must be an object');
    return this.#object(0);
  }

  #refused(what: string, at = this.at): UsageError {
    const line = positionsOf(this.#text, [at])[0]?.line ?? 1;
    return new UsageError(`${this.#name}, line ${String(line)}: ${what}.`, [
      'Only literal values can be imported. Replace expressions with their values, or import the profile stored in ' +
        'Azure (az aks nodepool show).',
    ]);
  }

  #object(depth: number): JsonObject {
    if (depth > maxDepth) throw this.#refused('the nesting is too deep');
    const entries = new Map<string, JsonValue>();
    this.at += 1;
    for (;;) {
      this.#skip();
      if (this.#text[this.at] === '}') {
        this.at += 1;
        return Object.fromEntries(entries);
      }
      const at = this.at;
      const key = this.#key();
      if (entries.has(key)) throw this.#refused(`the key ${quoted(key)} is repeated here`, at);
      this.#skip();
      if (!'=:'.includes(this.#text[this.at] ?? ' ')) throw this.#refused(`a value for ${quoted(key)} is expected`);
      this.at += 1;
      this.#skip();
      entries.set(key, this.#value(depth));
      this.#end();
    }
  }

  /** Skips white space, commas and comments. */
  #skip(): void {
    const space = /(?:[\s,]|#[^\n]*|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
    space.lastIndex = this.at;
    space.test(this.#text);
    this.at = space.lastIndex;
  }

  /**
   * A value must be followed by a line end, a comma, a comment or the end of the object; otherwise it is an expression.
   */
  #end(): void {
    const rest = /[ \t]*(?=[\r\n,}#]|\/[/*]|$)/y;
    rest.lastIndex = this.at;
    if (!rest.test(this.#text)) throw this.#refused('this value is an expression');
    this.at = rest.lastIndex;
  }

  #key(): string {
    const first = this.#text[this.at] ?? '';
    if (first === '"' || first === "'") return this.#string();
    const word = this.#word(/[A-Za-z_][\w-]*/y);
    if (word === undefined) throw this.#refused('a key is expected here');
    return word;
  }

  #word(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  #value(depth: number): JsonValue {
    const first = this.#text[this.at] ?? '';
    if (first === '{') return this.#object(depth + 1);
    if (first === '"' || first === "'") return this.#string();
    const number = this.#word(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
    if (number !== undefined) return Number(number);
    const at = this.at;
    const word = this.#word(/[A-Za-z_][\w.-]*/y);
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null') return null;
    throw this.#refused(`${quoted(word ?? first)} is not a literal value`, at);
  }

  #string(): string {
    const begin = this.at;
    const quote = this.#text[this.at] ?? '';
    if (this.#text.startsWith("'''", this.at)) throw this.#refused('multi-line strings are not supported');
    let result = '';
    for (this.at += 1; this.#text[this.at] !== quote;) {
      const rest = this.#text.slice(this.at, this.at + 12);
      const character = rest[0];
      if (character === undefined || character === '\n')
        throw this.#refused('a string is not closed on its line', begin);
      const doubled = quote === '"' ? /^([$%])\1\{/.exec(rest) : null;
      if (doubled !== null) {
        result += `${doubled[1] ?? ''}{`;
        this.at += 3;
      } else if (rest.startsWith('${') || (quote === '"' && rest.startsWith('%{')))
        throw this.#refused('this string contains an expression', begin);
      else if (character === '\\') result += this.#escape(rest);
      else {
        result += character;
        this.at += 1;
      }
    }
    this.at += 1;
    // HCL normalizes its texts. Source: HCL native syntax specification, template expressions.
    return quote === '"' ? result.normalize('NFC') : result;
  }

  #escape(rest: string): string {
    const code = /^\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(rest);
    if (code !== null) {
      const point = Number.parseInt(code[1] ?? code[2] ?? code[3] ?? '', 16);
      if (point > 0x10ffff) throw this.#refused('this escape is not a valid character');
      this.at += code[0].length;
      return String.fromCodePoint(point);
    }
    const plain = plainEscapes[rest[1] ?? ''];
    if (plain === undefined) throw this.#refused('this escape is not supported');
    this.at += 2;
    return plain;
  }
}
