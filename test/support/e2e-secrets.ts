/**
 * Secrets that must never appear in output: tokens, values of signed URLs, secrets of endpoints. Collected while the
 * simulator issues them.
 */
export interface Secrets {
  addToken(token: string): void;
  /** The query of a URL that was returned in a header. */
  addSignedUrl(url: string): void;
  add(name: string, value: string): void;
  /** The names of the secrets in the text. */
  foundIn(text: string): readonly string[];
  readonly count: number;
}

/** Shorter values (API versions, times) are not secrets, and occur in many texts. */
const shortest = 20;

export function createSecrets(): Secrets {
  const known = new Map<string, string>();
  const add = (name: string, value: string): void => {
    if (value.length >= shortest) known.set(value, name);
  };
  return {
    add,
    addToken(token) {
      const [, payload = '', signature = ''] = token.split('.');
      add('the claims of a token', payload);
      add('the signature of a token', signature);
    },
    addSignedUrl(url) {
      if (!URL.canParse(url)) return;
      for (const [name, value] of new URL(url).searchParams) add(`the value of ${name} in a signed URL`, value);
    },
    foundIn(text) {
      // A terminal may wrap a long value.
      const texts = [text, text.replace(/\s+/g, ''), decodedQuery(text)];
      return [
        ...new Set([...known].filter(([value]) => texts.some((each) => each.includes(value))).map(([, name]) => name)),
      ];
    },
    get count() {
      return known.size;
    },
  };
}

function decodedQuery(text: string): string {
  return text.replace(/%[0-9a-f]{2}/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
}
