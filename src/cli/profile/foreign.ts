import { isStdin, inputName } from '../../core/stdin.ts';
import { shellLine } from '../../core/text.ts';
import type { ForeignFile } from '../../domain/checks/index.ts';
import { decode } from '../../domain/localdns/encoding.ts';
import { foreignForm } from '../../domain/localdns/import/form.ts';

const usualName = 'localdnsconfig.json';

/** Says that a file is not a localdnsconfig.json, with the command that extracts the profile. */
export function foreignFile(bytes: Uint8Array, file: string): ForeignFile | undefined {
  const decoded = decode(bytes);
  const form = 'text' in decoded ? foreignForm(decoded.text) : undefined;
  if (form === undefined) return undefined;
  // A file that has the name already is not to be replaced by its own content.
  const out = file.replace(/^.*[/\\]/, '') === usualName ? [] : ['--out', usualName];
  return {
    what: `${inputName(file)} looks like ${form}, not a ${usualName}`,
    fix: shellLine(['aks-localdns', 'config', 'import', isStdin(file) ? '-' : file, ...out]),
  };
}
