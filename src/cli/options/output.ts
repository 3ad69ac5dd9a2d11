import type { Options } from '../framework/definition.ts';

/** For commands that write files they may have written before. */
export const replaceOption = {
  force: { type: 'boolean', summary: 'Replace an existing file even if aks-localdns did not write it' },
} as const satisfies Options;
