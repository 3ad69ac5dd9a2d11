import { canonical, type JsonValue } from '../../../core/json.ts';
import { paint } from '../colour.ts';

/** Characters that a terminal may act on. JSON has them only inside strings, where an escape is equivalent. */
const acting = /[\u007f-\u009f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]/g;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** JSON as the Azure CLI prints it: two spaces, sorted keys, non-ASCII text unescaped, a newline at the end. */
export function formatJson(value: JsonValue): string {
  return `${JSON.stringify(canonical(value), null, 2).replace(acting, escaped)}\n`;
}

export function formatJsonColoured(value: JsonValue): string {
  return formatJson(value).replace(
    /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g,
    (match: string, text: string | undefined, colon: string | undefined) => {
      if (text === undefined) return paint(match, 'cyan', true);
      return colon === undefined ? paint(text, 'yellow', true) : `${paint(text, 'blue', true)}${colon}`;
    },
  );
}
