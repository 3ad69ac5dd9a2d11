import { documentedDefault, effectiveProfile } from '../../domain/localdns/index.ts';
import type { EffectiveProfile, LocalDnsProfile } from '../../model/profile.ts';
import type { Context } from '../framework/context.ts';
import { readProfileFile, requireProfile } from './file.ts';

/** The profile of a file as it is written. Rejects as `requireProfile` throws. */
export async function validProfile(context: Context, file: string): Promise<LocalDnsProfile> {
  return requireProfile(await readProfileFile(context, file, 'update'));
}

/** The profile of a file with every default filled: what the nodes get. */
export async function effectiveFile(context: Context, file: string | undefined): Promise<EffectiveProfile> {
  return file === undefined ? documentedDefault() : effectiveProfile(await validProfile(context, file), undefined);
}
