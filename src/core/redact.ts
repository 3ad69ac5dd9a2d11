import { isJsonObject, type JsonValue } from './json.ts';
import { hidden } from './secret.ts';
import { clip, oneLine } from './text.ts';

const secretNames = [
  'client[-_ ]?(?:secret|assertion)',
  '(?:access|refresh|bearer|session)[-_ ]?token',
  '(?<![a-z])(?:id|oidc|sas)[-_]?token',
  'pass(?:word|wd|phrase)',
  '(?:account|shared[-_ ]?access|api|subscription|private)[-_ ]?key',
  'shared[-_ ]?access[-_ ]?signature',
  'client[-_]key[-_]data',
  'identity[-_]header',
  '(?<![a-z])pwd',
].join('|');

/** A value in quotes of any kind, also escaped, or up to the end that a query, form or connection string gives it. */
const value = String.raw`(?:\\+"[^"]*"?|"(?:\\.|[^"\\])*"?|'(?:''|[^'])*'?|[^\s"'&;<>\\]+)`;

const named = String.raw`(?:\\*["'])?\s*[=:]\s*`;

const secrets: readonly (readonly [RegExp, string])[] = [
  // The query of a URL may be a signature.
  [/(https?:\/\/(?:(?!https?:\/\/)[^\s?"'<>])+)\?[^\s"'<>)\]]*/gi, '$1'],
  // A private key as PEM, complete or truncated.
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, '[private key]'],
  // A JWT, complete or truncated.
  [/\beyJ[\w-]{6,}(?:\.[\w-]*){0,4}/g, '[token]'],
  // A refresh token or an authorization code of Entra ID, even without a preceding word.
  [/(?<![\w.])[01]\.A[\w-]{20,}(?:\.[\w-]+)*/g, '[token]'],
  // Not "Bearer authentication", nor the parameters of a challenge: `Bearer authorization_uri="…"`.
  [/\bBearer\s+(?![a-z_]+=")(?=[\w.~+/=-]*(?:\d|[.~+/_]\w|=)|\w{20})[\w.~+/=-]{6,}/gi, 'Bearer [token]'],
  [/(\bauthorization["']?\s*[=:]\s*["']?(?:basic|digest|negotiate|sharedkey)\s+)[^\s"',]+/gi, `$1${hidden}`],
  [new RegExp(`((?:${secretNames})${named})${value}`, 'gi'), `$1${hidden}`],
  // These words also occur in sentences: a cluster secret, an image gallery (SIG), any kind of token.
  [new RegExp(`((?<![a-z])(?:secret|sig)(?:\\s*=\\s*|%3D))${value}`, 'gi'), `$1${hidden}`],
  [/((?<![a-z])token(?:\\*["'])?\s*[=:]\s*(?:\\*["'])?)(?=[^\s"'&;]{0,200}\d)[\w.~+/=-]{20,}/gi, `$1${hidden}`],
  [/((?<![\w-])--[\w-]{0,30}(?:token|password|secret|key)\s+)(?=\S{0,200}\d)[^\s"']{8,}/gi, `$1${hidden}`],
  // The user and password of a URL; a port and what follows it are not a password.
  [/\b([a-z][a-z0-9+.-]{1,30}:\/\/)(?:[^\s"'<>/?#@:]+:(?!\d+[/?#])[^\s"'<>]{0,500}|[^\s"'<>/?#@]*)@/gi, `$1${hidden}@`],
];

/** Every secret contains one of these; most texts contain none. */
const suspicious = /[:=]|eyJ|bearer|--|[01]\.A/i;

/** The text without credentials: tokens, passwords, keys, signed queries. Line breaks are kept. */
export function redact(text: string): string {
  if (!suspicious.test(text)) return text;
  return secrets.reduce((left, [pattern, replacement]) => left.replace(pattern, replacement), text);
}

/** Text from outside as one printable line, without secrets, of bounded length. */
export function safeText(text: string, maxLength = 2000): string {
  return clip(redact(oneLine(text)), maxLength);
}

/** The same value with each of its texts redacted. */
export function redactJson(value: JsonValue): JsonValue {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((item: JsonValue) => redactJson(item));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, redactJson(member ?? null)]));
}
