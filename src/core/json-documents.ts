import { parseJson, type JsonValue } from './json.ts';

/**
 * The JSON documents of a text: a single one, one per line (`jq -c`), or one after another, as a loop over `az … show`
 * writes them. Undefined if the text is none of these.
 */
export function jsonDocuments(text: string): readonly JsonValue[] | undefined {
  const whole = parseJson(text);
  if (whole !== undefined) return [whole];
  return parsed(text.split('\n')) ?? parsed(behindEachOther(text));
}

function parsed(texts: readonly string[]): readonly JsonValue[] | undefined {
  const found: JsonValue[] = [];
  for (const text of texts) {
    if (text.trim() === '') continue;
    const value = parseJson(text);
    if (value === undefined) return undefined;
    found.push(value);
  }
  return found.length === 0 ? undefined : found;
}

/** The text, split after the closing bracket of each top-level object or array. */
function behindEachOther(text: string): readonly string[] {
  const parts: string[] = [];
  let begin = 0;
  let depth = 0;
  // Ignores brackets within strings.
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/g)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    if (depth === 0 && !token.startsWith('"')) {
      parts.push(text.slice(begin, index + 1));
      begin = index + 1;
    }
  }
  parts.push(text.slice(begin));
  return parts;
}
