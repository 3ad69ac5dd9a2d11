import { oneLine } from './text.ts';

const secrets: readonly [RegExp, string][] = [
  // A JWT, whole or cut short.
  [/\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g, '[token]'],
  [/\bBearer\s+[\w.~+/=-]{12,}/gi, 'Bearer [token]'],
  [
    /\b(client_secret|client_assertion|refresh_token|access_token|id_token|oidcToken)\b(["']?\s*[=:]\s*["']?)[^\s"'&,}]+/gi,
    '$1$2[hidden]',
  ],
  // The query of a URL may be a signature.
  [/(https?:\/\/[^\s?"'<>]+)\?[^\s"'<>)\]]*/gi, '$1'],
];

const longest = 2000;

/** Text from outside as one printable line, without tokens and signed queries, of bounded length. */
export function safeText(text: string): string {
  let line = oneLine(text);
  for (const [pattern, replacement] of secrets) line = line.replace(pattern, replacement);
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
