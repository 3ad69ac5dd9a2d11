import { CliError } from '../../core/errors.ts';
import { inputName } from '../../core/stdin.ts';
import { count } from '../../core/text.ts';
// Not from the index, which would load every check: an offline command needs none.
import { configFacts } from '../../domain/checks/config-facts.ts';
import type { ConfigFacts } from '../../domain/checks/index.ts';
import {
  documentedDefault,
  effectiveProfile,
  maxFileBytes,
  readProfile,
  type ProfileDocument,
} from '../../domain/localdns/index.ts';
import type { EffectiveProfile, LocalDnsProfile } from '../../model/profile.ts';
import type { Context } from '../framework/context.ts';
import { foreignFile } from './foreign.ts';

/** Limits the findings that are shown, since a hostile file can have very many. */
const maxShown = 50;

export interface ProfileFile {
  /** The name in messages. */
  readonly name: string;
  readonly document: ProfileDocument;
  readonly facts: ConfigFacts;
}

function shortened(lines: readonly string[]): readonly string[] {
  return lines.length <= maxShown
    ? lines
    : [...lines.slice(0, maxShown), `… and ${count(lines.length - maxShown, 'more finding')}`];
}

/** Reads --localdns-config, even if it is invalid. Rejects as Context.input does. */
export async function readProfileFile(context: Context, file: string, purpose: 'add' | 'update'): Promise<ProfileFile> {
  const name = inputName(file);
  const bytes = await context.input(file, maxFileBytes);
  const document = readProfile(bytes, purpose);
  const { errors, warnings, ...rest } = configFacts(name, document.findings);
  const foreign = errors.length === 0 ? undefined : foreignFile(bytes, file);
  return { name, document, facts: { ...rest, errors: shortened(errors), warnings: shortened(warnings), foreign } };
}

/**
 * The profile of a file that was read.
 * @param outcome added to the number of errors, such as `; nothing was sent`
 * @throws CliError `config-not-valid` (exit `findings`) with all errors
 */
function requireProfile({ name, document, facts }: ProfileFile, outcome = ''): LocalDnsProfile {
  if (document.profile !== undefined) return document.profile;
  if (facts.foreign !== undefined)
    throw new CliError({
      code: 'config-not-valid',
      message: `${facts.foreign.what}${outcome}.`,
      hints: [`To extract the profile: ${facts.foreign.fix}`],
    });
  throw new CliError({
    code: 'config-not-valid',
    message: `${name} is not a valid localdnsconfig.json: ${count(facts.errors.length, 'error')}${outcome}.`,
    hints: facts.errors,
  });
}

/** The profile of a file without defaults. Rejects as `requireProfile` throws. */
export async function validProfile(context: Context, file: string): Promise<LocalDnsProfile> {
  return requireProfile(await readProfileFile(context, file, 'update'));
}

/** The profile of a file with all defaults, as the nodes get it. Without a file, the documented default. */
export async function effectiveFile(context: Context, file: string | undefined): Promise<EffectiveProfile> {
  return file === undefined ? documentedDefault() : effectiveProfile(await validProfile(context, file), undefined);
}

/** The profile of a file to send. Emits warnings as notices; errors stop before any request to Azure (exit 10). */
export async function usableProfile(
  context: Context,
  file: string,
  purpose: 'add' | 'update',
): Promise<{ readonly profile: LocalDnsProfile; readonly facts: ConfigFacts }> {
  const read = await readProfileFile(context, file, purpose);
  const { name, facts } = read;
  const profile = requireProfile(read, '; nothing was sent');
  for (const warning of facts.warnings)
    context.emit({ type: 'notice', level: 'warning', code: 'config-warning', message: `${name}: ${warning}` });
  return { profile, facts };
}
