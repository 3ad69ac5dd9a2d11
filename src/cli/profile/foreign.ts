import { isStdin, inputName } from '../../core/stdin.ts';
import { shellLine } from '../../core/text.ts';
import type { ForeignFile } from '../../domain/checks/index.ts';
import { decode } from '../../domain/localdns/encoding.ts';
import { foreignForm } from '../../domain/localdns/import/form.ts';

const usualName = 'localdnsconfig.json';

/** That a file is something else than a localdnsconfig.json, and the command that takes the profile out of it. */
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
