import { safeLink } from './clean-text.ts';

/** Safe markup of a language such as HTML, made by a template of that language. Other templates insert it unescaped. */
export class Markup<L extends string> {
  readonly language: L;
  readonly text: string;

  constructor(language: L, text: string) {
    this.language = language;
    this.text = text;
  }
}

export type Value<L extends string> = string | number | Markup<L>;

type Escape = (text: string) => string;

/** A place for a value in a template: how a plain string is escaped there, and which markup it accepts. */
interface Hole {
  readonly escape: Escape;
  readonly takes: string;
}

interface Language<L extends string, Nested extends string> {
  /** A template that escapes each `${…}` that is not markup. */
  (strings: TemplateStringsArray, ...values: readonly Value<L | Nested>[]): Markup<L>;
  readonly join: (values: readonly Value<L>[], separator?: string) => Markup<L>;
  /** Declares a text to be safe markup. It must not contain unescaped text from outside. */
  readonly raw: (text: string) => Markup<L>;
}

function fill(value: Value<string>, { escape, takes }: Hole): string {
  if (typeof value === 'string') return value === '' ? '' : escape(value);
  if (typeof value === 'number') return String(value);
  if (value.language === takes) return value.text;
  throw new Error(`Markup of ${value.language} is used where only ${takes} is allowed.`);
}

/**
 * A language that escapes by construction.
 * @param holesOf the places of a template with rules other than those of text; `undefined` for a place in text
 */
export function language<L extends string, Nested extends string = L>(
  name: L,
  escape: Escape,
  holesOf: (strings: readonly string[]) => readonly (Hole | undefined)[] = () => [],
): Language<L, Nested> {
  const inText: Hole = { escape, takes: name };
  // The strings of a template literal are the same array on every call.
  const known = new WeakMap<TemplateStringsArray, readonly (Hole | undefined)[]>();

  function template(strings: TemplateStringsArray, ...values: readonly Value<L | Nested>[]): Markup<L> {
    let holes = known.get(strings);
    if (holes === undefined) known.set(strings, (holes = holesOf(strings)));
    let text = strings[0] ?? '';
    for (let index = 0; index < values.length; index += 1)
      text += fill(values[index] ?? '', holes[index] ?? inText) + (strings[index + 1] ?? '');
    return new Markup(name, text);
  }

  function join(values: readonly Value<L>[], separator = ''): Markup<L> {
    return new Markup(name, values.map((value) => fill(value, inText)).join(separator));
  }

  return Object.assign(template, { join, raw: (text: string) => new Markup(name, text) });
}

const refused: Escape = (text) => {
  throw new Error(`Plain text is not allowed in a tag, a script or a style: ${text}`);
};

const url: Escape = (text) => {
  if (safeLink(text) !== undefined || /^#[\w-]+$/.test(text)) return text;
  throw new Error(`Only a safe link is allowed: ${text}`);
};

/**
 * HTML or XML: a plain string is always text. A tag accepts only `attributes`, and a script or style only `raw` text.
 */
export function tagLanguage<L extends string>(name: L, escape: Escape) {
  const unquoted: Escape = (text) => (/^[\w-]+$/.test(text) ? text : `"${escape(text)}"`);

  /** `before` is the template up to the place, with a 0 for each earlier value. */
  function holeAfter(before: string): Hole {
    if (/<(script|style)\b[^>]*>(?:(?!<\/\1).)*$/is.test(before)) return { escape: refused, takes: name };
    // The open tag, if any; quoted values may contain any character.
    const tag = /<(?:[^<>"']|"[^"]*"|'[^']*')*(?:"[^"]*|'[^']*)?$/.exec(before)?.[0];
    if (tag === undefined) return { escape, takes: name };
    const [, attribute, quote = '', start = ''] = /\s([\w-]+)=(?:(["'])((?:(?!\2).)*))?$/s.exec(tag) ?? [];
    if (attribute === undefined) return { escape: refused, takes: 'attributes' };
    if (/^(?:on.*|style|srcdoc)$/i.test(attribute)) return { escape: refused, takes: 'nothing' };
    if (start === '' && /^(?:href|src|action)$/i.test(attribute)) return { escape: url, takes: 'nothing' };
    return { escape: quote === '' ? unquoted : escape, takes: 'nothing' };
  }

  /** Attributes by name: `true` gives the name only, `undefined` and `false` give nothing. */
  function attributes(values: Readonly<Record<string, string | number | boolean | undefined>>): Markup<'attributes'> {
    let text = '';
    for (const key of Object.keys(values)) {
      const value = values[key];
      if (value === true) text += ` ${key}`;
      else if (value !== undefined && value !== false) text += ` ${key}="${escape(String(value))}"`;
    }
    return new Markup('attributes', text);
  }

  const tag = language<L, 'attributes'>(name, escape, (strings) =>
    strings.slice(1).map((_, index) => holeAfter(strings.slice(0, index + 1).join('0'))),
  );
  return { tag, attributes };
}
