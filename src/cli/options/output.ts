import type { Options } from '../framework/definition.ts';

/** For commands that write files they may have written before. */
export const replaceOption = {
  force: { type: 'boolean', summary: 'Replace an existing file even if aks-localdns did not write it' },
} as const satisfies Options;

/** For commands that make one document. */
export const documentOptions = {
  out: { type: 'string', placeholder: 'FILE', summary: 'File to write. Defaults to standard output, as does -' },
  force: { type: 'boolean', summary: 'Replace an existing file' },
} as const satisfies Options;
