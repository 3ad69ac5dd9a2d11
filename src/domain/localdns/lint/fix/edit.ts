import type { Member } from '../../json-tree.ts';

/** A text change with a description. */
export interface Edit {
  readonly offset: number;
  readonly length: number;
  readonly content: string;
  readonly rule: string;
  readonly path: string;
  /** Ready to print. */
  readonly what: string;
}

/** Applies edits, which must not overlap. */
export function applied(text: string, edits: readonly Edit[]): string {
  const sorted = [...edits].sort((left, right) => left.offset - right.offset);
  let result = '';
  let at = 0;
  for (const { offset, length, content } of sorted) {
    if (offset < at) throw new Error('Edits overlap.');
    result += text.slice(at, offset) + content;
    at = offset + length;
  }
  return result + text.slice(at);
}

export function endOf({ keyOffset, keyLength, value }: Member): number {
  return value === undefined ? keyOffset + keyLength : value.offset + value.length;
}

/** The white space directly before an offset. */
export function spaceBefore(text: string, offset: number): string {
  let start = offset;
  while (start > 0 && ' \t\r\n'.includes(text[start - 1] ?? '')) start -= 1;
  return text.slice(start, offset);
}

/** The colon between a key and its value, with the white space around it. */
export function colonOf(text: string, { keyOffset, keyLength, value }: Member): string {
  return value === undefined ? ': ' : text.slice(keyOffset + keyLength, value.offset);
}
