import type { Options } from '../framework/definition.ts';

/** Of commands that write files which they may have written before. */
export const replaceOption = {
  force: { type: 'boolean', summary: 'Replace a file even where this program did not write it' },
} as const satisfies Options;
