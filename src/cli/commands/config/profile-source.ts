import { CliError } from '../../../core/errors.ts';
import { count } from '../../../core/text.ts';
import { documentedDefault, effectiveProfile } from '../../../domain/localdns/index.ts';
import type { EffectiveProfile, LocalDnsProfile } from '../../../model/profile.ts';
import type { Context } from '../../context.ts';
import { readProfileFile } from '../profile-file.ts';

/**
 * A file as it is written, for add or update. @throws CliError `config-not-valid` (exit `findings`) with all that is
 * wrong.
 */
export async function validProfile(context: Context, file: string): Promise<LocalDnsProfile> {
  const { name, document, facts } = await readProfileFile(context, file, 'update');
  if (document.profile !== undefined) return document.profile;
  throw new CliError({
    code: 'config-not-valid',
    message: `${name} is not a valid localdnsconfig.json: ${count(facts.errors.length, 'error')}.`,
    hints: facts.errors,
    exit: 'findings',
  });
}

/** The profile of a file with every default filled: what the nodes get. */
export async function effectiveFile(context: Context, file: string | undefined): Promise<EffectiveProfile> {
  return file === undefined ? documentedDefault() : effectiveProfile(await validProfile(context, file), undefined);
}
