type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** The encoding of a text file. */
export interface TextForm {
  readonly encoding: TextEncoding;
  /** Whether the file begins with a byte order mark. */
  readonly marked: boolean;
}

/** The text of a file, or what is wrong after `prefix`, the part that could be read. */
export type Decoded =
  | { readonly text: string; readonly form: TextForm }
  | { readonly wrong: string; readonly prefix: string };

type Encoding = TextEncoding | 'utf-32';

const names: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 (little endian)',
  'utf-16be': 'UTF-16 (big endian)',
  'utf-32': 'UTF-32',
};

const marks: readonly { readonly encoding: Encoding; readonly bytes: readonly number[] }[] = [
  { encoding: 'utf-32', bytes: [0xff, 0xfe, 0, 0] },
  { encoding: 'utf-32', bytes: [0, 0, 0xfe, 0xff] },
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
];

/**
 * Decodes UTF-8 and UTF-16 with or without a byte order mark, like the Azure CLI. Invalid bytes are an error and never
 * replaced.
 */
export function decode(bytes: Uint8Array): Decoded {
  const mark = marks.find((candidate) => candidate.bytes.every((byte, index) => bytes[index] === byte));
  const encoding = mark?.encoding ?? unmarked(bytes);
  if (encoding === 'utf-32') return { wrong: 'The file is UTF-32', prefix: '' };
  const content = bytes.subarray(mark?.bytes.length ?? 0);
  const text = strict(content, encoding, false);
  return text === undefined
    ? { wrong: `The file contains invalid ${names[encoding]} from here on`, prefix: longestPrefix(content, encoding) }
    : { text, form: { encoding, marked: mark !== undefined } };
}

/** The inverse of `decode`. */
export function encode(text: string, { encoding, marked }: TextForm): Uint8Array {
  const content = marked ? `\ufeff${text}` : text;
  if (encoding === 'utf-8') return new TextEncoder().encode(content);
  const bytes = new Uint8Array(content.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < content.length; at += 1)
    view.setUint16(at * 2, content.charCodeAt(at), encoding === 'utf-16le');
  return bytes;
}

/** JSON begins with two ASCII characters, so the zero bytes reveal the encoding. Source: RFC 4627, section 3. */
function unmarked(bytes: Uint8Array): Encoding {
  const [first, second, third, fourth] = bytes;
  if (first === 0 && second === 0) return 'utf-32';
  if (first === 0 && second !== undefined) return 'utf-16be';
  if (second !== 0 || first === undefined) return 'utf-8';
  return third === 0 && fourth === 0 ? 'utf-32' : 'utf-16le';
}

function strict(bytes: Uint8Array, encoding: Encoding, unfinished: boolean): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes, { stream: unfinished });
  } catch {
    return undefined;
  }
}

/** Uses a binary search, because a decoder does not report where it stopped. */
function longestPrefix(bytes: Uint8Array, encoding: Encoding): string {
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (strict(bytes.subarray(0, middle), encoding, true) === undefined) bad = middle;
    else good = middle;
  }
  return strict(bytes.subarray(0, good), encoding, true) ?? '';
}
