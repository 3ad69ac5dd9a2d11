export interface Position {
  /** 1-based. */
  readonly line: number;
  /** 1-based, in characters (code points). */
  readonly column: number;
}

/**
 * The positions of offsets into a text, in the given order, which must be ascending. Reads the text once for any number
 * of offsets, because a file with one long line may have a finding at every other character. Lines end with LF, CR LF
 * or CR.
 */
export function positionsOf(text: string, ascending: readonly number[]): readonly Position[] {
  const positions: Position[] = [];
  let line = 1;
  let column = 1;
  let at = 0;
  for (const offset of ascending) {
    const stop = Math.min(offset, text.length);
    while (at < stop) {
      const code = text.charCodeAt(at);
      const pair = code >= 0xd800 && code <= 0xdbff && isLowSurrogate(text.charCodeAt(at + 1));
      const lineEnd = code === 0x0a || (code === 0x0d && text.charCodeAt(at + 1) !== 0x0a);
      line += lineEnd ? 1 : 0;
      column = lineEnd ? 1 : column + 1;
      at += pair ? 2 : 1;
    }
    positions.push({ line, column });
  }
  return positions;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
